using System.Numerics;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Applies a plan to the rows of one cursor, dense or sparse. Not thread-safe, as a cursor is not.</summary>
internal sealed class RowDropper<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DropoutPlan _plan;
    private readonly MaskLookahead? _lookahead;
    private readonly bool _sparseStaysSparse;
    private VBuffer<T> _sparse;

    public RowDropper(DropoutPlan plan)
    {
        _plan = plan;
        _lookahead = plan.LookAhead<T>();
        _sparseStaysSparse = plan.Options.Fill == DropoutFill.Zero;
    }

    /// <summary>Drops inside a row whose memory is the caller's own.</summary>
    public void DropInPlace(in RowKey key, ref VBuffer<T> row)
    {
        ColumnRules.CheckRow(_plan.Options, row.Length, _plan.Length);
        if (row.IsDense || _sparseStaysSparse)
        {
            DropValues(in key, ref row);
            return;
        }

        row.CopyTo(ref _sparse);
        Drop(in key, in _sparse, ref row);
    }

    /// <summary>Writes the dropped-out row to memory of its own, and leaves the source's alone.</summary>
    public void Drop(in RowKey key, in VBuffer<T> source, ref VBuffer<T> destination)
    {
        ColumnRules.CheckRow(_plan.Options, source.Length, _plan.Length);
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

    /// <summary>Copies a row as it is.</summary>
    public void Copy(in VBuffer<T> source, ref VBuffer<T> destination)
    {
        ColumnRules.CheckRow(_plan.Options, source.Length, _plan.Length);
        source.CopyTo(ref destination);
    }

    // Values change where they are, and nothing else does: there is nothing to commit.
    private void DropValues(in RowKey key, ref VBuffer<T> row)
    {
        VBufferEditor<T> editor = VBufferEditor.CreateFromBuffer(ref row);
        if (row.IsDense)
            Apply(in key, editor.Values, editor.Values);
        else
            _plan.ApplySparse(in key, editor.Indices, editor.Values);
    }

    private void Apply(in RowKey key, ReadOnlySpan<T> source, Span<T> destination)
    {
        if (_lookahead is null)
            _plan.Apply(in key, source, destination);
        else
            _plan.Apply(in key, _lookahead, source, destination);
    }
}
