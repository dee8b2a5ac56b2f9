using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout;

/// <summary>Adds a flag for each sensor: 1 where all its readings in the row say that it is lost, else 0.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
///
/// ### Estimator Characteristics
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Known-sized vector of <xref:System.Single> or <xref:System.Double>; scalars too with `Columns` |
/// | Output column data type | Known-sized vector of <xref:System.Single> |
/// | Exportable to ONNX | Not tested |
/// | What remains of it in a fitted model | ML.NET's own transformers |
///
/// ]]></format>
/// <para>
/// The stage alone can ruin a linear model: a lost sensor reads a number like any other, far from its usual ones, and gets the
/// weight that its usual ones need. With a flag beside the features the model learns what to do without the sensor. Trees need
/// no flags.
/// </para>
/// <para>
/// The estimator takes the options of the stage and stands right after it, before anything that changes the values of the columns
/// that the stage drops out. It works in training and in prediction alike. With <see cref="DropoutFill.Missing"/> a linear model
/// also needs ReplaceMissingValues, after the flags.
/// </para>
/// <para>
/// A sensor is what drops as a whole: a group of <see cref="DropoutOptions.Groups"/>, a channel, one of the
/// <see cref="SpatialDropoutOptions.Columns"/> without a layout, an element of the noise shape, or an element. The order is that
/// of <see cref="DropoutPlan.DrawMask"/>. A channel of several columns is lost if it is lost in all of them. A group without
/// channels is never lost.
/// </para>
/// <para>
/// A reading says that its sensor is lost if it equals the fill: NaN for <see cref="DropoutFill.Missing"/>, the constant, the
/// value of its channel, or any of the fills of a <see cref="DropoutFill.OneOf"/>. A working sensor that reads exactly the fill
/// for the whole row is flagged too, so choose a fill that working sensors do not read. A sensor that is lost for a part of the
/// row, see <see cref="DropoutOptions.OutageSteps"/>, is not flagged.
/// </para>
/// <para>
/// Two fills are refused. A sensor that is stuck at its <see cref="DropoutFill.LastValue"/> cannot be told from a working one.
/// This holds within a <see cref="DropoutFill.OneOf"/> too: a model that sees lost sensors with and without a flag learns to
/// mistrust both. And the means of <see cref="DropoutFill.ChannelMean"/> are known to the stage alone.
/// </para>
/// <para>
/// The features are computed once for the flags and once for what reads the features. If that is costly, append a cache
/// checkpoint before the stage.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var pipeline = mlContext.Transforms.SpatialDropout(options)
///     .Append(mlContext.Transforms.IndicateLost("Lost", options))
///     .Append(mlContext.Transforms.NormalizeMinMax("Features"))
///     .Append(mlContext.Transforms.Concatenate("Features", "Features", "Lost"))
///     .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
/// </code>
/// </example>
/// <seealso cref="IndicateLostCatalog.IndicateLost"/>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class LostSensorIndicatorEstimator : IEstimator<ITransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly string _outputColumnName;
    private readonly SpatialDropoutOptions _options;

    internal LostSensorIndicatorEstimator(IHostEnvironment environment, string outputColumnName, SpatialDropoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IndicatorRules.CheckOptions(outputColumnName, options);
        _environment = environment;
        _outputColumnName = outputColumnName;

        // What the stage writes is what the flags read. A plan needs some seed, and draws nothing here.
        _options = options with { InputColumnName = null, MaskKeyColumnName = null, Backend = null, Seed = 0 };
    }

    private IReadOnlyList<string> Columns => _options.DroppedColumnNames;

    /// <summary>Checks a schema shape and returns that of the output.</summary>
    /// <param name="inputSchema">A schema with the columns that the stage drops out.</param>
    /// <returns>The schema with the flags: a vector of known size of Single.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inputSchema"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <example>
    /// <code>
    /// var indicator = mlContext.Transforms.IndicateLost("Lost", options);
    /// SchemaShape output = indicator.GetOutputSchema(inputSchema);   // with the column "Lost", a vector of Single
    /// </code>
    /// </example>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ColumnRules.CheckColumns(_options, inputSchema, nameof(inputSchema));
        TransformsCatalog transforms = _environment.GetTransforms();

        // Only ML.NET can make the column of a shape. One input column is enough: the type of the flags is always the same.
        return transforms.Concatenate(_outputColumnName, Columns[0])
            .Append(transforms.Expression(_outputColumnName, ExpressionText.Map([]), _outputColumnName))
            .Append(transforms.Conversion.MapValueToKey(_outputColumnName))
            .Append(transforms.Conversion.MapKeyToVector(_outputColumnName, outputCountVector: true))
            .Append(transforms.Expression(_outputColumnName, ExpressionText.Map([]), _outputColumnName))
            .GetOutputSchema(inputSchema);
    }

    /// <summary>Makes the transforms for the lengths of the columns. Reads no row.</summary>
    /// <param name="input">A view with the columns that the stage drops out.</param>
    /// <returns>A chain of ML.NET's own transformers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing, of another type, or of a length or declared dimensions that do not fit the options; or its items
    /// cannot hold the fill.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// Neither the options nor the column's dimensions give the layout of a row; or the stage just before has other fills, so that
    /// no flag would ever be 1.
    /// </exception>
    /// <example>
    /// <code>
    /// ITransformer indicator = mlContext.Transforms.IndicateLost("Lost", options).Fit(outage);
    /// IDataView flagged = indicator.Transform(outage);   // "Lost" of a row is [0, 1, 0, 0, 0, 0] if channel 1 is lost
    /// </code>
    /// </example>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        RowLayout[] layouts = ColumnRules.CheckColumns(_options, input.Schema, nameof(input));
        DropoutPlan[] plans = [.. layouts.Select(layout => DropoutPlan.Compile(layout.Options, layout.Length, means: null))];
        CheckStage(input, plans);
        Readings[] readings = Readings.Of(Columns, input.Schema, plans);
        return LostSensorFlags.Fit(_environment, _outputColumnName, readings, plans[0].MaskLength, input);
    }

    /// <summary>The column of the flags and the columns that they are made from, for logs and debuggers.</summary>
    public override string ToString() =>
        $"IndicateLost '{_outputColumnName}' by {string.Join(", ", Columns)}, fill {_options.Fill}";

    // What other stages in between do to the fill is not known.
    private void CheckStage(IDataView input, DropoutPlan[] plans)
    {
        DropoutPlan?[] stage = [.. Columns.Select(column => (input as SpatialDropoutView)?.PlanOf(column))];
        if (!stage.Contains(null))
        {
            IndicatorRules.CheckStage(plans, stage!);
            return;
        }

        if (!FitStack.IsInChain())
            return;
        using IChannel channel = _environment.Start(nameof(IndicateLostCatalog.IndicateLost));
        channel.Info(
            MessageSensitivity.Schema,
            $"{this}: it does not stand directly after a stage that drops out these columns. If a normalizer is in between, or the"
            + " stage comes later, no flag is ever 1 in training. Put it directly after the stage, with the same options.");
    }
}
