using Examples;
using Examples.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

namespace StressTest.Tests;

[TestClass]
public sealed class SensorStressTestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _mlContext = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast)]
    [DataRow(ChannelLayout.ChannelsFirst)]
    public void A_classifier_that_leans_on_one_sensor_is_found_out(ChannelLayout layout)
    {
        StressReport report = Test(
            _mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Reading.Activity))
                .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()),
            "Label", layout);

        Assert.AreEqual(ModelKind.Multiclass, report.Kind);
        AssertTellingSensorIsOnTop(report, clean: 1);
    }

    [TestMethod]
    public void A_prediction_mapped_back_to_text_is_compared_with_the_label_as_text()
    {
        StressReport report = Test(
            _mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Reading.Activity))
                .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
                .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")),
            nameof(Reading.Activity));

        Assert.AreEqual(ModelKind.Multiclass, report.Kind);
        AssertTellingSensorIsOnTop(report, clean: 1);
    }

    [TestMethod]
    public void Classes_may_be_numbers()
    {
        StressReport report = Test(
            _mlContext.Transforms.Conversion.MapValueToKey(nameof(Reading.Amount))
                .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(nameof(Reading.Amount))),
            nameof(Reading.Amount));

        Assert.AreEqual(ModelKind.Multiclass, report.Kind);
        AssertTellingSensorIsOnTop(report, clean: 1);
    }

    [TestMethod]
    public void A_binary_model_that_leans_on_one_sensor_is_found_out()
    {
        StressReport report = Test(
            _mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(Reading.IsHigh)), nameof(Reading.IsHigh));

        Assert.AreEqual(ModelKind.Binary, report.Kind);
        AssertTellingSensorIsOnTop(report, clean: 1);
    }

    [TestMethod]
    public void A_regression_that_leans_on_one_sensor_is_found_out()
    {
        StressReport report = Test(
            _mlContext.Regression.Trainers.FastTree(nameof(Reading.Amount)), nameof(Reading.Amount));

        Assert.AreEqual(ModelKind.Regression, report.Kind);
        AssertTellingSensorIsOnTop(report, clean: 0.9);
    }

    [TestMethod]
    public void R2_is_that_of_MLNet()
    {
        string data = SaveData(ChannelLayout.ChannelsLast);
        string model = SaveModel(_mlContext.Regression.Trainers.FastTree(nameof(Reading.Amount)), data);
        StressReport report = Test(model, data, nameof(Reading.Amount));

        IDataView scored = _mlContext.Model.Load(model, out _).Transform(_mlContext.Data.LoadFromBinary(data));
        RegressionMetrics expected = _mlContext.Regression.Evaluate(scored, nameof(Reading.Amount));
        Assert.AreEqual(expected.RSquared, report.Clean, 1e-6);
    }

    [TestMethod]
    public void A_row_without_a_score_is_wrong()
    {
        // A linear model's score is NaN where a reading is missing, and ML.NET's Evaluate leaves such rows out.
        StressReport report = Test(
            _mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(Reading.IsHigh)), nameof(Reading.IsHigh),
            fill: DropoutFill.Missing);

        Assert.AreEqual(1, report.Clean);
        foreach (SensorLoss loss in report.Losses)
            Assert.AreEqual(0, loss.Metric, loss.Sensor);
    }

    [TestMethod]
    public void A_regression_without_a_score_has_no_metric()
    {
        StressReport report = Test(
            _mlContext.Regression.Trainers.OnlineGradientDescent(nameof(Reading.Amount)), nameof(Reading.Amount),
            fill: DropoutFill.Missing);

        Assert.IsTrue(report.Losses.All(loss => double.IsNegativeInfinity(loss.Metric)));
        Assert.AreEqual("no score", report.Format(report.Worst));
        Assert.AreEqual("-", report.FormatDifference(report.Worst));
    }

    [TestMethod]
    public void Rows_without_a_label_that_the_model_knows_are_left_out_as_MLNet_does()
    {
        string data = SaveData(ChannelLayout.ChannelsLast);
        string model = SaveModel(
            _mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Reading.Amount))
                .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()),
            data);

        Reading[] odd = [.. Readings.Make(seed: 2)];
        (odd[0].Amount, odd[1].Amount, odd[2].Amount) = (float.NaN, 99, odd[2].Amount % 3 + 1);
        string oddData = Readings.Save(_mlContext, _mlContext.Data.LoadFromEnumerable(odd), _folder.PathOf("odd.idv"));

        StressReport report = Test(model, oddData, "Label");

        Assert.AreEqual(117.0 / 118, report.Clean, 1e-12, "two are left out, and one is wrong");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    public void A_lost_sensor_gives_the_accuracy_of_data_damaged_by_hand(int reading)
    {
        DataSet recordings = WearableGenerator.Generate(seed: 3, people: 2);
        IDataView train = recordings.Train.Load(_mlContext);
        ITransformer model = _mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(_mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(train);
        string path = _folder.PathOf("model.zip");
        _mlContext.Model.Save(model, train.Schema, path);
        string data = Readings.Save(_mlContext, recordings.Test.Load(_mlContext), _folder.PathOf("test.idv"));

        var settings = new StressTestSettings
        {
            Channels = recordings.Test.Channels,
            Names = recordings.Test.ChannelNames,
            Fill = DropoutFill.Constant(reading),
        };
        StressReport report = new SensorStressTest(_mlContext, path, data, settings).Run();

        Assert.AreEqual(Evaluate(model, recordings.Test), report.Clean, 1e-12);
        for (int channel = 0; channel < recordings.Test.Channels; channel++)
        {
            string name = recordings.Test.ChannelNames[channel];
            Assert.AreEqual(
                Evaluate(model, recordings.Test.Without([channel], reading)),
                report.Losses.Single(loss => loss.Sensor == name).Metric,
                1e-12, name);
        }
    }

    private static void AssertTellingSensorIsOnTop(StressReport report, double clean)
    {
        Assert.IsGreaterThanOrEqualTo(clean, report.Clean);
        Assert.AreEqual($"channel {Readings.Telling}", report.Losses[0].Sensor);
        Assert.IsLessThan(0.7, report.Worst);
        foreach (SensorLoss other in report.Losses.Skip(1))
            Assert.IsGreaterThan(0.9, other.Metric, $"{other.Sensor} is noise");
        Assert.AreEqual(report.Losses.Average(loss => loss.Metric), report.Mean, 1e-12);
    }

    private double Evaluate(ITransformer model, RecordingSet recordings) =>
        _mlContext.MulticlassClassification.Evaluate(model.Transform(recordings.Load(_mlContext))).MicroAccuracy;

    private string SaveData(ChannelLayout layout) => Readings.Save(
        _mlContext, _mlContext.Data.LoadFromEnumerable(Readings.Make(seed: 2, layout)), _folder.PathOf("test.idv"));

    private string SaveModel<T>(IEstimator<T> pipeline, string dataPath)
        where T : class, ITransformer
    {
        IDataView data = _mlContext.Data.LoadFromBinary(dataPath);
        string path = _folder.PathOf("model.zip");
        _mlContext.Model.Save(pipeline.Fit(data), data.Schema, path);
        return path;
    }

    private StressReport Test<T>(
        IEstimator<T> pipeline, string label, ChannelLayout layout = ChannelLayout.ChannelsLast, DropoutFill? fill = null)
        where T : class, ITransformer
    {
        string data = SaveData(layout);
        return Test(SaveModel(pipeline, data), data, label, layout, fill);
    }

    private StressReport Test(
        string model, string data, string label, ChannelLayout layout = ChannelLayout.ChannelsLast, DropoutFill? fill = null) =>
        new SensorStressTest(_mlContext, model, data, new StressTestSettings
        {
            Channels = Readings.Channels,
            Label = label,
            Layout = layout,
            Fill = fill ?? DropoutFill.Zero,
        }).Run();
}
