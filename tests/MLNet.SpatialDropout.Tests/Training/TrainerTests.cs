using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// For each kind of trainer, the chain's model equals, bit for bit, the one trained on the dropped-out view, and differs from
/// the one trained on the plain data.
/// </summary>
[TestClass]
public sealed class TrainerTests : DropoutTests
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        Rate = 0.4,
        Scaling = DropoutScaling.Inverted,
        Copies = 2,
        KeepOriginal = true,
        Seed = 17,
    };

    private static readonly SensorRow[] Train = SensorRow.Generate(90);

    private static readonly SensorRow[] Test = SensorRow.Generate(30, seed: 2);

    [TestMethod]
    public void Sdca() => ReadsTheDroppedView(SdcaTrainer);

    [TestMethod]
    public void Lbfgs() => ReadsTheDroppedView(LbfgsTrainer);

    [TestMethod]
    public void Averaged_perceptron_one_versus_all() => ReadsTheDroppedView(
        mlContext => mlContext.MulticlassClassification.Trainers.OneVersusAll(
            mlContext.BinaryClassification.Trainers.AveragedPerceptron()));

    [TestMethod]
    public void Fast_tree() => ReadsTheDroppedView(FastTreeTrainer);

    [TestMethod]
    public void Fast_forest() => ReadsTheDroppedView(FastForestTrainer);

    [TestMethod]
    public void LightGbm() => LightGbmLibrary.WhereItLoads(() => ReadsTheDroppedView(LightGbmTrainer));

    // They skip rows with a missing value. All copies have one, so only the originals are left.
    [TestMethod]
    public void Fast_tree_learns_nothing_from_copies_with_missing_values() => LearnsFromZerosAlone(FastTreeTrainer);

    [TestMethod]
    public void Fast_forest_learns_nothing_from_copies_with_missing_values() => LearnsFromZerosAlone(FastForestTrainer);

    [TestMethod]
    public void Lbfgs_learns_nothing_from_copies_with_missing_values() => LearnsFromZerosAlone(LbfgsTrainer);

    [TestMethod]
    public void LightGbm_learns_from_copies_with_missing_values() => LightGbmLibrary.WhereItLoads(
        () => CollectionAssert.AreNotEqual(ScoresWithout(LightGbmTrainer), ScoresWith(DropoutFill.Missing, LightGbmTrainer)));

    // One split each: larger trees separate the classes so well, with or without copies, that their scores are the same.
    private static IEstimator<ITransformer> FastTreeTrainer(MLContext mlContext) =>
        mlContext.BinaryClassification.Trainers.FastTree(
            new() { NumberOfThreads = 1, LabelColumnName = "IsFast", NumberOfTrees = 20, NumberOfLeaves = 2 });

    private static IEstimator<ITransformer> FastForestTrainer(MLContext mlContext) =>
        mlContext.BinaryClassification.Trainers.FastForest(
            new() { NumberOfThreads = 1, LabelColumnName = "IsFast", NumberOfTrees = 20 });

    private static IEstimator<ITransformer> SdcaTrainer(MLContext mlContext) =>
        mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(new() { NumberOfThreads = 1 });

    private static IEstimator<ITransformer> LbfgsTrainer(MLContext mlContext) =>
        mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new() { NumberOfThreads = 1 });

    private static IEstimator<ITransformer> LightGbmTrainer(MLContext mlContext) =>
        mlContext.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            NumberOfThreads = 1,
            NumberOfIterations = 20,
            MinimumExampleCountPerLeaf = 3,
            Deterministic = true,
        });

    private static string[] ScoresWithout(Func<MLContext, IEstimator<ITransformer>> trainer) =>
        Scores((mlContext, data) => trainer(mlContext).Fit(data));

    // Each copy loses one channel; the originals lose none.
    private static string[] ScoresWith(DropoutFill fill, Func<MLContext, IEstimator<ITransformer>> trainer)
    {
        SpatialDropoutOptions options =
            Options with { Rate = null, DroppedChannels = (1, 1), Scaling = DropoutScaling.None, Fill = fill };
        return Scores((mlContext, data) => MakeStage(mlContext, options).Append(trainer(mlContext)).Fit(data));
    }

    private static void LearnsFromZerosAlone(Func<MLContext, IEstimator<ITransformer>> trainer)
    {
        string[] without = ScoresWithout(trainer);
        CollectionAssert.AreEqual(without, ScoresWith(DropoutFill.Missing, trainer));

        // The same copies change the model of a trainer that reads them.
        CollectionAssert.AreNotEqual(without, ScoresWith(DropoutFill.Zero, trainer));
    }

    private static void ReadsTheDroppedView(Func<MLContext, IEstimator<ITransformer>> trainer)
    {
        string[] chained = Scores((mlContext, data) =>
            MakeStage(mlContext, Options).Append(trainer(mlContext)).Fit(data));
        string[] onView = Scores((mlContext, data) =>
        {
            // Created before the trainer, like the stage: each object that an MLContext creates draws from its random numbers.
            IDataView dropped = MakeView(mlContext, data, Options);
            return trainer(mlContext).Fit(dropped);
        });
        string[] plain = Scores((mlContext, data) =>
            MakeStage(mlContext, Options with { Rate = 0, Copies = 1, KeepOriginal = false })
                .Append(trainer(mlContext))
                .Fit(data));

        CollectionAssert.AreEqual(onView, chained);
        CollectionAssert.AreNotEqual(plain, chained);
    }

    // The model is trained on one set of recordings and scores another, which must not be dropped out.
    private static string[] Scores(Func<MLContext, IDataView, ITransformer> fit)
    {
        var mlContext = new MLContext(1);
        ITransformer keys = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Fit(mlContext.Data.LoadFromEnumerable(Train));
        ITransformer model = fit(mlContext, keys.Transform(mlContext.Data.LoadFromEnumerable(Train)));
        IDataView test = keys.Transform(mlContext.Data.LoadFromEnumerable(Test));
        IDataView scored = model.Transform(test);

        ViewRow<float>.AreEqual(ViewRow<float>.Read(test), ViewRow<float>.Read(scored), "inference drops nothing:");
        return scored.Schema["Score"].Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>("Score").Select(scores => string.Join(' ', scores))]
            : [.. scored.GetColumn<float>("Score").Select(score => score.ToString("R"))];
    }
}
