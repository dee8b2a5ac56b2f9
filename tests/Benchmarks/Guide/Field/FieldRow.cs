namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A row of a table, with a way to measure it.</summary>
/// <param name="Trainer">The trainer's name.</param>
/// <param name="Name">What else differs.</param>
/// <param name="Measure">The figures for a data set and a seed, as fractions; NaN where there is none.</param>
internal sealed record FieldRow(string Trainer, string Name, Func<FieldData, int, double[]> Measure)
{
    /// <summary>The name of the row of <see cref="OfOwnModels"/>.</summary>
    public const string OwnModels = "a model for each lost sensor";

    /// <summary>Undamaged, the worst and the mean loss of a sensor, and the worst loss of a pair.</summary>
    public static FieldRow OfLosses(FieldTrainer trainer, FieldVariant variant) => new(trainer.Name, variant.Name, (data, seed) =>
    {
        var profile = data.Losses.Score(FieldExperiment.Train(data.Train, variant, trainer, seed))[SensorFailure.Zero];

        // Of two sensors no pair can be lost.
        double pair = profile.LostCounts.Contains(2) ? profile.Worst(2) : double.NaN;
        return [profile.Clean, profile.Worst(1), profile.Mean(1), pair];
    });

    /// <summary>The same of models that were trained without a sensor and stand in for it when it is lost.</summary>
    public static FieldRow OfOwnModels(FieldTrainer trainer) => new(trainer.Name, OwnModels, (data, seed) =>
    {
        double[] singles =
        [
            .. data.WithoutSensor.Select(set => set.Test.Score(
                FieldExperiment.Train(set.Train, FieldVariants.NoStage, trainer, seed))[SensorFailure.Zero].Clean),
        ];
        return [double.NaN, singles.Min(), singles.Average(), double.NaN];
    });

    /// <summary>Undamaged, and the worst loss of a sensor by failure.</summary>
    public static FieldRow OfFailures(FieldTrainer trainer, FieldVariant variant) => new(trainer.Name, variant.Name, (data, seed) =>
    {
        var profiles = data.Failures.Score(FieldExperiment.Train(data.Train, variant, trainer, seed));
        double[] worst = [.. SensorFailure.All.Select(failure => profiles[failure].Worst(1))];
        return [profiles[SensorFailure.Zero].Clean, .. worst, worst.Average()];
    });
}
