using System.Numerics;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Applies a plan to the rows of one cursor, dense or sparse. Not thread-safe, as a cursor is not.</summary>
internal sealed class RowDropper<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowDropout<T> _rows;
    private readonly MaskLookahead? _lookahead;
    private readonly int _length;
    private readonly string _column;
    private readonly bool _sparseStaysSparse;
    private VBuffer<T> _sparse;

    /// <param name="rows">The plan's work on rows of this element type.</param>
    /// <param name="column">The column, with the plan.</param>
    public RowDropper(RowDropout<T> rows, DroppedColumn column)
    {
        _rows = rows;
        _lookahead = rows.CreateLookahead();
        _length = column.Plan.Length;
        _column = column.Column.Name;
        _sparseStaysSparse = column.Plan.Options.Fill == DropoutFill.Zero;
    }

    /// <summary>Drops out a row in place. Its memory must be the caller's own.</summary>
    public void DropInPlace(in MaskKey key, ref VBuffer<T> row)
    {
        ColumnRules.CheckRow(_column, row.Length, _length);
        if (row.IsDense || _sparseStaysSparse)
        {
            DropValues(in key, ref row);
            return;
        }

        row.CopyTo(ref _sparse);
        Drop(in key, in _sparse, ref row);
    }

    /// <summary>Drops out a row of one element in place.</summary>
    public void DropInPlace(in MaskKey key, ref T element)
    {
        var row = new Span<T>(ref element);
        Apply(in key, row, row);
    }

    /// <summary>Writes the dropped-out row to other memory. The source does not change.</summary>
    public void Drop(in MaskKey key, in VBuffer<T> source, ref VBuffer<T> destination)
    {
        ColumnRules.CheckRow(_column, source.Length, _length);
        if (!source.IsDense && _sparseStaysSparse)
        {
            source.CopyTo(ref destination);
            DropValues(in key, ref destination);
            return;
        }

        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, source.Length);
        if (source.IsDense)
        {
            Apply(in key, source.GetValues(), editor.Values);
        }
        else
        {
            source.CopyTo(editor.Values);
            Apply(in key, editor.Values, editor.Values);
        }

        destination = editor.Commit();
    }

    /// <summary>Copies a row unchanged.</summary>
    public void Copy(in VBuffer<T> source, ref VBuffer<T> destination)
    {
        ColumnRules.CheckRow(_column, source.Length, _length);
        source.CopyTo(ref destination);
    }

    // Only values change, so the editor has nothing to commit.
    private void DropValues(in MaskKey key, ref VBuffer<T> row)
    {
        VBufferEditor<T> editor = VBufferEditor.CreateFromBuffer(ref row);
        if (row.IsDense)
            Apply(in key, editor.Values, editor.Values);
        else
            _rows.ApplySparse(in key, editor.Indices, editor.Values);
    }

    private void Apply(in MaskKey key, ReadOnlySpan<T> source, Span<T> destination)
    {
        if (_lookahead is null)
            _rows.Apply(in key, source, destination);
        else
            _rows.Apply(in key, _lookahead, source, destination);
    }
}
