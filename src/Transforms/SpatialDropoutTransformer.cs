using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout;

/// <summary>
/// The fitted stage. It drops while the chain that contains it is fitted. Afterwards it is the identity, or a copy of the column.
/// </summary>
/// <remarks>
/// What is saved is a stock ML.NET transformer: an empty chain, or a copy of the column if the names differ. A saved model loads
/// where this package is not installed, and the stage costs nothing there. A reloaded stage no longer checks its input: an empty
/// chain accepts any schema.
/// </remarks>
/// <example>
/// <code>
/// var model = mlContext.Transforms.SpatialDropout("Features", channels: 6).Append(trainer).Fit(train);
/// SpatialDropoutTransformer stage = model.OfType&lt;SpatialDropoutTransformer>().Single();
/// </code>
/// </example>
/// <seealso cref="SpatialDropoutEstimator"/>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class SpatialDropoutTransformer : ITransformer
{
    private readonly IHost _host;
    private readonly ITransformer _inference;
    private volatile bool _handedToChain;
    private volatile bool _handedToNestedChain;
    private volatile bool _wasRead;
    private int _hasWarned;
    private int _hasWarnedOfMissing;

    private protected SpatialDropoutTransformer(
        IHost host, SpatialDropoutOptions options, DropoutPlan[] plans, ITransformer inference)
    {
        _host = host;
        _inference = inference;
        Options = options;
        Plans = plans;
    }

    /// <summary>The options, with the seed in force.</summary>
    public SpatialDropoutOptions Options { get; }

    /// <summary>
    /// The options of a row, compiled for each column: one plan, or as many as <see cref="SpatialDropoutOptions.Columns"/>. All
    /// draw the same masks.
    /// </summary>
    public IReadOnlyList<DropoutPlan> Plans { get; }

    /// <summary>The plan of a stage with a single column.</summary>
    /// <exception cref="InvalidOperationException">The stage has several columns, each with its plan: see <see cref="Plans"/>.
    /// </exception>
    public DropoutPlan Plan => Plans.Count == 1
        ? Plans[0]
        : throw new InvalidOperationException($"The stage has a plan for each of its {Plans.Count} columns. Use Plans.");

    private string ColumnNames => Options.Columns is { } columns
        ? $"columns {string.Join(", ", columns.Select(name => $"'{name}'"))}"
        : $"column '{Options.OutputColumnName}'";

    /// <summary>Always true: the inference mapping maps row to row.</summary>
    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The schema of <see cref="Transform"/>.</summary>
    /// <param name="inputSchema">A schema with the input columns.</param>
    /// <returns>The same schema. If the names differ, the output column is added.</returns>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing, or is not of the type that was fitted.</exception>
    /// <example>
    /// <code>
    /// DataViewSchema schema = fitted.GetOutputSchema(train.Schema);   // train.Schema itself: dropping adds no column
    /// </code>
    /// </example>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        CheckSchema(inputSchema);
        return _inference.GetOutputSchema(inputSchema);
    }

    /// <summary>
    /// The inference mapping: drops nothing. Returns <paramref name="input"/> itself or, if the names differ, a view with the
    /// column copied.
    /// </summary>
    /// <param name="input">A view with the input columns.</param>
    /// <returns>The plain data.</returns>
    /// <remarks>
    /// This holds for a stage that was fitted on its own too: <c>estimator.Fit(data).Transform(data)</c> is the identity, as
    /// <c>training=False</c> is in Keras. The log says so once. For the dropped-out view call <see cref="TransformForTraining"/>.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing, or is not of the type that was fitted.</exception>
    /// <exception cref="InvalidOperationException">
    /// The chain that fitted this stage trained nothing on it. Either the stage is in a nested chain without its trainer, or no
    /// later stage reads its output column.
    /// </exception>
    /// <example>
    /// <code>
    /// IDataView plain = fitted.Transform(train);   // train itself: nothing is dropped
    /// </code>
    /// </example>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckSchema(input.Schema);
        CheckWasActive();
        WarnOfPlainData();
        return _inference.Transform(input);
    }

    /// <summary>The training mapping: the dropped-out view, with the copies that the options ask for.</summary>
    /// <param name="input">A view with the input columns.</param>
    /// <returns>
    /// A view with the schema of <see cref="Transform"/>. Every pass over it gives the same rows with the same values.
    /// </returns>
    /// <remarks>A chain trains on this view. Call the method to look at the data that a trainer reads.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An input column is missing or is not of the type that was fitted, or the mask key column is missing or of another type.
    /// </exception>
    /// <example>
    /// <code>
    /// var preview = fitted.TransformForTraining(train).Preview(maxRows: 3);   // three rows as a trainer reads them
    /// </code>
    /// </example>
    public IDataView TransformForTraining(IDataView input) => DropOut(input, onRead: null, onGetter: null);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        CheckSchema(inputSchema);
        CheckWasActive();
        return _inference.GetRowToRowMapper(inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        CheckWasActive();
        _inference.Save(ctx);
    }

    /// <summary>Columns, plans and copies, for logs and debuggers.</summary>
    public override string ToString() => SpatialDropoutView.Describe(Options, Plans);

    /// <summary>The emitted subclass calls this when an estimator chain asks for the training mapping.</summary>
    internal IDataView TransformForChain(IDataView input)
    {
        _handedToNestedChain = FitStack.IsInNestedChain();
        _handedToChain = true;
        return DropOut(input, NoteRead, Options.Fill.CanBeMissing ? WarnOfMissing : null);
    }

    // In a nested chain, a normalizer's read proves nothing because the trainer may be in the outer chain. Only a trainer's read
    // counts. A trainer that reads from a cache which another stage filled is not recognised. That is a false alarm with a cure,
    // which is better than silence.
    private void NoteRead()
    {
        if (!_wasRead)
            _wasRead = !_handedToNestedChain || FitStack.IsInTrainer();
    }

    private SpatialDropoutView DropOut(IDataView input, Action? onRead, Action? onGetter)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckSchema(input.Schema);
        ColumnRules.CheckMaskKey(Options, input.Schema, nameof(input));
        return new SpatialDropoutView(_inference.Transform(input), Options, Plans, onRead, onGetter);
    }

    private void CheckSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        RowLayout[] layouts = ColumnRules.CheckColumns(Options, inputSchema, nameof(inputSchema));
        for (int i = 0; i < layouts.Length; i++)
        {
            DropoutPlan plan = Plans[i];
            (DropoutOptions options, int length, _) = layouts[i];
            if (length != plan.Length)
                ColumnThrowHelper.ThrowMismatch(
                    nameof(inputSchema), Options.SourceColumnNames[i], $"a vector of length {plan.Length}, as fitted",
                    $"length {length}");
            if (options != plan.Options)
                ColumnThrowHelper.ThrowMismatch(
                    nameof(inputSchema), Options.SourceColumnNames[i], $"{plan.Options.Channels} channels, as fitted",
                    $"{options.Channels} channels by its declared dimensions");
        }
    }

    // ML.NET asks only the stages that are directly in the chain being fitted for their training mapping. In a nested chain,
    // a.Append(b.Append(dropout)).Append(trainer), the inner chain asks for it, but no trainer reads it: the outer chain calls the
    // inner one's Transform and gives that view to the trainer. The unread training view shows it.
    // ML.NET's Preview of an unfinished chain transforms a few rows to show them.
    private void CheckWasActive()
    {
        if (!_handedToChain || _wasRead || FitStack.IsInPreview())
            return;

        const string Cure = "train on the view that mlContext.Data.SpatialDropout(view, options) returns.";
        throw new InvalidOperationException(
            $"The spatial dropout of {ColumnNames} was never active: no trainer read the dropped-out data of"
            + " the chain that fitted it. " + (_handedToNestedChain
                ? "That chain is nested in another one, where ML.NET does not apply a training-only stage. Examples are"
                    + " a.Append(b.Append(dropout)).Append(trainer), and a chain in a variable of type IEstimator<ITransformer>,"
                    + " which Append nests. (A trainer in a nested chain is recognised only if it is ML.NET's own.) Append the"
                    + " stage and the trainer one by one to the same chain: held in a var, or, in loops and helper methods, built on"
                    + $" new EstimatorChain<ITransformer>(), to which each stage is appended; or {Cure}"
                : (Options.Columns is null
                    ? "If no later stage reads its output, name that column to the trainer."
                    : "If no later stage reads these columns, put the stage before the Concatenate that joins them.")
                    + $" If the chain ends without a trainer, append it; or {Cure}"));
    }

    private void WarnOfMissing()
    {
        // To inspect the stack takes time.
        if (_hasWarnedOfMissing != 0 || !FitStack.IsReadByTrainerThatSkipsMissing(out bool isDirect))
            return;

        const string Cure = "Append IndicateLost and ReplaceMissingValues between the stage and the trainer, or use LightGBM,"
            + " which reads NaN, or another fill.";
        string reason = $"Fill is {Options.Fill}, but the trainer leaves out rows that have a NaN. "
            + (isDirect
                ? "It learns nothing from them. "
                : "If no stage in between replaces NaN, it learns nothing from them, and says how many instances it skipped. ");
        LogOnce(ref _hasWarnedOfMissing, nameof(TransformForTraining), reason + Cure, isWarning: isDirect);
    }

    // Both cases may be right, so they are not refused: stacking trains the outer chain on the inner one's predictions.
    private void WarnOfPlainData()
    {
        string? reason =
            !_handedToChain
                ? "No chain fitted this stage, so nothing was trained on dropped-out data. Transform returns plain data. Append the"
                    + " stage and a trainer to one chain, or call TransformForTraining for the dropped-out view."
            : _handedToNestedChain && FitStack.IsInChain()
                ? "The stage is in a nested chain. The trainer in that chain was trained on dropped-out data. The stages of the"
                    + " outer chain that follow are fitted on plain data. If they should see dropped-out data too, append all"
                    + " stages one by one to the same chain."
            : null;
        if (reason is not null)
            LogOnce(ref _hasWarned, nameof(Transform), reason, isWarning: true);
    }

    private void LogOnce(ref int hasLogged, string method, string reason, bool isWarning)
    {
        if (Interlocked.Exchange(ref hasLogged, 1) != 0)
            return;
        using IChannel channel = _host.Start(method);
        string message = $"Spatial dropout of {ColumnNames}: {reason}";
        if (isWarning)
            channel.Warning(MessageSensitivity.Schema, message);
        else
            channel.Info(MessageSensitivity.Schema, message);
    }
}
