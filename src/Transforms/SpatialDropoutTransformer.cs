using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// The fitted stage: drops while the chain it stands in is fitted, and is the identity (or a copy of the column) ever after.
/// </summary>
/// <remarks>
/// It saves what inference needs and no more: a stock ML.NET transformer. A saved model loads where this package is not
/// installed, and the stage costs nothing there.
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
    private readonly ITransformer _inference;
    private volatile bool _handedToChain;
    private volatile bool _handedToNestedChain;
    private volatile bool _wasRead;

    private protected SpatialDropoutTransformer(DropoutPlan plan, ITransformer inference) =>
        (Plan, _inference) = (plan, inference);

    /// <summary>The options, compiled for the column's vectors, with the seed in force.</summary>
    /// <example>
    /// <code>
    /// DropoutPlan plan = mlContext.Transforms.SpatialDropout("Features", channels: 6).Fit(train).Plan;
    /// int steps = plan.Shape[0];   // 128: the column's vectors are of length 128 * 6
    /// </code>
    /// </example>
    public DropoutPlan Plan { get; }

    /// <summary>Always true: the inference mapping maps row to row.</summary>
    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The schema of <see cref="Transform"/>.</summary>
    /// <param name="inputSchema">A schema with the input column.</param>
    /// <returns>The same schema, or where the names differ one with the output column added.</returns>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing, or not the vector fitted.</exception>
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
    /// The inference mapping: drops nothing. Returns <paramref name="input"/> itself, or where the names differ a view with
    /// the column copied.
    /// </summary>
    /// <param name="input">A view with the input column.</param>
    /// <remarks>
    /// That holds for a transformer fitted on its own, too: <c>estimator.Fit(data).Transform(data)</c> is the identity, as
    /// <c>training=False</c> is in Keras. For the dropped-out view call <see cref="TransformForTraining"/>.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing, or not the vector fitted.</exception>
    /// <exception cref="InvalidOperationException">
    /// The chain that fitted this stage trained nothing on it: the stage stands in a nested chain without its trainer, or nothing
    /// that follows it reads its output column.
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
        return _inference.Transform(input);
    }

    /// <summary>The training mapping: the dropped-out view, expanded by the copies asked for.</summary>
    /// <param name="input">A view with the input column.</param>
    /// <returns>
    /// A view with the schema of <see cref="Transform"/>. Every pass over it gives the same rows with the same values.
    /// </returns>
    /// <remarks>The view that a chain trains on; call it to look at the data a trainer reads.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The input column is missing or not the vector fitted, or the mask key column is missing or of another type.
    /// </exception>
    /// <example>
    /// <code>
    /// var preview = fitted.TransformForTraining(train).Preview(maxRows: 3);   // three rows as a trainer reads them
    /// </code>
    /// </example>
    public IDataView TransformForTraining(IDataView input) => DropOut(input, onRead: null);

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

    /// <summary>Column, plan and copies, for logs and debuggers.</summary>
    /// <example>
    /// <code>
    /// Console.WriteLine(stage.Fit(train));
    /// // SpatialDropout of Features: rows of [128, 6], noise [1, 6], rate 0.3, fill Zero, scaling Inverted, seed 7
    /// </code>
    /// </example>
    public override string ToString() => SpatialDropoutView.Describe(Plan);

    /// <summary>What the emitted subclass calls when an estimator chain asks for the training mapping.</summary>
    internal IDataView TransformForChain(IDataView input)
    {
        _handedToNestedChain = FitStack.IsInNestedChain();
        _handedToChain = true;
        return DropOut(input, NoteRead);
    }

    // In a nested chain a normalizer's read proves nothing, as its trainer may stand in the outer one; a trainer's does. A
    // trainer behind a cache that somebody else filled goes unseen: better a false alarm, which has a cure, than silence.
    private void NoteRead()
    {
        if (!_wasRead)
            _wasRead = !_handedToNestedChain || FitStack.IsInTrainer();
    }

    private SpatialDropoutView DropOut(IDataView input, Action? onRead)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckSchema(input.Schema);
        ColumnRules.CheckMaskKey(Plan.Options, input.Schema, nameof(input));
        return new SpatialDropoutView(_inference.Transform(input), Plan, onRead);
    }

    private void CheckSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        int length = ColumnRules.CheckColumn(Plan.Options, inputSchema, nameof(inputSchema));
        if (length != Plan.Length)
            Refuse.Column(
                nameof(inputSchema), Plan.Options.SourceColumnName,
                $"a vector of length {Plan.Length}, as fitted", $"length {length}");
    }

    // ML.NET asks only the stages that stand directly in the chain being fitted for their training mapping. In a nested chain,
    // a.Append(b.Append(dropout)).Append(trainer), the inner chain does ask, but no trainer reads the answer: the outer chain
    // asks the inner one for Transform and gives that to the trainer. An unread training view is how that shows.
    private void CheckWasActive()
    {
        if (!_handedToChain || _wasRead)
            return;

        const string Cure = "train on the view that mlContext.Data.SpatialDropout(view, options) returns.";
        throw new InvalidOperationException(
            $"The spatial dropout of column '{Plan.Options.OutputColumnName}' was never active: no trainer was seen to read the"
            + " dropped-out data of the chain that fitted it. " + (_handedToNestedChain
                ? "That chain is nested in another one, where ML.NET does not apply a training-only stage: as in"
                    + " a.Append(b.Append(dropout)).Append(trainer), or as a chain held in a variable of type"
                    + " IEstimator<ITransformer>, which Append nests. (In a nested chain, a trainer that is not ML.NET's is not"
                    + " recognised.) To cure it, append the stage and the trainer one by one to the same chain, held in a var; or"
                    + $" {Cure}"
                : "Either what follows the stage does not read its output column: then name that column to the trainer. Or the"
                    + $" chain ends without a trainer: then append it; or {Cure}"));
    }
}
