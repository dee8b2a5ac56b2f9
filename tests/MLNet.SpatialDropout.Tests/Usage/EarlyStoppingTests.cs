using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Training stops early by a validation set. A chain cannot hand one to its trainer, so the training rows are dropped out in a
/// view, and the validation set stays clean.
/// </summary>
[TestClass]
public sealed class EarlyStoppingTests
{
    private const int MostTrees = 300;

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void LightGbm() => LightGbmLibrary.WhereItLoads(() => StopsByCleanRows(
        _mlContext.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            NumberOfIterations = MostTrees,
            EarlyStoppingRound = 5,
            NumberOfThreads = 1,
            Deterministic = true,
        }).Fit));

    [TestMethod]
    public void FastTree() => StopsByCleanRows(
        _mlContext.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            NumberOfTrees = MostTrees,
            EarlyStoppingRule = new ConsecutiveGeneralityLossRule(),
            EarlyStoppingMetric = EarlyStoppingMetric.L2Norm,
            NumberOfThreads = 1,
        }).Fit);

    private void StopsByCleanRows<TModel>(
        Func<IDataView, IDataView, BinaryPredictionTransformer<CalibratedModelParametersBase<TModel, PlattCalibrator>>> fit)
        where TModel : TreeEnsembleModelParametersBasedOnRegressionTree
    {
        IDataView train = Rows(1), validation = Rows(2), test = Rows(3);
        IDataView view = _mlContext.Data.SpatialDropout(train, new()
        {
            OutputColumnName = "Features",
            Channels = Reading.Sensors,
            Copies = 4,
            KeepOriginal = true,
            Seed = 7,
        });

        var model = fit(view, validation);
        int trees = Trees(model);
        Assert.IsLessThan(MostTrees, trees);
        Assert.IsGreaterThan(trees, Trees(fit(view, view)), "rows that the trainer knows do not stop it as early");

        var plain = fit(train, validation);
        IDataView damaged = _mlContext.Data.SpatialDropout(
            test, new() { OutputColumnName = "Features", Channels = Reading.Sensors, Rates = [1, 0, 0, 0, 0, 0] });
        (double clean, double lost) = (Accuracy(plain, test), Accuracy(plain, damaged));
        (double cleanWith, double lostWith) = (Accuracy(model, test), Accuracy(model, damaged));
        string figures =
            $"{trees} trees; accuracy on plain rows {clean}, damaged {lost}; with the view {cleanWith}, damaged {lostWith}";
        Assert.IsGreaterThan(clean - 0.03, cleanWith, figures);
        Assert.IsGreaterThan(lost + 0.1, lostWith, figures);

        static int Trees(BinaryPredictionTransformer<CalibratedModelParametersBase<TModel, PlattCalibrator>> model) =>
            model.Model.SubModel.TrainedTreeEnsemble.Trees.Count;
    }

    private double Accuracy(ITransformer model, IDataView data) =>
        _mlContext.BinaryClassification.Evaluate(model.Transform(data)).Accuracy;

    private IDataView Rows(int seed) => _mlContext.Data.LoadFromEnumerable(Reading.Generate(500, seed));
}
