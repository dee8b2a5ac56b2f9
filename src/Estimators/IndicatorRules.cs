namespace MLNet.SpatialDropout;

/// <summary>Checks the options of a stage whose lost sensors are to be indicated.</summary>
internal static class IndicatorRules
{
    /// <summary>Checks what needs no schema, beyond what the stage checks itself.</summary>
    public static void CheckOptions(string outputColumnName, SpatialDropoutOptions options)
    {
        ColumnRules.CheckOptions(options);
        if (string.IsNullOrWhiteSpace(outputColumnName))
            ThrowHelper.ThrowInvalid(
                nameof(outputColumnName), "outputColumnName must be the name of a column, but is missing or empty.");
        if (options.DroppedColumnNames.Contains(outputColumnName))
            ThrowHelper.ThrowInvalid(
                nameof(outputColumnName),
                $"outputColumnName is '{outputColumnName}', a column that the stage drops out. The flags would replace it. Choose"
                + " another name.");
        CheckFill(options.Fill);
    }

    /// <summary>Checks that a flag can ever be 1, where the stage is known.</summary>
    /// <param name="flags">For each column what the flags take for lost.</param>
    /// <param name="stage">For each column what the stage does.</param>
    public static void CheckStage(IReadOnlyList<DropoutPlan> flags, IReadOnlyList<DropoutPlan> stage)
    {
        if (!flags.Zip(stage).Any(column => ShareFill(column.First, column.Second)))
            ThrowHelper.ThrowInvalid(
                nameof(SpatialDropoutOptions.Fill),
                $"Fill is {flags[0].Options.Fill}, but that of the stage is {stage[0].Options.Fill}, so no flag would ever be 1."
                + " Take the options of the stage.");
    }

    private static bool ShareFill(DropoutPlan flags, DropoutPlan stage)
    {
        int channels = Math.Min(flags.Broadcast.ChannelCount, stage.Broadcast.ChannelCount);
        return Enumerable.Range(0, channels).Any(channel => FillsOf(flags, channel).Intersect(FillsOf(stage, channel)).Any());
    }

    private static IEnumerable<double> FillsOf(DropoutPlan plan, int channel) =>
        from fill in plan.Options.Fill.Alternatives.Index()
        where fill.Item != DropoutFill.LastValue
        select plan.GetFill(channel, fill.Index);

    private static void CheckFill(DropoutFill fill)
    {
        if (fill.Alternatives.Contains(DropoutFill.LastValue))
            ThrowHelper.ThrowInvalid(
                nameof(SpatialDropoutOptions.Fill),
                $"Fill is {fill}, but a stuck sensor cannot be told from one that reads the same for a while. Only constants can"
                + " be indicated: use Zero, Missing, Constant, PerChannel, or OneOf of these, or leave out the flags.");
        if (fill.Alternatives.Contains(DropoutFill.ChannelMean))
            ThrowHelper.ThrowInvalid(
                nameof(SpatialDropoutOptions.Fill),
                $"Fill is {fill}, but the stage alone knows the means that it learned: what follows it is fitted on dropped-out"
                + " data. Use PerChannel with the means; or normalize before the stage with NormalizeMeanVariance and fixZero"
                + " false, and use Zero.");
    }
}
