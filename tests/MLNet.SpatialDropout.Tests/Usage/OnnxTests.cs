using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A model that was trained with the stage exports to ONNX, and ONNX Runtime gives the scores of ML.NET.</summary>
[TestClass]
public sealed class OnnxTests
{
    private static readonly Dictionary<string, Func<MLContext, string, IEstimator<ITransformer>>> Trainers = new()
    {
        ["binary: SDCA"] = (mlContext, features) =>
            mlContext.BinaryClassification.Trainers.SdcaLogisticRegression("IsFast", features, maximumNumberOfIterations: 20),
        ["binary: L-BFGS"] = (mlContext, features) =>
            mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("IsFast", features),
        ["binary: averaged perceptron"] = (mlContext, features) =>
            mlContext.BinaryClassification.Trainers.AveragedPerceptron("IsFast", features),
        ["binary: linear SVM"] = (mlContext, features) =>
            mlContext.BinaryClassification.Trainers.LinearSvm("IsFast", features),
        ["binary: FastTree"] = (mlContext, features) =>
            mlContext.BinaryClassification.Trainers.FastTree("IsFast", features, numberOfTrees: 20),
        ["binary: FastForest"] = (mlContext, features) =>
            mlContext.BinaryClassification.Trainers.FastForest("IsFast", features, numberOfTrees: 20),
        ["binary: LightGBM"] = (mlContext, features) =>
            mlContext.BinaryClassification.Trainers.LightGbm("IsFast", features, numberOfIterations: 20),
        ["classes: SDCA"] = (mlContext, features) =>
            mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", features, maximumNumberOfIterations: 20),
        ["classes: L-BFGS"] = (mlContext, features) =>
            mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: features),
        ["classes: naive Bayes"] = (mlContext, features) =>
            mlContext.MulticlassClassification.Trainers.NaiveBayes(featureColumnName: features),
        ["classes: one FastTree each"] = (mlContext, features) =>
            mlContext.MulticlassClassification.Trainers.OneVersusAll(
                mlContext.BinaryClassification.Trainers.FastTree(featureColumnName: features, numberOfTrees: 20)),
        ["classes: LightGBM"] = (mlContext, features) =>
            mlContext.MulticlassClassification.Trainers.LightGbm(featureColumnName: features, numberOfIterations: 20),
        ["regression: SDCA"] = (mlContext, features) =>
            mlContext.Regression.Trainers.Sdca("Speed", features, maximumNumberOfIterations: 20),
        ["regression: Poisson"] = (mlContext, features) =>
            mlContext.Regression.Trainers.LbfgsPoissonRegression("Speed", features),
        ["regression: FastTree"] = (mlContext, features) =>
            mlContext.Regression.Trainers.FastTree("Speed", features, numberOfTrees: 20),
        ["regression: FastForest"] = (mlContext, features) =>
            mlContext.Regression.Trainers.FastForest("Speed", features, numberOfTrees: 20),
        ["regression: LightGBM"] = (mlContext, features) =>
            mlContext.Regression.Trainers.LightGbm("Speed", features, numberOfIterations: 20),
    };

    private static readonly Dictionary<string, SpatialDropoutOptions> Stages = new()
    {
        ["in place"] = new() { OutputColumnName = "Features", Channels = 3 },
        ["another column"] = new() { OutputColumnName = "Damaged", InputColumnName = "Features", Channels = 3 },
        ["copies"] = new() { OutputColumnName = "Features", Channels = 3, Copies = 4, KeepOriginal = true },
        ["groups"] = new() { OutputColumnName = "Features", Groups = [1, 2] },
        ["columns"] = new() { Columns = ["Features", "Doubles"], Channels = 3 },
    };

    private readonly MLContext _mlContext = new(1);

    public static IEnumerable<object[]> Combinations() =>
        Trainers.Keys.SelectMany(trainer => Stages.Keys.Select(stage => new object[] { trainer, stage }));

    [TestMethod]
    [DynamicData(nameof(Combinations))]
    public void Predictions_are_those_of_the_model(string trainer, string stage) => LightGbmLibrary.WhereItLoads(() =>
    {
        ITransformer model = Fit(Stages[stage] with { Seed = 7 }, trainer);
        using var onnx = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(model, Rows(1), onnx);
        onnx.Position = 0;

        IDataView test = Rows(2);
        IDataView expected = model.Transform(test);
        IDataView actual = _mlContext.Transforms.ApplyOnnxModel(onnx).Fit(test).Transform(test);

        OnnxScores.AreEqual(expected, actual);
        if (expected.Schema.GetColumnOrNull("PredictedLabel") is not { } label)
            return;
        if (label.Type is BooleanDataViewType)
            CollectionAssert.AreEqual(expected.GetColumn<bool>(label).ToArray(), First<bool>("PredictedLabel"));
        else
            CollectionAssert.AreEqual(expected.GetColumn<uint>(label).ToArray(), First<uint>("PredictedLabel"));

        // ONNX has no scalars, only vectors of one.
        T[] First<T>(string column) => [.. actual.GetColumn<T[]>(column).Select(values => values.Single())];
    });

    // ML.NET cannot export Expression, which the flags are made of. The FAQ shows what to do.
    [TestMethod]
    public void Flags_do_not_export()
    {
        SpatialDropoutOptions options = Stages["in place"];
        ITransformer model = _mlContext.Transforms.SpatialDropout(options)
            .Append(_mlContext.Transforms.IndicateLost("Lost", options))
            .Append(_mlContext.Transforms.Concatenate("Features", "Features", "Lost"))
            .Append(_mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("IsFast"))
            .Fit(Rows(1));

        Assert.Throws<KeyNotFoundException>(() => _mlContext.Model.ConvertToOnnx(model, Rows(1), Stream.Null));
    }

    private TransformerChain<ITransformer> Fit(SpatialDropoutOptions options, string trainer)
    {
        EstimatorChain<ITransformer> chain = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(_mlContext.Transforms.Conversion.MapValueToKey("Label", "Class"))
            .Append<ITransformer>(_mlContext.Transforms.Conversion.ConvertType("Speed", "IsFast"))
            .Append<ITransformer>(_mlContext.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append<ITransformer>(_mlContext.Transforms.SpatialDropout(options));
        string features = options.OutputColumnName;
        if (options.Columns is not null)
        {
            features = "Joined";
            chain = chain
                .Append<ITransformer>(_mlContext.Transforms.Conversion.ConvertType("Doubles"))
                .Append<ITransformer>(_mlContext.Transforms.Concatenate(features, "Features", "Doubles"));
        }

        return chain.Append(Trainers[trainer](_mlContext, features)).Fit(Rows(1));
    }

    private IDataView Rows(int seed) => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(90, seed));
}
