using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// ML.NET's permutation feature importance takes a model that was trained with the stage, and says of it what it says of the
/// model that was trained on the dropped-out view.
/// </summary>
[TestClass]
public sealed class FeatureImportanceTests
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = Reading.Sensors,
        Copies = 4,
        KeepOriginal = true,
        Seed = 7,
    };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Of_a_linear_model() => IsThatOfTheModelOnTheView(
        mlContext => mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(new() { NumberOfThreads = 1 }));

    [TestMethod]
    public void Of_trees() => IsThatOfTheModelOnTheView(
        mlContext => mlContext.BinaryClassification.Trainers.FastForest(new() { NumberOfTrees = 20, NumberOfThreads = 1 }));

    // This overload takes any model, and names the features by their slots.
    [TestMethod]
    public void Of_a_chain_whose_sensors_are_columns()
    {
        string[] sensors = ["Clear", "Vague"];
        var concatenate = _mlContext.Transforms.Concatenate("Features", sensors);
        var trainer = _mlContext.Regression.Trainers.LbfgsPoissonRegression(
            new() { LabelColumnName = "Level", NumberOfThreads = 1 });
        var options = new SpatialDropoutOptions { Columns = sensors, Seed = 7 };
        ITransformer chained = _mlContext.Transforms.SpatialDropout(options).Append(concatenate).Append(trainer).Fit(Columns(1));
        ITransformer onView = concatenate.Append(trainer).Fit(_mlContext.Data.SpatialDropout(Columns(1), options));

        Dictionary<string, double> importance = Importance(chained);

        CollectionAssert.AreEquivalent(Importance(onView), importance);
        CollectionAssert.AreEquivalent(sensors, importance.Keys);
        Assert.IsGreaterThan(importance["Vague"], importance["Clear"]);

        // By how much the error rises if the values of a sensor are permuted.
        Dictionary<string, double> Importance(ITransformer model) => new MLContext(1).Regression
            .PermutationFeatureImportance(model, model.Transform(Columns(2)), "Level")
            .ToDictionary(pair => pair.Key, pair => pair.Value.MeanSquaredError.Mean);

        IDataView Columns(int seed) => _mlContext.Data.LoadFromEnumerable(Reading.Generate(400, seed)
            .Select(row => new { row.Level, Clear = row.Features[0], Vague = row.Features[1] }));
    }

    private void IsThatOfTheModelOnTheView<TModel>(
        Func<MLContext, ITrainerEstimator<ISingleFeaturePredictionTransformer<TModel>, TModel>> trainer)
        where TModel : class
    {
        IDataView train = _mlContext.Data.LoadFromEnumerable(Reading.Generate(400, seed: 1));
        IDataView test = _mlContext.Data.LoadFromEnumerable(Reading.Generate(400, seed: 2));
        var stage = _mlContext.Transforms.SpatialDropout(Options);

        double[] chained = Importance(stage.Append(trainer(new MLContext(1))).Fit(train).LastTransformer);
        double[] onView = Importance(trainer(new MLContext(1)).Fit(_mlContext.Data.SpatialDropout(train, Options)));
        double[] plain = Importance(trainer(new MLContext(1)).Fit(train));

        CollectionAssert.AreEqual(onView, chained);
        Assert.AreEqual(plain.Max(), plain[0], "the first sensor shows most");
        Assert.IsLessThan(plain[0], chained[0], "the model leans less on it");

        // By how much the accuracy falls if the values of a sensor are permuted.
        double[] Importance(ISingleFeaturePredictionTransformer<TModel> model) =>
        [
            .. new MLContext(1).BinaryClassification
                .PermutationFeatureImportance(model, test, permutationCount: 3)
                .Select(metrics => -metrics.Accuracy.Mean),
        ];
    }
}
