using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>A view with one column of its source dropped out, and each row as often as the plan's options ask for.</summary>
/// <remarks>
/// The schema is the source's own object: nothing is added, so nothing else changes. Masks depend on the row alone, so every
/// pass, cursor set and shuffle gives the same rows.
/// </remarks>
internal sealed class SpatialDropoutView : IDataView
{
    private readonly IDataView _source;
    private readonly DropoutPlan _plan;
    private readonly int _columnIndex;
    private readonly Action? _onRead;

    /// <param name="source">The view to read.</param>
    /// <param name="plan">What to do; its options name the column, which <paramref name="source"/> has.</param>
    /// <param name="onRead">Called whenever somebody begins to read the column.</param>
    public SpatialDropoutView(IDataView source, DropoutPlan plan, Action? onRead = null)
    {
        _source = source;
        _plan = plan;
        _columnIndex = source.Schema[plan.Options.OutputColumnName].Index;
        _onRead = onRead;
    }

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => _source.CanShuffle;

    private bool Expands => _plan.Options.RowsPerInput > 1;

    public long? GetRowCount() => _source.GetRowCount() * _plan.Options.RowsPerInput;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return Wrap(_source.GetRowCursor(columns, rand), BeginRead(columns));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        bool drops = BeginRead(columns);
        return Array.ConvertAll(_source.GetRowCursorSet(columns, n, rand), cursor => Wrap(cursor, drops));
    }

    public override string ToString() => $"SpatialDropout of {_plan.Options.OutputColumnName}: {_plan}";

    private bool BeginRead(DataViewSchema.Column[] columns)
    {
        bool drops = Array.Exists(columns, column => column.Index == _columnIndex);
        if (drops)
            _onRead?.Invoke();
        return drops;
    }

    private DataViewRowCursor Wrap(DataViewRowCursor input, bool drops) =>
        Expands ? new ExpandingCursor(input, _columnIndex, _plan)
        : drops ? new DroppingCursor(input, _columnIndex, _plan)
        : input;
}
