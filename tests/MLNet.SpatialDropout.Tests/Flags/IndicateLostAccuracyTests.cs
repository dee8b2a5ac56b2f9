using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Flags are what a linear model needs to live with a lost sensor.</summary>
[TestClass]
public sealed class IndicateLostAccuracyTests
{
    private const int Sensors = 7;
    private const int Rooms = 4;

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Flags_keep_clean_accuracy_and_help_where_the_stage_alone_does_not()
    {
        Reading[] readings = Read(200);
        IDataView train = _mlContext.Data.LoadFromEnumerable(readings.Where((_, i) => i % 2 == 0));
        Reading[] test = [.. readings.Where((_, i) => i % 2 == 1)];

        (double clean, double worst) without = Accuracy(train, test, withStage: false, withFlags: false);
        (double clean, double worst) stage = Accuracy(train, test, withStage: true, withFlags: false);
        (double clean, double worst) flags = Accuracy(train, test, withStage: true, withFlags: true);

        string figures = FormattableString.Invariant(
            $"clean / worst single loss: without {without:P1}, stage {stage:P1}, stage and flags {flags:P1}");
        Console.WriteLine(figures);
        Assert.IsGreaterThanOrEqualTo(without.clean - 0.01, flags.clean, figures);
        Assert.IsGreaterThanOrEqualTo(stage.worst + 0.2, flags.worst, figures);
        Assert.IsGreaterThanOrEqualTo(without.worst + 0.2, flags.worst, figures);
    }

    private (double Clean, double Worst) Accuracy(IDataView train, Reading[] test, bool withStage, bool withFlags)
    {
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Features", Channels = Sensors, Copies = 4, KeepOriginal = true, Seed = 1,
        };
        var chain = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(_mlContext.Transforms.Conversion.MapValueToKey("Label"));
        if (withStage)
            chain = chain.Append<ITransformer>(_mlContext.Transforms.SpatialDropout(options));
        if (withFlags)
            chain = chain.Append<ITransformer>(_mlContext.Transforms.IndicateLost("Lost", options));
        chain = chain.Append<ITransformer>(_mlContext.Transforms.NormalizeMinMax("Features"));
        if (withFlags)
            chain = chain.Append<ITransformer>(_mlContext.Transforms.Concatenate("Features", "Features", "Lost"));
        ITransformer model = chain
            .Append<ITransformer>(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(train);

        return (Evaluate(test), Enumerable.Range(0, Sensors)
            .Min(sensor => Evaluate([.. test.Select(reading => reading.Without(sensor))])));

        double Evaluate(Reading[] rows) => _mlContext.MulticlassClassification
            .Evaluate(model.Transform(_mlContext.Data.LoadFromEnumerable(rows))).MicroAccuracy;
    }

    // The rooms are told apart by the strength of seven transmitters around -60 dBm.
    private static Reading[] Read(int readingsPerRoom)
    {
        var random = new Random(1);
        float[][] rooms = [.. Enumerable.Range(0, Rooms).Select(_ =>
            Enumerable.Range(0, Sensors).Select(_ => -60 + (16 * random.NextSingle())).ToArray())];
        return
        [
            .. from room in Enumerable.Range(0, Rooms)
               from _ in Enumerable.Range(0, readingsPerRoom)
               select new Reading
               {
                   Label = $"room {room}",
                   Features = [.. rooms[room].Select(mean => mean + (6 * (random.NextSingle() + random.NextSingle() - 1)))],
               },
        ];
    }

    private sealed class Reading
    {
        public string Label { get; set; } = "";

        [VectorType(Sensors)]
        public float[] Features { get; set; } = [];

        public Reading Without(int sensor) => new()
        {
            Label = Label,
            Features = [.. Features.Select((value, i) => i == sensor ? 0 : value)],
        };
    }
}
