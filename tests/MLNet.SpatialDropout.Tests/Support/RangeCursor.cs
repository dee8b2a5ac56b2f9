using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A cursor over some neighbouring rows of a view of the tests.</summary>
internal abstract class RangeCursor : DataViewRowCursor
{
    private readonly HashSet<int> _active;
    private readonly long _first;
    private readonly long _end;

    /// <param name="schema">The schema of the view.</param>
    /// <param name="columns">The active columns.</param>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    protected RangeCursor(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns, long first, long end)
    {
        Schema = schema;
        _active = [.. columns.Select(column => column.Index)];
        (_first, _end, Row) = (first, end, first - 1);
    }

    public sealed override DataViewSchema Schema { get; }

    public sealed override long Position => Row < _first || Row >= _end ? -1 : Row - _first;

    public sealed override long Batch => _first;

    /// <summary>The row of the view.</summary>
    protected long Row { get; private set; }

    public sealed override bool MoveNext()
    {
        if (Row < _end)
            Row++;
        return Row < _end;
    }

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);
}
