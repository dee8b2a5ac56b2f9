using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>What a plan for a column is made from.</summary>
/// <param name="Options">The options of a row, with the layout of the column.</param>
/// <param name="Length">The number of elements of a row.</param>
/// <param name="Means">The mean of each channel, where the fill needs them.</param>
internal readonly record struct RowLayout(DropoutOptions Options, int Length, double[]? Means = null)
{
    /// <summary>
    /// Checks the columns of a view, and lays out each of them. Reads rows only to learn <see cref="DropoutFill.ChannelMean"/>.
    /// </summary>
    public static RowLayout[] Of(IDataView data, SpatialDropoutOptions options, string parameter)
    {
        RowLayout[] layouts = ColumnRules.CheckColumns(options, data.Schema, parameter);
        ColumnRules.CheckMaskKey(options, data.Schema, parameter);
        if (!options.Fill.IsLearned)
            return layouts;
        double[][] means = ChannelMeans.Learn(data, options.SourceColumnNames, layouts);
        return [.. layouts.Zip(means, (layout, channels) => layout with { Means = channels })];
    }

    /// <summary>Makes the plan.</summary>
    public DropoutPlan Compile() => DropoutPlan.Compile(Options, Length, Means);
}
