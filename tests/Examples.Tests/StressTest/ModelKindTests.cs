using System.Globalization;
using Examples.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace StressTest.Tests;

/// <summary>Models of each kind, with labels as files have them.</summary>
[TestClass]
public sealed class ModelKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _mlContext = new(seed: 1);

    private IDataView Rows => _mlContext.Data.LoadFromEnumerable(Readings.Make(seed: 2));

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("key")]
    [DataRow("hash")]
    [DataRow("text")]
    public void A_ranking_that_leans_on_one_sensor_is_found_out(string group)
    {
        // Groups of ten rows.
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Readings.Make(seed: 2).Index().Select(row => new GroupedReading
        {
            Features = row.Item.Features,
            Amount = row.Item.Amount,
            GroupId = $"group {row.Index / 10}",
        }).ToArray());
        IDataView keyed = _mlContext.Transforms.Conversion.MapValueToKey("GroupId").Fit(rows).Transform(rows);
        ITransformer model = _mlContext.Ranking.Trainers.FastTree(nameof(Reading.Amount), minimumExampleCountPerLeaf: 2).Fit(keyed);
        IDataView data = group == "key" ? keyed
            : group == "text" ? rows
            : _mlContext.Transforms.Conversion.Hash("GroupId").Fit(rows).Transform(rows);

        // The scoring of a ranking needs no group.
        StressReport report = Test(model, keyed, data, new StressTestSettings { Channels = 4, Label = nameof(Reading.Amount) });

        Assert.AreEqual(ModelKind.Ranking, report.Kind);
        Assert.AreEqual("NDCG@3", report.MetricName);
        AssertTelling(report, clean: 0.95, worst: 0.9);
    }

    [TestMethod]
    public void A_clustering_is_refused()
    {
        ITransformer model = _mlContext.Clustering.Trainers.KMeans().Fit(Rows);

        Assert.Contains(
            "its Score is of the kind 'Clustering'; must be a multiclass, binary, regression or ranking model",
            Refused(() => Test(model, Rows, Rows, new StressTestSettings { Channels = 4 })));
    }

    [TestMethod]
    public void A_binary_model_without_probabilities_is_tested()
    {
        ITransformer model = _mlContext.BinaryClassification.Trainers.AveragedPerceptron(nameof(Reading.IsHigh)).Fit(Rows);

        StressReport report = Test(model, Rows, Rows, new StressTestSettings { Channels = 4, Label = nameof(Reading.IsHigh) });

        Assert.AreEqual(ModelKind.Binary, report.Kind);
        AssertTelling(report, clean: 0.95, worst: 0.8);
    }

    [TestMethod]
    [DataRow(DataKind.String)]
    [DataRow(DataKind.Single)]
    [DataRow(DataKind.Double)]
    [DataRow(DataKind.Int32)]
    public void The_label_of_a_binary_model_may_be_a_text_or_a_number(DataKind kind)
    {
        ITransformer model = _mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(Reading.IsHigh)).Fit(Rows);
        IDataView data = Convert(Rows, nameof(Reading.IsHigh), kind);

        StressReport report = Test(model, Rows, data, new StressTestSettings { Channels = 4, Label = nameof(Reading.IsHigh) });

        Assert.AreEqual(1, report.Clean);
    }

    [TestMethod]
    [DataRow(DataKind.String)]
    [DataRow(DataKind.Double)]
    [DataRow(DataKind.Int64)]
    public void The_label_of_a_regression_may_be_a_text_or_any_number(DataKind kind)
    {
        ITransformer model = _mlContext.Regression.Trainers.FastTree(nameof(Reading.Amount)).Fit(Rows);
        IDataView data = Convert(Rows, nameof(Reading.Amount), kind);

        StressReport report = Test(model, Rows, data, new StressTestSettings { Channels = 4, Label = nameof(Reading.Amount) });

        AssertTelling(report, clean: 0.9, worst: 0.7);
    }

    [TestMethod]
    public void A_regression_is_tested_on_a_ts_file()
    {
        ITransformer model = _mlContext.Regression.Trainers.FastTree(nameof(Reading.Amount)).Fit(Rows);
        IEnumerable<string> lines = Readings.Make(seed: 3).Select(row => string.Join(':', [
            .. Enumerable.Range(0, Readings.Channels).Select(channel => string.Join(',', Enumerable.Range(0, Readings.Steps)
                .Select(step => row.Features[(step * Readings.Channels) + channel].ToString(CultureInfo.InvariantCulture)))),
            row.Amount.ToString(CultureInfo.InvariantCulture)]));

        // The last recording has no target, and is left out.
        string data = _folder.Write(
            "test.ts", $"@targetLabel true\n@data\n{string.Join('\n', lines)}\n0,0,0,0,0:0,0,0,0,0:0,0,0,0,0:0,0,0,0,0:?\n");
        string path = _folder.PathOf("model.zip");
        _mlContext.Model.Save(model, Rows.Schema, path);

        AssertTelling(
            new SensorStressTest(_mlContext, path, data, new StressTestSettings { Channels = 4 }).Run(), clean: 0.9, worst: 0.7);
    }

    [TestMethod]
    public void Keys_without_values_are_the_numbers_of_the_classes()
    {
        ITransformer model = Multiclass(nameof(Reading.Activity));
        IDataView mapped = model.Transform(Rows);

        // ML.NET counts keys from 1, and those of a class from 0.
        uint[] keys = [.. mapped.GetColumn<uint>("Label").Select(key => key - 1)];
        Reading[] readings = [.. Readings.Make(seed: 2)];
        IDataView data = _mlContext.Data.LoadFromEnumerable(
            readings.Index().Select(row => new KeyedReading { Features = row.Item.Features, Class = keys[row.Index] }).ToArray());

        // Only what predicts, as the label is mapped already.
        ITransformer predictor = ((TransformerChain<ITransformer>)model).Last();
        StressReport report = Test(predictor, data, data, new StressTestSettings { Channels = 4, Label = nameof(KeyedReading.Class) });

        AssertTelling(report, clean: 1, worst: 0.7);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Keys_are_compared_by_what_they_stand_for(bool isNumber)
    {
        // The order of the keys of the data is not that of the classes of the model.
        string label = isNumber ? nameof(Reading.Amount) : nameof(Reading.Activity);
        ITransformer model = Multiclass(label);
        IDataView data = _mlContext.Transforms.Conversion.MapValueToKey(
            "Truth", label, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(Rows).Transform(Rows);

        StressReport report = Test(model, Rows, data, new StressTestSettings { Channels = 4, Label = "Truth" });

        AssertTelling(report, clean: 1, worst: 0.7);
    }

    [TestMethod]
    [DataRow(DataKind.Boolean)]
    [DataRow(DataKind.Double)]
    public void Classes_may_be_booleans_or_fractions_that_the_model_does_not_map(DataKind kind)
    {
        // One of three amounts, as a fraction; or whether it is high.
        IDataView rows = _mlContext.Transforms.Expression("Part", "x => x / 10", nameof(Reading.Amount)).Fit(Rows).Transform(Rows);
        string column = kind == DataKind.Boolean ? nameof(Reading.IsHigh) : "Part";
        if (kind == DataKind.Double)
            rows = Convert(rows, column, kind);
        IDataView keyed = _mlContext.Transforms.Conversion.MapValueToKey("Label", column).Fit(rows).Transform(rows);
        ITransformer model = _mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(keyed);

        StressReport report = Test(model, keyed, rows, new StressTestSettings { Channels = 4, Label = column });

        AssertTelling(report, clean: 0.95, worst: 0.8);
    }

    [TestMethod]
    public void Sensors_may_be_groups_and_take_the_names_of_their_slots()
    {
        ITransformer model = Multiclass(nameof(Reading.Activity));

        // Two devices of two channels; the telling channel is the first of the second.
        StressReport report = Test(
            model, Rows, Rows, new StressTestSettings { Groups = [2, 2], Names = ["left", "right"] });

        Assert.AreEqual("right", report.Losses[0].Sensor);
        Assert.AreEqual(1, report.Losses[1].Metric);
    }

    [TestMethod]
    public void A_model_that_does_not_use_what_is_lost_is_said()
    {
        ITransformer model = _mlContext.Regression.Trainers.FastTree(nameof(Reading.Amount), numberOfTrees: 1, numberOfLeaves: 2)
            .Fit(_mlContext.Transforms.Expression("Features", "x => 0 * x", "Features").Fit(Rows).Transform(Rows));

        StressReport report = Test(model, Rows, Rows, new StressTestSettings { Channels = 4, Label = nameof(Reading.Amount) });

        Assert.IsFalse(report.ChangesScores);
    }

    private static void AssertTelling(StressReport report, double clean, double worst)
    {
        Assert.IsGreaterThanOrEqualTo(clean, report.Clean);
        Assert.AreEqual($"channel {Readings.Telling}", report.Losses[0].Sensor);
        Assert.IsLessThan(worst, report.Worst);
        Assert.IsTrue(report.ChangesScores);
    }

    private static string Refused(Action action) => Assert.ThrowsExactly<UnfitFileException>(action).Message;

    private ITransformer Multiclass(string label) => _mlContext.Transforms.Conversion.MapValueToKey("Label", label)
        .Append((IEstimator<ITransformer>)_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(Rows);

    private IDataView Convert(IDataView rows, string column, DataKind kind)
    {
        // By way of a text: ML.NET does not make an integer of a boolean or a float.
        foreach (DataKind step in (DataKind[])[DataKind.Single, DataKind.String, kind])
            rows = _mlContext.Transforms.Conversion.ConvertType(column, outputKind: step).Fit(rows).Transform(rows);
        return rows;
    }

    private StressReport Test(ITransformer model, IDataView train, IDataView data, StressTestSettings settings)
    {
        string path = _folder.PathOf("model.zip");
        _mlContext.Model.Save(model, train.Schema, path);
        string dataPath = Readings.Save(_mlContext, data, _folder.PathOf("test.idv"));
        return new SensorStressTest(_mlContext, path, dataPath, settings).Run();
    }
}
