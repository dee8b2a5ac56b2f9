using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class SeedTests : DropoutTests
{
    private static readonly SpatialDropoutOptions Unseeded = new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
    };

    [TestMethod]
    public void The_contexts_seed_repeats_a_run()
    {
        ViewRow<float>.AreEqual(Dropped(7, Unseeded), Dropped(7, Unseeded));
        Assert.IsFalse(Same(Dropped(7, Unseeded), Dropped(8, Unseeded)));
        Assert.IsFalse(Same(Dropped(null, Unseeded), Dropped(null, Unseeded)));
    }

    [TestMethod]
    public void An_explicit_seed_repeats_a_run_under_any_context()
    {
        SpatialDropoutOptions seeded = Unseeded with { Seed = -3 };
        ViewRow<float>.AreEqual(Dropped(7, seeded), Dropped(null, seeded));
        Assert.IsFalse(Same(Dropped(7, seeded), Dropped(7, seeded with { Seed = 3 })));
    }

    [TestMethod]
    public void Stages_of_one_context_have_seeds_of_their_own_and_show_them()
    {
        var mlContext = new MLContext(7);
        int first = MakeStage(mlContext, Unseeded).Options.Seed!.Value;
        int second = MakeStage(mlContext, Unseeded).Options.Seed!.Value;

        Assert.AreNotEqual(first, second);
        Assert.AreEqual(5, MakeStage(mlContext, Unseeded with { Seed = 5 }).Options.Seed);
    }

    [TestMethod]
    public void Seeds_are_drawn_from_all_there_are()
    {
        var mlContext = new MLContext(7);
        int[] seeds = [.. Enumerable.Range(0, 1000)
            .Select(_ => MakeStage(mlContext, Unseeded).Options.Seed!.Value)];
        Assert.IsGreaterThan(990, seeds.Distinct().Count());
    }

    [TestMethod]
    public void Every_fit_of_an_estimator_drops_alike()
    {
        var mlContext = new MLContext();
        IDataView data = mlContext.Data.LoadFromEnumerable(SensorRow.Generate(20));
        SpatialDropoutEstimator estimator = MakeStage(mlContext, Unseeded);

        ViewRow<float>.AreEqual(
            ViewRow<float>.Read(estimator.Fit(data).TransformForTraining(data)),
            ViewRow<float>.Read(estimator.Fit(data).TransformForTraining(data)));
    }

    [TestMethod]
    public void A_fit_logs_what_is_dropped_and_with_which_seed()
    {
        var mlContext = new MLContext(7);
        var messages = new List<string>();
        mlContext.Log += (_, message) => messages.Add(message.Message);
        SpatialDropoutEstimator estimator = MakeStage(mlContext, Unseeded);

        estimator.Fit(mlContext.Data.LoadFromEnumerable(SensorRow.Generate(2)));

        string line = "SpatialDropout of Features: rows of [4, 3], noise [1, 3], rate 0.5, fill Zero, scaling Inverted, "
            + $"seed {estimator.Options.Seed}";
        Assert.Contains(message => message.Contains(line), messages);
    }

    private static List<ViewRow<float>> Dropped(int? contextSeed, SpatialDropoutOptions options)
    {
        var mlContext = new MLContext(contextSeed);
        IDataView data = mlContext.Data.LoadFromEnumerable(SensorRow.Generate(40));
        return ViewRow<float>.Read(MakeStage(mlContext, options).Fit(data).TransformForTraining(data));
    }

    private static bool Same(List<ViewRow<float>> left, List<ViewRow<float>> right) =>
        left.Zip(right).All(rows => rows.First.Values.SequenceEqual(rows.Second.Values));
}
