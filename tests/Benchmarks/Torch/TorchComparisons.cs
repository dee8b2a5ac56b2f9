using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Comparisons with libtorch on one thread: plan and layer against PyTorch's, and the backend.</summary>
internal static class TorchComparisons
{
    private const int Channels = 6;
    private const int Steps = 128;
    private const double Rate = 0.3;

    private const int Rows = 256;

    private static readonly long[] Series = [Rows, Channels, Steps];
    private static readonly long[] Images = [Rows, Channels, 8, 16];
    private static readonly long[] Volumes = [Rows, Channels, 4, 4, 8];

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new("Apply, [N, 6, 128], one thread", "torch.nn.functional.dropout1d, one thread", Bar.TimesFaster(20), () =>
            Apply(inplace: false)),
        new("Apply in place, [N, 6, 128], one thread", "torch.nn.functional.dropout1d", null, () => Apply(inplace: true)),
        new("SpatialDropout1d, [256, 128, 6], one thread", "torch.nn.Dropout1d of its transpose", Bar.TimesFaster(5), () =>
            Layers(Series, ChannelLayout.ChannelsLast, Forward)),
        new("SpatialDropout1d in place, [256, 128, 6]", "torch.nn.Dropout1d of its transpose", Bar.AtMost(1), () =>
            Layers(Series, ChannelLayout.ChannelsLast, Forward, inplace: true)),
        new("SpatialDropout1d with gradients, [256, 128, 6]", "torch.nn.Dropout1d of its transpose", Bar.AtMost(1), () =>
            Layers(Series, ChannelLayout.ChannelsLast, ForwardAndBackward)),
        new("SpatialDropout1d, [256, 6, 128], one thread", "torch.nn.Dropout1d", Bar.TimesFaster(1), () =>
            Layers(Series, ChannelLayout.ChannelsFirst, Forward)),
        new("SpatialDropout1d in place, [256, 6, 128]", "torch.nn.Dropout1d", Bar.AtMost(1), () =>
            Layers(Series, ChannelLayout.ChannelsFirst, Forward, inplace: true)),
        new("SpatialDropout1d with gradients, [256, 6, 128]", "torch.nn.Dropout1d", Bar.AtMost(1), () =>
            Layers(Series, ChannelLayout.ChannelsFirst, ForwardAndBackward)),
        new("SpatialDropout1d in place with gradients, [256, 6, 128]", "torch.nn.Dropout1d", Bar.AtMost(1), () =>
            Layers(Series, ChannelLayout.ChannelsFirst, ForwardAndBackwardOfProduct, inplace: true)),
        new("SpatialDropout2d with gradients, [256, 6, 8, 16]", "torch.nn.Dropout2d", Bar.AtMost(1), () =>
            Layers(Images, ChannelLayout.ChannelsFirst, ForwardAndBackward)),
        new("SpatialDropout2d in place, [256, 6, 8, 16]", "torch.nn.Dropout2d", Bar.AtMost(1), () =>
            Layers(Images, ChannelLayout.ChannelsFirst, Forward, inplace: true)),
        new("SpatialDropout3d with gradients, [256, 6, 4, 4, 8]", "torch.nn.Dropout3d", Bar.AtMost(1), () =>
            Layers(Volumes, ChannelLayout.ChannelsFirst, ForwardAndBackward)),
        new("SpatialDropout3d in place, [256, 6, 4, 4, 8]", "torch.nn.Dropout3d", Bar.AtMost(1), () =>
            Layers(Volumes, ChannelLayout.ChannelsFirst, Forward, inplace: true)),
        new("pass with the TorchSharp backend on the CPU", "the pass with the stage", Bar.AtMost(3), Backend),
    ];

    /// <summary>The comparisons that contain a text.</summary>
    public static IEnumerable<Comparison> Of(string? only) =>
        All.Where(comparison => comparison.What.Contains(only ?? "", StringComparison.Ordinal));

    private static Sides Apply(bool inplace)
    {
        const int Count = 2000;
        set_num_threads(1);
        Tensor rows = rand(Count, Channels, Steps);
        var spans = new SpanRows(Channels * Steps, Count * Channels * Steps * sizeof(float));
        DropoutPlan plan = DropoutPlan.Create(
            new()
            {
                Channels = Channels,
                Layout = ChannelLayout.ChannelsFirst,
                Rate = Rate,
                Scaling = DropoutScaling.Inverted,
                Seed = 7,
            },
            Channels * Steps);
        return new Sides(
            inplace
                ? spans.InPlace((row, source, destination) => plan.Apply(new MaskKey((ulong)row), source, destination))
                : spans.Dropping(plan),
            () => nn.functional.dropout1d(rows, Rate, training: true, inplace).Dispose(),
            Count);
    }

    // PyTorch's layers support channels first only.
    private static Sides Layers(
        long[] shape, ChannelLayout layout, Action<nn.Module<Tensor, Tensor>, Tensor> step, bool inplace = false)
    {
        set_num_threads(1);
        bool isLast = layout == ChannelLayout.ChannelsLast;
        Tensor Values() => isLast ? rand(shape).movedim([1], [-1]).contiguous() : rand(shape);
        Tensor rows = Values();
        Tensor theirRows = isLast ? Values().movedim([-1], [1]) : Values();
        (nn.Module<Tensor, Tensor> ours, nn.Module<Tensor, Tensor> theirs) = shape.Length switch
        {
            3 => ((nn.Module<Tensor, Tensor>)new SpatialDropout1d(Rate, layout, seed: 7, inplace),
                (nn.Module<Tensor, Tensor>)nn.Dropout1d(Rate, inplace)),
            4 => (new SpatialDropout2d(Rate, layout, seed: 7, inplace), nn.Dropout2d(Rate, inplace)),
            _ => (new SpatialDropout3d(Rate, layout, seed: 7, inplace), nn.Dropout3d(Rate, inplace)),
        };
        return new Sides(() => step(ours, rows), () => step(theirs, theirRows), Rows);
    }

    private static void Forward(nn.Module<Tensor, Tensor> layer, Tensor rows) => layer.forward(rows).Dispose();

    private static void ForwardAndBackward(nn.Module<Tensor, Tensor> layer, Tensor rows)
    {
        rows.requires_grad = true;
        using var step = NewDisposeScope();
        layer.forward(rows).sum().backward();
    }

    // What requires a gradient and is no leaf can be changed in place.
    private static void ForwardAndBackwardOfProduct(nn.Module<Tensor, Tensor> layer, Tensor rows)
    {
        rows.requires_grad = true;
        using var step = NewDisposeScope();
        layer.forward(rows.neg()).sum().backward();
    }

    private static Sides Backend()
    {
        set_num_threads(1);
        IDataView onDevice = ViewComparisons.WithBackend(TorchBackend.Create(new MLContext()));
        return ViewComparisons.AgainstStage(onDevice);
    }
}
