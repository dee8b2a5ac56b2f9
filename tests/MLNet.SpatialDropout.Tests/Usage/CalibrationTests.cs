using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// A calibrator in the chain is fitted to damaged rows, one that is fitted afterwards to clean rows. Each is right for rows of
/// its kind.
/// </summary>
[TestClass]
public sealed class CalibrationTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Of_an_averaged_perceptron() => IsRightForRowsOfItsKind(
        _mlContext.BinaryClassification.Trainers.AveragedPerceptron());

    [TestMethod]
    public void Of_a_linear_svm() => IsRightForRowsOfItsKind(
        _mlContext.BinaryClassification.Trainers.LinearSvm());

    [TestMethod]
    public void Of_trees() => IsRightForRowsOfItsKind(
        _mlContext.BinaryClassification.Trainers.FastForest(
            new() { NumberOfTrees = 30, NumberOfThreads = 1 }));

    private void IsRightForRowsOfItsKind(IEstimator<ITransformer> trainer)
    {
        IDataView train = Rows(1), test = Rows(2);
        IDataView damaged = _mlContext.Data.SpatialDropout(
            test, new() { OutputColumnName = "Features", Channels = Reading.Sensors, Seed = 8 });
        var chain = _mlContext.Transforms.SpatialDropout("Features", Reading.Sensors, seed: 7).Append(trainer);
        var platt = _mlContext.BinaryClassification.Calibrators.Platt();

        ITransformer inTheChain = chain.Append(platt).Fit(train);
        TransformerChain<ITransformer> model = chain.Fit(train);
        ITransformer afterwards = model.Append(platt.Fit(model.Transform(train)));

        (double clean, double cleanAfterwards) = (LogLoss(inTheChain, test), LogLoss(afterwards, test));
        (double lost, double lostAfterwards) = (LogLoss(inTheChain, damaged), LogLoss(afterwards, damaged));
        string figures =
            $"log-loss: in the chain {clean}, damaged {lost}; afterwards {cleanAfterwards}, damaged {lostAfterwards}";
        Assert.IsLessThan(clean - 0.02, cleanAfterwards, figures);
        Assert.IsLessThan(lostAfterwards, lost, figures);
    }

    private IDataView Rows(int seed) => _mlContext.Data.LoadFromEnumerable(Reading.Generate(1000, seed));

    private double LogLoss(ITransformer model, IDataView data) =>
        _mlContext.BinaryClassification.Evaluate(model.Transform(data)).LogLoss;
}
