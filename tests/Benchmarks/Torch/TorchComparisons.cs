using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>What needs libtorch: the plan and the layer against PyTorch's own, and the backend, all on one thread.</summary>
internal static class TorchComparisons
{
    private const int Channels = 6;
    private const int Steps = 128;
    private const double Rate = 0.3;

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new("Apply, [N, 6, 128], one thread", "torch.nn.functional.dropout1d, one thread", Bar.TimesFaster(20), Apply),
        new("SpatialDropout1d, [256, 128, 6], one thread", "torch.nn.Dropout1d, one thread", Bar.TimesFaster(5), () =>
            Layers(rows => layer => layer.forward(rows).Dispose())),
        new("the same with gradients, forward and backward", "torch.nn.Dropout1d", null, () => Layers(rows =>
        {
            rows.requires_grad = true;
            return layer =>
            {
                using var step = NewDisposeScope();
                layer.forward(rows).sum().backward();
            };
        })),
        new("pass with the TorchSharp backend on the CPU", "the pass with the stage", null, Backend),
    ];

    private static Sides Apply()
    {
        const int Rows = 2000;
        set_num_threads(1);
        Tensor rows = rand(Rows, Channels, Steps);
        var spans = new SpanRows(Channels * Steps, Rows * Channels * Steps * sizeof(float));
        DropoutPlan plan = DropoutPlan.Create(
            new SpatialDropoutOptions { Channels = Channels, Layout = ChannelLayout.ChannelByTime, Rate = Rate, Seed = 7 },
            Channels * Steps);
        return new Sides(
            spans.Dropping(plan), () => nn.functional.dropout1d(rows, Rate, training: true).Dispose(), Rows);
    }

    private static Sides Layers(Func<Tensor, Action<nn.Module<Tensor, Tensor>>> prepare)
    {
        const int Rows = 256;
        set_num_threads(1);
        Action<nn.Module<Tensor, Tensor>> run = prepare(rand(Rows, Steps, Channels));
        var ours = new SpatialDropout1d(Rate, seed: 7);
        var theirs = nn.Dropout1d(Rate);
        return new Sides(() => run(ours), () => run(theirs), Rows);
    }

    private static Sides Backend()
    {
        set_num_threads(1);
        IDataView onDevice = ViewComparisons.WithBackend(TorchBackend.For(new MLContext()));
        return ViewComparisons.AgainstStage(onDevice);
    }
}
