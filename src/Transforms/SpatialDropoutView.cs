using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>A view with one column of its source dropped out, and each row as often as the plan's options ask for.</summary>
/// <remarks>
/// The schema is the source's own object: nothing is added, so nothing else changes. Masks depend on the row alone, so every
/// pass, cursor set and shuffle gives the same rows.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class SpatialDropoutView : IDataView
{
    private readonly IDataView _source;
    private readonly DropoutPlan _plan;
    private readonly DropoutColumns _columns;
    private readonly Action? _onRead;

    /// <param name="source">The view to read.</param>
    /// <param name="plan">What to do; its options name the columns, which <paramref name="source"/> has.</param>
    /// <param name="onRead">Called whenever somebody begins to read the dropped-out column.</param>
    public SpatialDropoutView(IDataView source, DropoutPlan plan, Action? onRead = null)
    {
        _source = source;
        _plan = plan;
        _columns = new DropoutColumns(
            source.Schema[plan.Options.OutputColumnName],
            plan.Options.MaskKeyColumnName is { } maskKey ? source.Schema[maskKey] : null);
        _onRead = onRead;
    }

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => _source.CanShuffle;

    private bool Expands => _plan.Options.RowsPerInput > 1;

    /// <summary>What a view by this plan shows, with the columns and copies that the plan itself knows nothing of.</summary>
    public static string Describe(DropoutPlan plan)
    {
        SpatialDropoutOptions options = plan.Options;
        return string.Concat(
            "SpatialDropout of ",
            options.SourceColumnName == options.OutputColumnName ? "" : $"{options.SourceColumnName} into ",
            $"{options.OutputColumnName}: {plan}",
            options.Copies > 1 ? $", copies {options.Copies}" : "",
            options.KeepOriginal ? ", original kept" : "");
    }

    /// <summary>The source's count, times the expansion; null where that is unknown, or beyond what can be counted.</summary>
    public long? GetRowCount() =>
        _source.GetRowCount() is { } rows && rows <= long.MaxValue / _plan.Options.RowsPerInput
            ? rows * _plan.Options.RowsPerInput
            : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        Request request = BeginRead(columnsNeeded);
        return request.Drops && _plan.Options.Backend is not null
            ? WrapPair(request, rand)
            : Wrap(_source.GetRowCursor(request.Columns, rand), ahead: null, request);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        // Two sets of a source need not share rows out alike, so with a backend there is one pair of cursors.
        if (_plan.Options.Backend is not null)
            return [GetRowCursor(columnsNeeded, rand)];

        Request request = BeginRead(columnsNeeded);
        return Array.ConvertAll(
            _source.GetRowCursorSet(request.Columns, n, rand), cursor => Wrap(cursor, ahead: null, request));
    }

    public override string ToString() => Describe(_plan);

    private Request BeginRead(IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        bool drops = Array.Exists(columns, column => column.Index == _columns.Dropped.Index);
        if (drops)
            _onRead?.Invoke();

        bool addsMaskKey = drops && _columns.MaskKey is { } maskKey
            && !Array.Exists(columns, column => column.Index == maskKey.Index);
        return new Request(addsMaskKey ? [.. columns, _columns.MaskKey!.Value] : columns, drops, addsMaskKey);
    }

    // One cursor for what is passed on, and one that reads the dropped column ahead; shuffled alike.
    private DataViewRowCursor WrapPair(Request request, Random? rand)
    {
        DropoutColumns columns = _columns with { HidesMaskKey = request.AddsMaskKey };
        DataViewSchema.Column[] passedOn = Array.FindAll(
            request.Columns, column => column.Index != columns.Dropped.Index && !columns.Hides(column));
        DataViewSchema.Column[] readAhead = _columns.MaskKey is { } maskKey ? [_columns.Dropped, maskKey] : [_columns.Dropped];
        int seed = rand?.Next() ?? 0;
        DataViewRowCursor input = _source.GetRowCursor(passedOn, rand is null ? null : new Random(seed));
        try
        {
            return Wrap(input, _source.GetRowCursor(readAhead, rand is null ? null : new Random(seed)), request);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    private DataViewRowCursor Wrap(DataViewRowCursor input, DataViewRowCursor? ahead, Request request)
    {
        DropoutColumns columns = _columns with { HidesMaskKey = request.AddsMaskKey };
        return Expands ? new ExpandingCursor(input, ahead, columns, _plan)
            : request.Drops ? new DroppingCursor(input, ahead, columns, _plan)
            : input;
    }

    private readonly record struct Request(DataViewSchema.Column[] Columns, bool Drops, bool AddsMaskKey);
}
