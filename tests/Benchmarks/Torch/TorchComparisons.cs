using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Comparisons with libtorch on one thread: plan and layer against PyTorch's, and the backend.</summary>
internal static class TorchComparisons
{
    private const int Channels = 6;
    private const int Steps = 128;
    private const double Rate = 0.3;

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new("Apply, [N, 6, 128], one thread", "torch.nn.functional.dropout1d, one thread", Bar.TimesFaster(20), () =>
            Apply(inplace: false)),
        new("the same, both in place", "torch.nn.functional.dropout1d", null, () => Apply(inplace: true)),
        new("SpatialDropout1d, [256, 128, 6], one thread", "torch.nn.Dropout1d of its transpose", Bar.TimesFaster(5), () =>
            Layers(ChannelLayout.ChannelsLast, Forward)),
        new("SpatialDropout1d, [256, 6, 128], one thread", "torch.nn.Dropout1d", Bar.TimesFaster(1), () =>
            Layers(ChannelLayout.ChannelsFirst, Forward)),
        new("the same, both in place", "torch.nn.Dropout1d", null, () =>
            Layers(ChannelLayout.ChannelsFirst, Forward, inplace: true)),
        new("the same with gradients, forward and backward", "torch.nn.Dropout1d", null, () =>
            Layers(ChannelLayout.ChannelsFirst, ForwardAndBackward)),
        new("pass with the TorchSharp backend on the CPU", "the pass with the stage", null, Backend),
    ];

    private static Sides Apply(bool inplace)
    {
        const int Rows = 2000;
        set_num_threads(1);
        Tensor rows = rand(Rows, Channels, Steps);
        var spans = new SpanRows(Channels * Steps, Rows * Channels * Steps * sizeof(float));
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
            Rows);
    }

    private static Sides Layers(
        ChannelLayout layout, Action<nn.Module<Tensor, Tensor>, Tensor> step, bool inplace = false)
    {
        const int Rows = 256;
        set_num_threads(1);
        bool timeFirst = layout == ChannelLayout.ChannelsLast;
        Tensor rows = timeFirst ? rand(Rows, Steps, Channels) : rand(Rows, Channels, Steps);

        // PyTorch's layer supports channels first only.
        Tensor theirRows = timeFirst ? rows.transpose(1, 2) : rows;
        var ours = new SpatialDropout1d(Rate, layout, seed: 7, inplace);
        var theirs = nn.Dropout1d(Rate, inplace);
        return new Sides(() => step(ours, rows), () => step(theirs, theirRows), Rows);
    }

    private static void Forward(nn.Module<Tensor, Tensor> layer, Tensor rows) => layer.forward(rows).Dispose();

    private static void ForwardAndBackward(nn.Module<Tensor, Tensor> layer, Tensor rows)
    {
        rows.requires_grad = true;
        using var step = NewDisposeScope();
        layer.forward(rows).sum().backward();
    }

    private static Sides Backend()
    {
        set_num_threads(1);
        IDataView onDevice = ViewComparisons.WithBackend(TorchBackend.Create(new MLContext()));
        return ViewComparisons.AgainstStage(onDevice);
    }
}
