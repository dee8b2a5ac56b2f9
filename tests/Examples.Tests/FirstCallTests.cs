using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Examples.Tests;

/// <summary>The short form of the stage, a new user's first call, helps a tree trainer.</summary>
[TestClass]
public sealed class FirstCallTests
{
    private const int Sensors = 7;

    public static IEnumerable<object[]> Cases() =>
        from data in new[] { ScalarSensors(seed: 1), WearableGenerator.Generate(seed: 1) }
        from trainer in new[] { "LightGBM", "FastTree" }
        select new object[] { data, trainer };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_short_form_keeps_clean_accuracy_and_helps_at_a_lost_sensor(DataSet data, string trainer)
    {
        double[] without = Accuracies(data, trainer, withStage: false);
        double[] with = Accuracies(data, trainer, withStage: true);

        string figures = FormattableString.Invariant(
            $"clean {without[0]:P1} -> {with[0]:P1}, worst single loss {without[1..].Min():P1} -> {with[1..].Min():P1}");
        Assert.IsGreaterThanOrEqualTo(without[0] - 0.02, with[0], figures);
        Assert.IsGreaterThanOrEqualTo(without[1..].Min() + 0.1, with[1..].Min(), figures);
    }

    // The clean accuracy, and the accuracy without each of the sensors.
    private static double[] Accuracies(DataSet data, string trainer, bool withStage)
    {
        var mlContext = new MLContext(seed: 1);
        IEstimator<ITransformer> labels = mlContext.Transforms.Conversion.MapValueToKey("Label");
        IEstimator<ITransformer> last = trainer == "LightGBM"
            ? mlContext.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options { NumberOfThreads = 1 })
            : mlContext.MulticlassClassification.Trainers.OneVersusAll(
                mlContext.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = 1 }));
        var chain = new EstimatorChain<ITransformer>().Append(labels);
        if (withStage)
            chain = chain.Append<ITransformer>(mlContext.Transforms.SpatialDropout("Features", channels: data.Train.Channels));
        ITransformer model = chain.Append(last).Fit(data.Train.Load(mlContext));

        return
        [
            Accuracy(data.Test),
            .. Enumerable.Range(0, data.Test.Channels).Select(channel => Accuracy(data.Test.Without([channel]))),
        ];

        double Accuracy(RecordingSet test) =>
            mlContext.MulticlassClassification.Evaluate(model.Transform(test.Load(mlContext))).MicroAccuracy;
    }

    // Four rooms, told apart by the strength of seven transmitters around -60 dBm. A lost one reads 0, far from all other readings.
    private static DataSet ScalarSensors(int seed)
    {
        var random = new Random(seed);
        float[][] rooms = [.. Enumerable.Range(0, 4).Select(_ =>
            Enumerable.Range(0, Sensors).Select(_ => -60 + (16 * random.NextSingle())).ToArray())];
        return new DataSet("Scalar sensors", Read(100), Read(100));

        RecordingSet Read(int readings) => new(
            [.. Enumerable.Range(1, Sensors).Select(number => $"transmitter {number}")], Steps: 1,
            [
                .. from room in Enumerable.Range(0, rooms.Length)
                   from _ in Enumerable.Range(0, readings)
                   select new Recording
                   {
                       Label = $"room {room + 1}",
                       Features = [.. rooms[room].Select(mean => mean + (6 * (random.NextSingle() + random.NextSingle() - 1)))],
                   },
            ]);
    }
}
