using TorchSharp;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The plan against PyTorch's feature dropout on the CPU, on channels-first rows, one thread each.</summary>
internal static class TorchComparison
{
    private const int Rows = 2000;
    private const int Channels = 6;
    private const int Steps = 128;
    private const double Rate = 0.3;

    public static TorchResult Measure()
    {
        torch.set_num_threads(1);
        using torch.Tensor rows = torch.rand(Rows, Channels, Steps);
        var spans = new SpanRows(Channels * Steps, Rows * Channels * Steps * sizeof(float));
        DropoutPlan plan = DropoutPlan.Create(
            new SpatialDropoutOptions { Channels = Channels, Layout = ChannelLayout.ChannelByTime, Rate = Rate, Seed = 7 },
            Channels * Steps);
        (Spread ratio, double torchTime, double planTime) = InterleavedTimer.Measure(
            () => torch.nn.functional.dropout1d(rows, Rate, training: true).Dispose(),
            spans.Dropping(plan));
        return new TorchResult(ratio, planTime / Rows, torchTime / Rows);
    }
}
