using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace MLNet.SpatialDropout;

/// <summary>
/// Drops whole channels of a vector column, or whole columns, while its chain is fitted, so that what is trained after it does
/// not depend on any single one.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
///
/// ### Estimator Characteristics
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Only for `Fill = ChannelMean` |
/// | Input column data type | Known-sized vector of <xref:System.Single> or <xref:System.Double>; scalars too with `Columns` |
/// | Output column data type | The same as the input column's |
/// | Exportable to ONNX | Yes: nothing of it is exported |
/// | What remains of it in a fitted model | Nothing, or a copy of the column if the names differ |
///
/// ]]></format>
/// <para>
/// Everything that follows the stage in the same chain trains on the dropped-out view; <c>model.Transform</c>, prediction
/// engines and the saved model see plain data. Masks are a pure function of seed and row: see <see cref="DropoutPlan"/>.
/// </para>
/// <para>
/// Use it when single channels may be missing at prediction time. Do not use it when the label depends on one channel alone, or
/// to make up for missing training data, because it adds no information. Source: Tompson et al. 2014, <em>Efficient Object
/// Localization Using Convolutional Networks</em>; Keras' <c>SpatialDropout1D</c>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var pipeline = mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.3).Append(trainer);
/// var model = pipeline.Fit(train);             // the trainer reads dropped-out rows
/// IDataView scored = model.Transform(train);   // plain rows are scored
/// </code>
/// </example>
/// <seealso cref="SpatialDropoutCatalog.SpatialDropout(TransformsCatalog, SpatialDropoutOptions)"/>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SpatialDropoutEstimator : IEstimator<SpatialDropoutTransformer>
{
    private readonly IHost _host;
    private readonly ColumnCopyingEstimator? _copying;

    internal SpatialDropoutEstimator(IHostEnvironment environment, SpatialDropoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ColumnRules.CheckOptions(options);

        _host = environment.Register(nameof(SpatialDropoutEstimator));

        // Drawn here and not in Fit, so that every Fit of this estimator drops alike, even if several run at once.
        Options = options with { Seed = options.Seed ?? _host.Rand.Next() };
        if (options.CopiesColumn)
            _copying = environment.GetTransforms().CopyColumns(options.OutputColumnName, options.InputColumnName);
    }

    /// <summary>The options. If no seed was set, this one was drawn from the MLContext.</summary>
    public SpatialDropoutOptions Options { get; }

    /// <summary>Checks a schema shape and returns that of the output.</summary>
    /// <param name="inputSchema">
    /// A schema with the input column, a vector of known size of Single or Double; or with the
    /// <see cref="SpatialDropoutOptions.Columns"/>, which may be scalars too.
    /// </param>
    /// <returns>The same schema. If the names differ, the output column is added.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inputSchema"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An input column or the mask key column is missing or of another type.
    /// </exception>
    /// <example>
    /// <code>
    /// var stage = mlContext.Transforms.SpatialDropout("Dropped", channels: 6, inputColumnName: "Features");
    /// SchemaShape output = stage.GetOutputSchema(inputSchema);   // with the column "Dropped", a vector like "Features"
    /// </code>
    /// </example>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ColumnRules.CheckColumns(Options, inputSchema, nameof(inputSchema));
        ColumnRules.CheckMaskKey(Options, inputSchema, nameof(inputSchema));
        return _copying is null ? inputSchema : _copying.GetOutputSchema(inputSchema);
    }

    /// <summary>
    /// Compiles the options for the columns' values. Reads rows only to learn <see cref="DropoutFill.ChannelMean"/>.
    /// </summary>
    /// <param name="input">A view with the input columns.</param>
    /// <returns>The fitted stage.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing, of another type, or of a length or declared
    /// dimensions that do not fit the options; its items cannot hold the fill; or the column of the mask key is missing or of
    /// another type.</exception>
    /// <exception cref="ArgumentException">Neither the options nor the column's dimensions give the layout of a row.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no finite values to learn a <see cref="DropoutFill.ChannelMean"/> from, or a row is not as long as its column's
    /// type says.
    /// </exception>
    /// <exception cref="NotSupportedException">This version of ML.NET has no training-time mapping, or the process cannot emit
    /// code: see <see cref="SpatialDropoutCatalog.SpatialDropout(DataOperationsCatalog, IDataView, SpatialDropoutOptions)"/>.
    /// </exception>
    /// <example>
    /// <code>
    /// SpatialDropoutTransformer fitted = mlContext.Transforms.SpatialDropout("Features", channels: 6).Fit(train);
    /// IDataView dropped = fitted.TransformForTraining(train);   // what a trainer would read
    /// </code>
    /// </example>
    public SpatialDropoutTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        SpatialDropoutTransformer transformer = TrainingTimeHook.CreateTransformer(
            _host, Options, Compile(input), FitInference(input));

        using IChannel channel = _host.Start(nameof(Fit));
        channel.Info(MessageSensitivity.Schema, transformer.ToString());
        return transformer;
    }

    /// <summary>The options, with the seed in force, for logs and debuggers.</summary>
    public override string ToString() => $"SpatialDropout by {Options}";

    /// <summary>The dropped-out view, for callers that fit no chain.</summary>
    internal SpatialDropoutView DropOut(IDataView input)
    {
        // Compiled first, so that a column that does not fit gets this library's message and not that of CopyColumns.
        DropoutPlan[] plans = Compile(input);
        return new SpatialDropoutView(FitInference(input).Transform(input), Options, plans);
    }

    private DropoutPlan[] Compile(IDataView input) =>
        Array.ConvertAll(RowLayout.Of(input, Options, nameof(input)), layout => layout.Compile());

    private ITransformer FitInference(IDataView input) =>
        _copying is null ? new TransformerChain<ITransformer>() : _copying.Fit(input);
}
