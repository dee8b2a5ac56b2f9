using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// What an AutoML experiment relies on, with the chain built, fitted and scored as the runner of Microsoft.ML.AutoML 5.0 does
/// (<c>SweepablePipeline.BuildFromOption</c>, <c>SweepablePipelineRunner.Run</c>), because not every mirror has that package.
/// </summary>
[TestClass]
public sealed class AutoMLRunnerTests : DropoutTests
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 3,
        Copies = 2,
    };

    private readonly MLContext _mlContext = new(1);
    private readonly List<string> _warnings = [];

    public AutoMLRunnerTests() => _mlContext.Log += (_, message) =>
    {
        if (message.Kind == ChannelMessageKind.Warning)
            _warnings.Add(message.Message);
    };

    private IDataView Train => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(60));

    private IDataView Validation => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(30, seed: 2));

    [TestMethod]
    public void A_trial_trains_on_dropped_rows_and_scores_clean_ones()
    {
        var trainer = new ReadingEstimator("Features");
        ITransformer model = Build(
            _mlContext.Transforms.Conversion.MapValueToKey("Label", "Class"),
            MakeStage(_mlContext, Options),
            trainer).Fit(Train);

        Assert.IsEmpty(_warnings);
        ViewRow<float>.AreEqual(ViewRow<float>.Read(MakeView(_mlContext, Train, Options)), trainer.Read);
        ViewRow<float>.AreEqual(ViewRow<float>.Read(Validation), ViewRow<float>.Read(model.Transform(Validation)));
    }

    [TestMethod]
    public void A_fixed_stage_is_one_instance_for_all_trials_and_drops_alike_in_each()
    {
        SpatialDropoutEstimator stage = MakeStage(_mlContext, Options with { Seed = null });
        var first = new ReadingEstimator("Features");
        Build(stage, first).Fit(Train);
        for (int trial = 0; trial < 5; trial++)
        {
            var trainer = new ReadingEstimator("Features");
            ITransformer model = Build(stage, trainer).Fit(Train);

            ViewRow<float>.AreEqual(first.Read, trainer.Read);
            ViewRow<float>.AreEqual(ViewRow<float>.Read(Validation), ViewRow<float>.Read(model.Transform(Validation)));
        }
    }

    // The experiment creates a context with the main one's seed for each trial.
    [TestMethod]
    public void A_sweepable_stage_is_built_anew_per_trial_in_a_context_of_its_own()
    {
        List<ViewRow<float>> Trial(double rate, int copies)
        {
            var child = new MLContext(1);
            var trainer = new ReadingEstimator("Features");
            SpatialDropoutOptions options = Options with { Seed = null, Rate = rate, Copies = copies };
            Build(MakeStage(child, options), trainer).Fit(Train);
            return trainer.Read;
        }

        ViewRow<float>.AreEqual(Trial(0.3, 2), Trial(0.3, 2));
        Assert.HasCount(60 * 6, Trial(0.6, 6));
        ViewRow<float>.AreEqual(ViewRow<float>.Read(Train), Trial(0, 1));
    }

    [TestMethod]
    public void Several_trials_at_once_with_one_stage_give_what_each_gives_alone()
    {
        SpatialDropoutEstimator stage = MakeStage(_mlContext, Options);
        float[] Trial(float l2)
        {
            var child = new MLContext(1);
            ITransformer model = Build(
                stage,
                child.BinaryClassification.Trainers.LbfgsLogisticRegression(
                    new() { LabelColumnName = "IsFast", NumberOfThreads = 1, L2Regularization = l2 })).Fit(Train);
            return [.. model.Transform(Validation).GetColumn<float>("Score")];
        }

        float[][] alone = [.. Enumerable.Range(1, 8).Select(trial => Trial(trial * 0.1f))];
        var together = new float[alone.Length][];
        Parallel.For(0, alone.Length, trial => together[trial] = Trial((trial + 1) * 0.1f));
        for (int trial = 0; trial < alone.Length; trial++)
            Bits.AreEqual<float>(alone[trial], together[trial], $"trial {trial}:");
    }

    [TestMethod]
    public void A_cross_validated_trial_scores_each_fold_clean()
    {
        foreach (var split in _mlContext.Data.CrossValidationSplit(Train, numberOfFolds: 3))
        {
            var trainer = new ReadingEstimator("Features");
            ITransformer model = Build(MakeStage(_mlContext, Options), trainer).Fit(split.TrainSet);

            Assert.HasCount(ViewRow<float>.Read(split.TrainSet).Count * Options.Copies, trainer.Read);
            ViewRow<float>.AreEqual(ViewRow<float>.Read(split.TestSet), ViewRow<float>.Read(model.Transform(split.TestSet)));
        }
    }

    [TestMethod]
    public void Two_stages_appended_as_one_chain_are_refused_rather_than_silently_inactive()
    {
        var asOne = _mlContext.Transforms.NormalizeMinMax("Features").Append(MakeStage(_mlContext, Options));
        EstimatorChain<ITransformer> trial = Build(
            _mlContext.Transforms.CopyColumns("Copy", "Number"), asOne,
            _mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(labelColumnName: "IsFast"));

        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => trial.Fit(Train));
        Assert.Contains("Append the stage and the trainer one by one to the same chain", refusal.Message);
    }

    // The runner cancels only the trial's context, so the stage still works in others.
    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void A_cancelled_trial_ends_and_leaves_the_stage_usable()
    {
        SpatialDropoutEstimator stage = MakeStage(_mlContext, Options);
        var child = new MLContext(1);
        child.Log += (_, message) =>
        {
            if (message.Message.Contains("Starting to train", StringComparison.Ordinal))
                CancelExecution(child);
        };
        EstimatorChain<ITransformer> endless = Build(
            stage, child.BinaryClassification.Trainers.FastTree(labelColumnName: "IsFast", numberOfTrees: 10_000_000));

        Assert.ThrowsExactly<OperationCanceledException>(() => endless.Fit(Train));

        var trainer = new ReadingEstimator("Features");
        Build(stage, trainer).Fit(Train);
        Assert.HasCount(60 * Options.Copies, trainer.Read);
    }

    // The runner calls this; it can, because its assembly is one of ML.NET's own.
    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern void CancelExecution(MLContext mlContext);

    // SweepablePipeline makes one flat chain of ITransformer stages.
    private static EstimatorChain<ITransformer> Build(params IEstimator<ITransformer>[] estimators)
    {
        var chain = new EstimatorChain<ITransformer>();
        foreach (IEstimator<ITransformer> estimator in estimators)
            chain = chain.Append(estimator);
        return chain;
    }
}
