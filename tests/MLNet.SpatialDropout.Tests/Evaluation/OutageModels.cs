using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Data and trainers of the tests of outages. The trees give every row a score, the linear models need all values.
/// </summary>
internal static class OutageModels
{
    public static readonly OutageRow[] Train = OutageRow.Generate(90, seed: 1);

    public static readonly OutageRow[] Test = OutageRow.Generate(36, seed: 2);

    /// <summary>Options for the features: channels last.</summary>
    public static readonly SpatialDropoutOptions ByChannel =
        new() { OutputColumnName = "Features", Channels = OutageRow.Sensors, Seed = 5 };

    /// <summary>Options for columns that are a sensor each.</summary>
    public static readonly SpatialDropoutOptions ByColumn = new() { Columns = ["Acc", "Gyro", "Temperature"], Seed = 5 };

    public static IDataView Load(MLContext mlContext, IEnumerable<OutageRow> rows) => mlContext.Data.LoadFromEnumerable(rows);

    /// <summary>Joins columns that are a sensor each.</summary>
    public static IEstimator<ITransformer> Join(MLContext mlContext) =>
        mlContext.Transforms.Concatenate("Features", "Acc", "Gyro", "Temperature");

    /// <summary>Maps the label inside the pipeline.</summary>
    public static IEstimator<ITransformer> MultiTrees(MLContext mlContext) =>
        mlContext.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(mlContext.MulticlassClassification.Trainers.OneVersusAll(
                mlContext.BinaryClassification.Trainers.FastTree(Options<FastTreeBinaryTrainer.Options>("Label"))));

    public static IEstimator<ITransformer> BinaryTrees(MLContext mlContext) =>
        mlContext.BinaryClassification.Trainers.FastTree(Options<FastTreeBinaryTrainer.Options>("IsFast"));

    public static IEstimator<ITransformer> BinaryForest(MLContext mlContext) =>
        mlContext.BinaryClassification.Trainers.FastForest(Options<FastForestBinaryTrainer.Options>("IsFast"));

    public static IEstimator<ITransformer> RegressionTrees(MLContext mlContext) =>
        mlContext.Regression.Trainers.FastTree(Options<FastTreeRegressionTrainer.Options>("Target"));

    public static IEstimator<ITransformer> RankingTrees(MLContext mlContext)
    {
        FastTreeRankingTrainer.Options options = Options<FastTreeRankingTrainer.Options>("Relevance");
        options.RowGroupColumnName = "GroupId";
        return mlContext.Ranking.Trainers.FastTree(options);
    }

    public static IEstimator<ITransformer> MultiLinear(MLContext mlContext) =>
        mlContext.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new() { NumberOfThreads = 1 }));

    public static IEstimator<ITransformer> BinaryLinear(MLContext mlContext) =>
        mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(
            new() { NumberOfThreads = 1, LabelColumnName = "IsFast" });

    public static IEstimator<ITransformer> Perceptron(MLContext mlContext) =>
        mlContext.BinaryClassification.Trainers.AveragedPerceptron(labelColumnName: "IsFast");

    public static IEstimator<ITransformer> RegressionLinear(MLContext mlContext, string label = "Target") =>
        mlContext.Regression.Trainers.OnlineGradientDescent(label);

    // Small leaves, so that the few rows of a test make a tree.
    private static TOptions Options<TOptions>(string label)
        where TOptions : TreeOptions, new() => new()
    {
        LabelColumnName = label,
        NumberOfThreads = 1,
        NumberOfTrees = 8,
        NumberOfLeaves = 5,
        MinimumExampleCountPerLeaf = 3,
    };
}
