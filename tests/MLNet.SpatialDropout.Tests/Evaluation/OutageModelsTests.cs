using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Models of any origin: saved and loaded, without a stage, with one, and chains in chains.</summary>
[TestClass]
public sealed class OutageModelsTests
{
    private readonly MLContext _mlContext = new(1);

    private IDataView Train => OutageModels.Load(_mlContext, OutageModels.Train);

    private IDataView Test => OutageModels.Load(_mlContext, OutageModels.Test);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_saved_and_loaded_model(bool hasStage)
    {
        IEstimator<ITransformer> trainer = OutageModels.RegressionTrees(_mlContext);
        SpatialDropoutOptions options = OutageModels.ByChannel with { Copies = 2, KeepOriginal = true };
        ITransformer model =
            hasStage ? _mlContext.Transforms.SpatialDropout(options).Append(trainer).Fit(Train) : trainer.Fit(Train);
        using var file = new MemoryStream();
        _mlContext.Model.Save(model, Train.Schema, file);
        file.Position = 0;

        var host = new MLContext(2);
        ITransformer loaded = host.Model.Load(file, out _);

        IDataView test = OutageModels.Load(host, OutageModels.Test);
        Assert.AreEqual(
            $"{_mlContext.Regression.EvaluateOutages(model, Test, options, "Target", lostPairs: true)}",
            $"{host.Regression.EvaluateOutages(loaded, test, options, "Target", lostPairs: true)}");
    }

    [TestMethod]
    public void A_saved_model_that_maps_labels_and_joins_columns()
    {
        ITransformer model = OutageModels.Join(_mlContext).Append(OutageModels.MultiTrees(_mlContext))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel")).Fit(Train);
        using var file = new MemoryStream();
        _mlContext.Model.Save(model, Train.Schema, file);
        file.Position = 0;

        ITransformer loaded = _mlContext.Model.Load(file, out _);

        Assert.AreEqual(
            $"{_mlContext.MulticlassClassification.EvaluateOutages(model, Test, OutageModels.ByColumn)}",
            $"{_mlContext.MulticlassClassification.EvaluateOutages(loaded, Test, OutageModels.ByColumn)}");
    }

    [TestMethod]
    public void A_chain_in_a_chain()
    {
        ITransformer join = OutageModels.Join(_mlContext).Fit(Train);
        ITransformer trained = OutageModels.RegressionTrees(_mlContext).Fit(join.Transform(Train));
        var nested = new TransformerChain<ITransformer>(
            new TransformerChain<ITransformer>(new TransformerChain<ITransformer>(), join),
            new TransformerChain<ITransformer>(trained));

        Assert.AreEqual(
            $"{_mlContext.Regression.EvaluateOutages(join.Append(trained), Test, OutageModels.ByColumn, "Target")}",
            $"{_mlContext.Regression.EvaluateOutages(nested, Test, OutageModels.ByColumn, "Target")}");
    }

    [TestMethod]
    public void A_trainers_own_model_without_a_chain()
    {
        ITransformer model = _mlContext.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = "IsFast",
            NumberOfIterations = 5,
            MinimumExampleCountPerLeaf = 3,
            NumberOfThreads = 1,
            Deterministic = true,
        }).Fit(Train);

        OutageReport<CalibratedBinaryClassificationMetrics> report = _mlContext.BinaryClassification.EvaluateOutages(
            model, Test, OutageModels.ByChannel with { Fill = DropoutFill.Missing }, "IsFast");

        Assert.IsTrue(report.SingleLosses.All(loss => loss.RowsWithoutScore == 0), "trees read missing values");
        foreach (Outage<CalibratedBinaryClassificationMetrics> loss in report.SingleLosses)
        {
            IDataView damaged = HandDamage.OfFeatures[1].Load(_mlContext, OutageModels.Test, loss.LostSensors);
            MetricsText.AreEqual(
                _mlContext.BinaryClassification.Evaluate(model.Transform(damaged), "IsFast"), loss.Metrics, loss.Name);
        }
    }

    // The folds of cross-validation show a label as a key of two values.
    [TestMethod]
    public void A_binary_label_that_is_a_key()
    {
        ITransformer model = _mlContext.Transforms.Conversion.MapValueToKey("Label", "IsFast")
            .Append(OutageModels.BinaryTrees(_mlContext)).Fit(Train);

        OutageReport<CalibratedBinaryClassificationMetrics> report =
            _mlContext.BinaryClassification.EvaluateOutages(model, Test, OutageModels.ByChannel);

        MetricsText.AreEqual(
            _mlContext.BinaryClassification.Evaluate(model.Transform(Test)), report.Clean.Metrics, "the same keys");
    }

    [TestMethod]
    public void A_model_with_flags_for_lost_sensors()
    {
        SpatialDropoutOptions options = OutageModels.ByChannel with { Copies = 4, KeepOriginal = true };
        IEstimator<ITransformer> trainer = _mlContext.Regression.Trainers.OnlineGradientDescent("Target");
        ITransformer model = _mlContext.Transforms.SpatialDropout(options)
            .Append(_mlContext.Transforms.IndicateLost("Lost", options))
            .Append(_mlContext.Transforms.Concatenate("Features", "Features", "Lost"))
            .Append(trainer).Fit(Train);

        OutageReport<RegressionMetrics> report = _mlContext.Regression.EvaluateOutages(model, Test, options, "Target");

        foreach (Outage<RegressionMetrics> loss in report.SingleLosses)
        {
            IDataView damaged = HandDamage.OfFeatures[0].Load(_mlContext, OutageModels.Test, loss.LostSensors);
            MetricsText.AreEqual(_mlContext.Regression.Evaluate(model.Transform(damaged), "Target"), loss.Metrics, loss.Name);
        }
    }

    [TestMethod]
    public void Data_that_were_scored_already()
    {
        ITransformer model = OutageModels.RegressionTrees(_mlContext).Fit(Train);
        ITransformer other = OutageModels.RegressionLinear(_mlContext).Fit(Train);

        Assert.AreEqual(
            $"{_mlContext.Regression.EvaluateOutages(model, Test, OutageModels.ByChannel, "Target")}",
            $"{_mlContext.Regression.EvaluateOutages(model, other.Transform(Test), OutageModels.ByChannel, "Target")}");
    }

    // A one-hot encoded column makes the features sparse.
    [TestMethod]
    public void Sparse_rows_of_doubles()
    {
        IEstimator<ITransformer> prepare = _mlContext.Transforms.Categorical.OneHotEncoding("Hot", "Number")
            .Append(_mlContext.Transforms.Conversion.ConvertType("Doubles", "Hot", DataKind.Double));
        IDataView train = prepare.Fit(Train).Transform(Train);
        ITransformer model = _mlContext.Transforms.Conversion.ConvertType("Singles", "Doubles", DataKind.Single)
            .Append(_mlContext.Transforms.Concatenate("Features", "Features", "Singles"))
            .Append(OutageModels.RegressionLinear(_mlContext)).Fit(train);
        var options =
            new SpatialDropoutOptions { OutputColumnName = "Doubles", Groups = [30, 60], Fill = DropoutFill.Constant(2) };

        OutageReport<RegressionMetrics> report = _mlContext.Regression.EvaluateOutages(model, train, options, "Target");

        foreach (Outage<RegressionMetrics> loss in report.SingleLosses)
        {
            IDataView view = _mlContext.Data.SpatialDropout(train, options with { LostChannels = loss.LostSensors });
            MetricsText.AreEqual(_mlContext.Regression.Evaluate(model.Transform(view), "Target"), loss.Metrics, loss.Name);
        }

        Assert.IsTrue(report.ChangesScores);
    }
}
