// snippet: torch_program
using MLNet.SpatialDropout;
using static TorchSharp.torch;

internal static class Quickstart
{
    public static void Main()
    {
        manual_seed(1);
        using Tensor recordings = randn(512, 6, 64);                                  // [batch, channels, time]
        using Tensor labels = recordings.mean([1, 2]).gt(0).to(ScalarType.Int64);     // is the mean of all sensors positive?

        using var network = nn.Sequential(
            ("sensors", new SpatialDropout1d(rate: 0.3, ChannelLayout.ChannelsFirst)),
            ("conv", nn.Conv1d(6, 16, kernel_size: 5)),
            ("pool", nn.AdaptiveAvgPool1d(1)),
            ("flatten", nn.Flatten()),
            ("classes", nn.Linear(16, 2)));
        using var optimizer = optim.Adam(network.parameters(), lr: 0.02);

        network.train();   // drops sensors of each recording
        for (int step = 0; step < 100; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(network.forward(recordings), labels).backward();
            optimizer.step();
        }

        network.eval();    // drops nothing
        Console.WriteLine($"All sensors:      {Accuracy():P0}");
        recordings.select(dim: 1, index: 0).fill_(0);
        Console.WriteLine($"One sensor lost:  {Accuracy():P0}");

        double Accuracy()
        {
            using var scope = NewDisposeScope();
            return network.forward(recordings).argmax(1).eq(labels).to(ScalarType.Float64).mean().item<double>();
        }
    }
}
// end
