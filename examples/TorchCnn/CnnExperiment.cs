using Examples;
using MLNet.SpatialDropout;
using static TorchSharp.torch;

namespace TorchCnn;

/// <summary>Trains networks that differ only in their dropout, and tests each with every sensor lost in turn.</summary>
public sealed class CnnExperiment
{
    private const int BatchSize = 32;
    private const int FeatureMaps = 32;
    private const int KernelSize = 5;
    private const double LearningRate = 3e-3;

    private readonly DataSet _data;
    private readonly TorchCnnSettings _settings;
    private readonly string[] _classes;
    private readonly float[] _means;
    private readonly float[] _deviations;

    public CnnExperiment(DataSet data, TorchCnnSettings settings)
    {
        (_data, _settings) = (data, settings);
        _classes = [.. data.Train.Recordings.Select(recording => recording.Label).Distinct().Order(StringComparer.Ordinal)];

        float[][] readings = [.. Enumerable.Range(0, data.Train.Channels).Select(channel => data.Train.Recordings
            .SelectMany(recording => recording.Features.Where((_, index) => index % data.Train.Channels == channel))
            .ToArray())];
        _means = [.. readings.Select(values => values.Average())];
        _deviations = [.. readings.Select((values, channel) =>
            MathF.Sqrt(values.Average(value => (value - _means[channel]) * (value - _means[channel]))) + 1e-6f)];
    }

    /// <summary>Trains one network for each seed.</summary>
    public CnnResult Run(DropoutKind kind) =>
        new(kind, [.. Enumerable.Range(1, _settings.Seeds).Select(seed => Run(kind, seed))]);

    private CnnOutcome Run(DropoutKind kind, int seed)
    {
        using var scope = NewDisposeScope();

        // Seeds the weights, TorchSharp's dropout and the layer, which draws its own seed.
        manual_seed(seed);
        nn.Module<Tensor, Tensor> network = MakeNetwork(kind);
        List<double> losses = Train(network, seed);

        network.eval();
        double[] lost = [.. Enumerable.Range(0, _data.Test.Channels)
            .Select(channel => Accuracy(network, _data.Test.Without([channel])))];
        return new CnnOutcome(losses, Accuracy(network, _data.Test), lost.Average(), lost.Min());
    }

    private nn.Module<Tensor, Tensor> MakeNetwork(DropoutKind kind)
    {
        var layers = new List<(string Name, nn.Module<Tensor, Tensor> Layer)>();
        if (kind == DropoutKind.OnTheSensors)
            layers.Add(("dropout", MakeSpatialDropout()));
        layers.AddRange(
            [("conv1", nn.Conv1d(_data.Train.Channels, FeatureMaps, KernelSize)), ("relu1", nn.ReLU())]);
        if (kind == DropoutKind.Dropout)
            layers.Add(("dropout", nn.Dropout(_settings.Rate)));
        else if (kind == DropoutKind.SpatialDropout1d)
            layers.Add(("dropout", MakeSpatialDropout()));

        layers.AddRange(
        [
            ("conv2", nn.Conv1d(FeatureMaps, FeatureMaps, KernelSize)), ("relu2", nn.ReLU()),
            ("pool", nn.AdaptiveAvgPool1d(1)), ("flatten", nn.Flatten()), ("classify", nn.Linear(FeatureMaps, _classes.Length)),
        ]);
        return nn.Sequential(layers);
    }

    // Convolutions have channels first: sensors before the first, feature maps after it.
    private SpatialDropout1d MakeSpatialDropout() => new(_settings.Rate, ChannelLayout.ChannelsFirst);

    private List<double> Train(nn.Module<Tensor, Tensor> network, int seed)
    {
        var random = new Random(seed);
        using var optimizer = optim.Adam(network.parameters(), LearningRate);
        Recording[] recordings = [.. _data.Train.Recordings];
        var losses = new List<double>();
        network.train();
        for (int epoch = 0; epoch < _settings.Epochs; epoch++)
        {
            random.Shuffle(recordings);
            double sum = 0;
            foreach (Recording[] batch in recordings.Chunk(BatchSize))
            {
                using var step = NewDisposeScope();
                Tensor loss = nn.functional.cross_entropy(network.forward(Inputs(batch)), Labels(batch));
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                sum += loss.item<float>() * batch.Length;
            }

            losses.Add(sum / recordings.Length);
        }

        return losses;
    }

    private double Accuracy(nn.Module<Tensor, Tensor> network, RecordingSet recordings)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor guesses = network.forward(Inputs(recordings.Recordings)).argmax(1);
        return guesses.eq(Labels(recordings.Recordings)).to(ScalarType.Float32).mean().item<float>();
    }

    // [batch, channels, time], each channel standardized by what it reads in training.
    private Tensor Inputs(IReadOnlyList<Recording> recordings)
    {
        float[] values = [.. recordings.SelectMany(recording => recording.Features)];
        int channels = _data.Train.Channels;
        for (int i = 0; i < values.Length; i++)
            values[i] = (values[i] - _means[i % channels]) / _deviations[i % channels];
        return tensor(values, [recordings.Count, values.Length / recordings.Count / channels, channels]).transpose(1, 2);
    }

    private Tensor Labels(IReadOnlyList<Recording> recordings) =>
        tensor([.. recordings.Select(recording => (long)Array.IndexOf(_classes, recording.Label))]);
}
