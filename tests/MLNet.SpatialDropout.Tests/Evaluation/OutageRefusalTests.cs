using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What cannot be evaluated is refused before any row is read and any model is trained.</summary>
[TestClass]
public sealed class OutageRefusalTests
{
    // Learned from the rows, so that checks after that would be too late.
    private static readonly SpatialDropoutOptions Options = OutageModels.ByChannel with { Fill = DropoutFill.ChannelMean };

    private readonly MLContext _mlContext = new(1);

    private IDataView Train => OutageModels.Load(_mlContext, OutageModels.Train);

    private IDataView Test => OutageModels.Load(_mlContext, OutageModels.Test);

    [TestMethod]
    public void Null_arguments()
    {
        ITransformer model = OutageModels.RegressionTrees(_mlContext).Fit(Train);
        IEstimator<ITransformer> pipeline = OutageModels.RegressionTrees(_mlContext);
        MulticlassClassificationCatalog multiclass = _mlContext.MulticlassClassification;
        BinaryClassificationCatalog binary = _mlContext.BinaryClassification;
        RegressionCatalog regression = _mlContext.Regression;
        RankingCatalog ranking = _mlContext.Ranking;

        Null("catalog", () => MulticlassClassificationOutages.EvaluateOutages(null!, model, Test, Options));
        Null("model", () => multiclass.EvaluateOutages(null!, Test, Options));
        Null("data", () => multiclass.EvaluateOutages(model, null!, Options));
        Null("options", () => multiclass.EvaluateOutages(model, Test, null!));
        Null("catalog", () => MulticlassClassificationOutages.CrossValidateOutages(null!, Test, pipeline, Options));
        Null("data", () => multiclass.CrossValidateOutages(null!, pipeline, Options));
        Null("estimator", () => multiclass.CrossValidateOutages(Test, null!, Options));
        Null("options", () => multiclass.CrossValidateOutages(Test, pipeline, null!));

        Null("catalog", () => BinaryClassificationOutages.EvaluateOutages(null!, model, Test, Options));
        Null("model", () => binary.EvaluateOutages(null!, Test, Options));
        Null("data", () => binary.EvaluateOutages(model, null!, Options));
        Null("options", () => binary.EvaluateOutages(model, Test, null!));
        Null("catalog", () => BinaryClassificationOutages.CrossValidateOutages(null!, Test, pipeline, Options));
        Null("data", () => binary.CrossValidateOutages(null!, pipeline, Options));
        Null("estimator", () => binary.CrossValidateOutages(Test, null!, Options));
        Null("options", () => binary.CrossValidateOutages(Test, pipeline, null!));

        Null("catalog", () => BinaryClassificationOutages.EvaluateOutagesNonCalibrated(null!, model, Test, Options));
        Null("model", () => binary.EvaluateOutagesNonCalibrated(null!, Test, Options));
        Null("data", () => binary.EvaluateOutagesNonCalibrated(model, null!, Options));
        Null("options", () => binary.EvaluateOutagesNonCalibrated(model, Test, null!));
        Null("catalog", () => BinaryClassificationOutages.CrossValidateOutagesNonCalibrated(null!, Test, pipeline, Options));
        Null("data", () => binary.CrossValidateOutagesNonCalibrated(null!, pipeline, Options));
        Null("estimator", () => binary.CrossValidateOutagesNonCalibrated(Test, null!, Options));
        Null("options", () => binary.CrossValidateOutagesNonCalibrated(Test, pipeline, null!));

        Null("catalog", () => RegressionOutages.EvaluateOutages(null!, model, Test, Options));
        Null("model", () => regression.EvaluateOutages(null!, Test, Options));
        Null("data", () => regression.EvaluateOutages(model, null!, Options));
        Null("options", () => regression.EvaluateOutages(model, Test, null!));
        Null("catalog", () => RegressionOutages.CrossValidateOutages(null!, Test, pipeline, Options));
        Null("data", () => regression.CrossValidateOutages(null!, pipeline, Options));
        Null("estimator", () => regression.CrossValidateOutages(Test, null!, Options));
        Null("options", () => regression.CrossValidateOutages(Test, pipeline, null!));

        Null("catalog", () => RankingOutages.EvaluateOutages(null!, model, Test, Options));
        Null("model", () => ranking.EvaluateOutages(null!, Test, Options));
        Null("data", () => ranking.EvaluateOutages(model, null!, Options));
        Null("options", () => ranking.EvaluateOutages(model, Test, null!));
        Null("catalog", () => RankingOutages.CrossValidateOutages(null!, Test, pipeline, Options));
        Null("data", () => ranking.CrossValidateOutages(null!, pipeline, Options));
        Null("estimator", () => ranking.CrossValidateOutages(Test, null!, Options));
        Null("options", () => ranking.CrossValidateOutages(Test, pipeline, null!));
    }

    [TestMethod]
    public void Columns_of_a_regression()
    {
        IEstimator<ITransformer> pipeline = OutageModels.RegressionTrees(_mlContext);

        Refuses(
            pipeline, "Schema mismatch for column 'Label': expected Single, got no such column; there are Number, Session,",
            (model, data) => _mlContext.Regression.EvaluateOutages(model, data, Options));
        Refuses(
            pipeline, "Name one of the model's columns by labelColumnName. (Parameter 'labelColumnName')",
            (model, data) => _mlContext.Regression.EvaluateOutages(model, data, Options));
        Refuses(
            pipeline, "Schema mismatch for column 'Session': expected Single, got String. Convert it inside the pipeline, with ConvertType.",
            (model, data) => _mlContext.Regression.EvaluateOutages(model, data, Options, "Session"));
        Refuses(
            pipeline, "Schema mismatch for column 'Nothing': expected Single, got no such column",
            (model, data) => _mlContext.Regression.EvaluateOutages(model, data, Options, "Target", "Nothing"));
        Refuses(
            OutageModels.MultiTrees(_mlContext), "Schema mismatch for column 'Score': expected Single, got Vector<Single, 3",
            (model, data) => _mlContext.Regression.EvaluateOutages(model, data, Options, "Target"));
    }

    [TestMethod]
    public void Columns_of_a_multiclass_model()
    {
        IEstimator<ITransformer> pipeline = OutageModels.MultiTrees(_mlContext);
        MulticlassClassificationCatalog catalog = _mlContext.MulticlassClassification;

        Refuses(
            pipeline, "Schema mismatch for column 'Class': expected a key that counts its values, or Single, got String."
                + " Name the column that the pipeline maps by labelColumnName, or map it there, with MapValueToKey or ConvertType.",
            (model, data) => catalog.EvaluateOutages(model, data, Options, "Class"));
        Refuses(
            OutageModels.RegressionTrees(_mlContext),
            "Schema mismatch for column 'Score': expected a vector of Single of known size, got Single. The model must be one of"
                + " the task of this catalog.",
            (model, data) => catalog.EvaluateOutages(model, data, Options, "Target"));
        Refuses(
            pipeline, "Schema mismatch for column 'Nothing': expected a column, got no such column",
            (model, data) => catalog.EvaluateOutages(model, data, Options, predictedLabelColumnName: "Nothing"));
    }

    [TestMethod]
    public void Columns_of_a_binary_model()
    {
        IEstimator<ITransformer> forest = OutageModels.BinaryForest(_mlContext);
        BinaryClassificationCatalog catalog = _mlContext.BinaryClassification;

        Refuses(
            forest, "Use the method for models that are not calibrated",
            (model, data) => catalog.EvaluateOutages(model, data, Options, "IsFast"));
        Refuses(
            forest, "Schema mismatch for column 'Session': expected Single, got String. Use the method for models that are not",
            (model, data) => catalog.EvaluateOutages(model, data, Options, "IsFast", probabilityColumnName: "Session"));
        Refuses(
            forest, "Schema mismatch for column 'Class': expected Boolean, Single, Double or a key of two values, got String.",
            (model, data) => catalog.EvaluateOutagesNonCalibrated(model, data, Options, "Class"));
        Refuses(
            OutageModels.MultiTrees(_mlContext), "Schema mismatch for column 'Score': expected Single, got Vector<Single, 3",
            (model, data) => catalog.EvaluateOutagesNonCalibrated(model, data, Options, "IsFast"));
    }

    [TestMethod]
    public void Columns_of_a_ranking()
    {
        IEstimator<ITransformer> pipeline = OutageModels.RankingTrees(_mlContext);
        RankingCatalog catalog = _mlContext.Ranking;

        Refuses(
            pipeline, "Schema mismatch for column 'Query': expected a key, got no such column",
            (model, data) => catalog.EvaluateOutages(model, data, Options, "Relevance", "Query"));
        Refuses(
            pipeline, "Schema mismatch for column 'Session': expected a key, got String. Map it inside the pipeline",
            (model, data) => catalog.EvaluateOutages(model, data, Options, "Relevance", "Session"));
        Refuses(
            pipeline, "Schema mismatch for column 'Number': expected a key, got Int32. Map it inside the pipeline",
            (model, data) => catalog.EvaluateOutages(model, data, Options, "Relevance", "Number"));
        Refuses(
            pipeline, "Schema mismatch for column 'IsFast': expected Single or a key, got Boolean.",
            (model, data) => catalog.EvaluateOutages(model, data, Options, "IsFast"));

        // ML.NET agrees, but only when the losses are measured.
        IDataView scored = pipeline.Fit(Train).Transform(Test);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => catalog.Evaluate(scored, "Relevance", "Session"));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => catalog.Evaluate(scored, "Relevance", "Number"));
    }

    [TestMethod]
    public void Null_names_of_columns()
    {
        ITransformer model = OutageModels.RegressionTrees(_mlContext).Fit(Train);
        MulticlassClassificationCatalog multiclass = _mlContext.MulticlassClassification;
        BinaryClassificationCatalog binary = _mlContext.BinaryClassification;

        Null("labelColumnName", () => multiclass.EvaluateOutages(model, Test, Options, labelColumnName: null!));
        Null("scoreColumnName", () => multiclass.EvaluateOutages(model, Test, Options, scoreColumnName: null!));
        Null("predictedLabelColumnName", () => multiclass.EvaluateOutages(model, Test, Options, predictedLabelColumnName: null!));
        Null("probabilityColumnName", () => binary.EvaluateOutages(model, Test, Options, probabilityColumnName: null!));
        Null("predictedLabelColumnName", () => binary.EvaluateOutages(model, Test, Options, predictedLabelColumnName: null!));
        Null("labelColumnName", () => binary.EvaluateOutagesNonCalibrated(model, Test, Options, null!));
        Null("scoreColumnName", () => _mlContext.Regression.EvaluateOutages(model, Test, Options, scoreColumnName: null!));
        Null("rowGroupColumnName", () => _mlContext.Ranking.EvaluateOutages(model, Test, Options, rowGroupColumnName: null!));
        Null("labelColumnName", () => _mlContext.Regression.CrossValidateOutages(
            Test, OutageModels.RegressionTrees(_mlContext), Options, labelColumnName: null!));
        Refuses<ArgumentException>(
            OutageModels.RegressionTrees(_mlContext), "labelColumnName",
            (trained, data) => _mlContext.Regression.EvaluateOutages(trained, data, Options, ""));
    }

    [TestMethod]
    public void A_negative_number_of_best_classes() => Refuses(
        OutageModels.MultiTrees(_mlContext), "topKPredictionCount must be at least 0, but is -1.",
        (model, data) => _mlContext.MulticlassClassification.EvaluateOutages(model, data, Options, topKPredictionCount: -1));

    [TestMethod]
    public void A_model_without_a_trainer() => Refuses(
        OutageModels.Join(_mlContext), "Schema mismatch for column 'Score': expected Single, got no such column",
        (model, data) => _mlContext.Regression.EvaluateOutages(model, data, Options, "Target"));

    [TestMethod]
    public void Classes_in_another_order_than_the_models()
    {
        ITransformer model = OutageModels.MultiTrees(_mlContext).Fit(Train);
        string[] order = [.. Classes(model.Transform(Test))];
        IDataView reversed = _mlContext.Data.LoadFromEnumerable(order.Reverse().Select(name => new { Class = name }));
        IDataView data = _mlContext.Transforms.Conversion.MapValueToKey("Mapped", "Class", keyData: reversed)
            .Fit(Test).Transform(Test);
        Assert.IsFalse(order.SequenceEqual(Classes(data, "Mapped")));

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => _mlContext.MulticlassClassification.EvaluateOutages(model, data, OutageModels.ByChannel, "Mapped")).Message,
            $"expected keys of the model's classes in their order, {string.Join(", ", order)}, got keys of"
            + $" {string.Join(", ", order.Reverse())}. Leave the label as the model was trained on it, and map it inside the"
            + " pipeline with MapValueToKey.");
    }

    // ML.NET has no names for the scores of classes that are not texts.
    [TestMethod]
    [DataRow(DataKind.Single)]
    [DataRow(DataKind.Double)]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.Int32)]
    [DataRow(DataKind.UInt32)]
    [DataRow(DataKind.Int64)]
    [DataRow(DataKind.UInt64)]
    public void Classes_that_are_numbers_in_another_order_than_the_models(DataKind kind) => RefusesReversedClasses(
        _mlContext.Transforms.Conversion.ConvertType("Text", "Relevance", DataKind.String)
            .Append(_mlContext.Transforms.Conversion.ConvertType("Key", "Text", kind)),
        row => row.Relevance);

    [TestMethod]
    public void Classes_that_are_booleans_in_another_order_than_the_models() => RefusesReversedClasses(
        _mlContext.Transforms.CopyColumns("Key", "IsFast"), row => row.IsFast);

    [TestMethod]
    public void Classes_mapped_outside_the_pipeline_in_the_same_order_are_evaluated()
    {
        ITransformer keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Train);
        ITransformer model = _mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(keys.Transform(Train));

        Assert.IsGreaterThan(0.5, _mlContext.MulticlassClassification.EvaluateOutages(
            model, keys.Transform(Test), OutageModels.ByChannel).Clean.Metrics.MicroAccuracy);
    }

    [TestMethod]
    [DataRow("A")]
    [DataRow("A,B")]
    [DataRow("A,B,C,D")]
    [DataRow("A,,C")]
    [DataRow("A, ,C")]
    [DataRow("A,B,A")]
    [DataRow("")]
    public void Names_that_do_not_fit(string names)
    {
        string[] all = names.Split(',');
        string message =
            $"sensorNames must be 3 different names, one for each of the channels, but is [{string.Join(", ", all)}].";

        Refuses<ArgumentException>(
            OutageModels.RegressionTrees(_mlContext), message,
            (model, data) => _mlContext.Regression.EvaluateOutages(model, data, Options, "Target", sensorNames: all));
        DoesNotTrain<ArgumentException>(
            message, (data, pipeline) => _mlContext.Regression.CrossValidateOutages(
                data, pipeline, Options, labelColumnName: "Target", sensorNames: all));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(0)]
    [DataRow(-3)]
    public void Fewer_than_two_folds(int folds) => DoesNotTrain<ArgumentOutOfRangeException>(
        $"numberOfFolds must be at least 2, but is {folds}.",
        (data, pipeline) => _mlContext.Regression.CrossValidateOutages(data, pipeline, Options, folds, "Target"));

    [TestMethod]
    public void Options_that_are_wrong_by_themselves()
    {
        (SpatialDropoutOptions Options, string Message)[] all =
        [
            (Options with { Rate = 2 }, "Rate must be a probability from 0 to 1, but is 2."),
            (Options with { Copies = 0 }, "Copies must be at least 1, but is 0."),
            (Options with { LostChannels = [3] }, "LostChannels must be numbers below 3"),
            (Options with { Columns = [], OutputColumnName = "" }, "Columns must be the names of one column or more"),
            (Options with { Channels = 0 }, "Channels must be at least 1, but is 0."),
        ];
        foreach ((SpatialDropoutOptions options, string message) in all)
            RefusesOptions<ArgumentOutOfRangeException>(options, message);
        RefusesOptions<ArgumentException>(Options with { OutputColumnName = "" }, "OutputColumnName must be the name of a column");
        RefusesOptions<ArgumentException>(
            Options with { Shape = [4, 3] }, "Set exactly one of Channels (or Groups), Shape (with NoiseShape) and PerElement");
    }

    [TestMethod]
    public void Options_that_do_not_fit_the_data()
    {
        RefusesOptions<ArgumentOutOfRangeException>(
            Options with { Channels = 5 }, "Channels is 5, which does not fit vectors of length 12 in column 'Features'");
        RefusesOptions<ArgumentOutOfRangeException>(Options with { OutageSteps = (2, 5) }, "at most the 4 steps of a row");
        RefusesOptions<ArgumentException>(Options with { Channels = null }, "Channels, Groups and Shape are null");
        RefusesOptions<ArgumentOutOfRangeException>(
            Options with { OutageSteps = (1, 2), MaskKeyColumnName = "Day" },
            "Schema mismatch for column 'Day': expected a scalar that is");
    }

    [TestMethod]
    public void Data_without_a_label()
    {
        ITransformer model = OutageModels.RegressionTrees(_mlContext).Fit(Train);
        IDataView unlabelled = _mlContext.Transforms.Expression("Target", "x => x / 0 * 0", "Target").Fit(Test).Transform(Test);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(
                () => _mlContext.Regression.EvaluateOutages(model, unlabelled, OutageModels.ByChannel, "Target")).Message,
            "The data have no row with a value in the label column 'Target' that the model knows");
    }

    [TestMethod]
    public void A_mask_key_that_nothing_is_drawn_for_may_be_missing()
    {
        ITransformer model = OutageModels.RegressionTrees(_mlContext).Fit(Train);
        SpatialDropoutOptions ofStage = OutageModels.ByChannel with { MaskKeyColumnName = "Day", Copies = 4, KeepOriginal = true };

        var report = _mlContext.Regression.EvaluateOutages(model, Test, ofStage, "Target");

        Assert.AreEqual(
            $"{_mlContext.Regression.EvaluateOutages(model, Test, OutageModels.ByChannel, "Target")}", $"{report}");
    }

    // The model has the classes in the order of the rows it is trained on, and the keys of the data have them in reverse.
    private void RefusesReversedClasses(IEstimator<ITransformer> key, Func<OutageRow, object> read)
    {
        ITransformer model = key
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label", "Key"))
            .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(Train);
        OutageRow[] order = [.. OutageModels.Train.DistinctBy(read)];
        IDataView data = key.Append(_mlContext.Transforms.Conversion.MapValueToKey("Mapped", "Key"))
            .Fit(OutageModels.Load(_mlContext, order.Reverse())).Transform(Test);

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => _mlContext.MulticlassClassification.EvaluateOutages(model, data, OutageModels.ByChannel, "Mapped")).Message,
            $"expected keys of the model's classes in their order, {string.Join(", ", order.Select(read))}, got keys of"
            + $" {string.Join(", ", order.Reverse().Select(read))}.");
    }

    private static IEnumerable<string> Classes(IDataView data, string label = "Label")
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema[label].GetKeyValues(ref names);
        return names.DenseValues().Select(name => name.ToString());
    }

    private static void Null(string parameter, Action call) =>
        Assert.AreEqual(parameter, Assert.ThrowsExactly<ArgumentNullException>(call).ParamName);

    private void RefusesOptions<TException>(SpatialDropoutOptions options, string message)
        where TException : ArgumentException
    {
        Refuses<TException>(
            OutageModels.RegressionTrees(_mlContext), message,
            (model, data) => _mlContext.Regression.EvaluateOutages(model, data, options, "Target"));
        DoesNotTrain<TException>(
            message, (data, pipeline) => _mlContext.Regression.CrossValidateOutages(
                data, pipeline, options, labelColumnName: "Target"));
    }

    private void Refuses(IEstimator<ITransformer> pipeline, string message, Action<ITransformer, IDataView> evaluate) =>
        Refuses<ArgumentOutOfRangeException>(pipeline, message, evaluate);

    private void Refuses<TException>(IEstimator<ITransformer> pipeline, string message, Action<ITransformer, IDataView> evaluate)
        where TException : ArgumentException
    {
        ITransformer model = pipeline.Fit(Train);
        var data = new CountingView(Test);

        StringAssert.Contains(Assert.ThrowsExactly<TException>(() => evaluate(model, data)).Message, message);
        Assert.AreEqual(0, data.RowsRead, message);
    }

    private void DoesNotTrain<TException>(string message, Action<IDataView, IEstimator<ITransformer>> crossValidate)
        where TException : ArgumentException
    {
        var pipeline = new RecordingEstimator(OutageModels.RegressionTrees(_mlContext));
        var data = new CountingView(Train);

        StringAssert.Contains(Assert.ThrowsExactly<TException>(() => crossValidate(data, pipeline)).Message, message);
        Assert.IsEmpty(pipeline.Trained, message);
        Assert.AreEqual(0, data.RowsRead, message);
    }
}
