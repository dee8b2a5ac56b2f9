using Examples;
using Examples.Tests;

namespace SensorOutage.Tests;

[TestClass]
public sealed class OutageExperimentTests
{
    private static readonly DataSet SmallData = WearableGenerator.Generate(seed: 1, people: 2);

    [TestMethod]
    [DataRow(TrainerKind.LightGbm)]
    [DataRow(TrainerKind.Sdca)]
    [DataRow(TrainerKind.Lbfgs)]
    public void Measures_both_models_on_every_loss_and_reports_each_step(TrainerKind trainer)
    {
        var experiment = new OutageExperiment(SmallData, new SensorOutageSettings(), TrainerCatalog.Create);
        int steps = 0;
        OutageResult result = experiment.Run(trainer, () => steps++);

        Assert.AreEqual(experiment.StepsOf(trainer), steps);
        Assert.AreEqual(trainer, result.Trainer);
        Assert.AreEqual(trainer == TrainerKind.LightGbm, result.WithFlags is null, "flags are for linear models");
        foreach (OutageProfile profile in (OutageProfile[])[result.Without, result.With, result.WithFlags ?? result.With])
        {
            CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4, 5 }, profile.LostCounts.ToArray());
            Assert.IsGreaterThan(0.5, profile.Clean);
            foreach (int lost in profile.LostCounts)
            {
                Assert.IsTrue(profile.Worst(lost) is >= 0 and <= 1);
                Assert.IsTrue(profile.Mean(lost) >= profile.Worst(lost) && profile.Mean(lost) <= 1);
            }
        }

        CollectionAssert.AreNotEqual(Curve(result.Without), Curve(result.With));
    }

    [TestMethod]
    [DataRow(TrainerKind.LightGbm)]
    [DataRow(TrainerKind.Sdca)]
    [DataRow(TrainerKind.Lbfgs)]
    public void Gives_the_same_numbers_for_the_same_seed(TrainerKind trainer)
    {
        OutageResult first = Run(SmallData, trainer);
        OutageResult second = Run(SmallData, trainer);
        CollectionAssert.AreEqual(Curve(first.Without), Curve(second.Without));
        CollectionAssert.AreEqual(Curve(first.With), Curve(second.With));
    }

    [TestMethod]
    public void Changes_nothing_but_the_stage()
    {
        // At rate 0 the stage only repeats each recording, which should hardly change a model.
        var settings = new SensorOutageSettings { Rate = 0, Copies = 1 };
        OutageResult result = new OutageExperiment(SmallData, settings, TrainerCatalog.Create).Run(TrainerKind.Sdca, () => { });
        Assert.AreEqual(result.Without.Clean, result.With.Clean, 0.05);
        Assert.AreEqual(result.Without.Mean(1), result.With.Mean(1), 0.05);
    }

    [TestMethod]
    public void Makes_LightGBM_lean_less_on_one_sensor_of_generated_recordings()
    {
        OutageResult result = Run(WearableGenerator.Generate(seed: 1), TrainerKind.LightGbm);
        Assert.IsGreaterThanOrEqualTo(0.9, result.Without.Clean);
        Assert.IsLessThanOrEqualTo(0.65, result.Without.Worst(1));
        Assert.IsGreaterThanOrEqualTo(0.85, result.With.Worst(1));
        Assert.IsGreaterThanOrEqualTo(result.Without.Clean, result.With.Clean);
    }

    [TestMethod]
    public void Makes_LightGBM_lean_less_on_one_chip_of_generated_recordings()
    {
        var settings = new SensorOutageSettings { Groups = [3, 3] };
        var experiment = new OutageExperiment(WearableGenerator.Generate(seed: 1), settings, TrainerCatalog.Create);
        OutageResult result = experiment.Run(TrainerKind.LightGbm, () => { });
        CollectionAssert.AreEqual(new[] { 0, 1 }, result.With.LostCounts.ToArray());
        Assert.HasCount(2, result.With.SingleLosses);
        Assert.IsLessThanOrEqualTo(0.4, result.Without.Worst(1));
        Assert.IsGreaterThanOrEqualTo(0.8, result.With.Worst(1));
        Assert.AreEqual(result.Without.Clean, result.With.Clean, 0.03);
    }

    [TestMethod]
    public void Groups_of_one_channel_each_are_what_no_groups_are()
    {
        var settings = new SensorOutageSettings { Groups = [1, 1, 1, 1, 1, 1] };
        OutageResult grouped = new OutageExperiment(SmallData, settings, TrainerCatalog.Create).Run(TrainerKind.Lbfgs, () => { });
        OutageResult single = Run(SmallData, TrainerKind.Lbfgs);
        CollectionAssert.AreEqual(Curve(single.Without), Curve(grouped.Without));
        CollectionAssert.AreEqual(Curve(single.With), Curve(grouped.With));
    }

    [TestMethod]
    public void Lifts_the_worst_single_loss_of_LightGBM_on_BasicMotions()
    {
        string? folder = SharedData.Find();
        if (folder is null)
            Assert.Inconclusive("There is no folder shared/data beside the repository, so no BasicMotions_TRAIN.ts to train on.");

        DataSet data = TsDataSet.Read(
            Path.Combine(folder, "BasicMotions_TRAIN.ts"), Path.Combine(folder, "BasicMotions_TEST.ts"));
        OutageResult result = Run(data, TrainerKind.LightGbm);
        Assert.IsLessThanOrEqualTo(0.5, result.Without.Worst(1));
        Assert.IsGreaterThanOrEqualTo(0.75, result.With.Worst(1));
        Assert.IsGreaterThanOrEqualTo(result.Without.Clean, result.With.Clean);
    }

    private static OutageResult Run(DataSet data, TrainerKind trainer) =>
        new OutageExperiment(data, new SensorOutageSettings(), TrainerCatalog.Create).Run(trainer, () => { });

    private static double[] Curve(OutageProfile profile) =>
        [.. profile.LostCounts.SelectMany(lost => (double[])[profile.Mean(lost), profile.Worst(lost)])];
}
