using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>The values of one dropped column in a batch of rows, of one element type.</summary>
internal sealed class BatchColumn<T> : BatchColumn
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BackendApply<T> _apply;
    private readonly ValueGetter<VBuffer<T>> _read;
    private readonly int _copies;

    // The source rows, and the dropped-out copies, row after row.
    private readonly VBuffer<T>[] _rows;
    private readonly T[] _values;
    private VBuffer<T> _row;

    public BatchColumn(DataViewRowCursor ahead, DroppedColumn column, BackendApply<T> apply, int rows, int copies)
        : base(column)
    {
        _apply = apply;
        _read = RowReader.Create<T>(ahead, column.Column);
        _copies = copies;
        _rows = new VBuffer<T>[rows];
        _values = new T[rows * copies * Plan.Length];
    }

    private DropoutPlan Plan => Column.Plan;

    public override void ReadAhead(int row)
    {
        // Copied because a source may hand out the same array for every row.
        _read(ref _row);
        ColumnRules.CheckRow(Column.Column.Name, _row.Length, Plan.Length);
        _row.CopyTo(ref _rows[row]);
    }

    public override void Drop(ReadOnlySpan<MaskKey> keys)
    {
        for (int i = 0; i < keys.Length; i++)
            _rows[i / _copies].CopyTo(_values.AsSpan(i * Plan.Length, Plan.Length));
        Span<T> values = _values.AsSpan(0, keys.Length * Plan.Length);
        _apply(Plan, keys, values, values);
    }

    /// <summary>Reads a row unchanged.</summary>
    public void ReadOriginal(int row, ref VBuffer<T> destination) => _rows[row].CopyTo(ref destination);

    /// <summary>Reads a dropped-out copy of a row.</summary>
    /// <param name="row">The number of the row in the batch.</param>
    /// <param name="copy">The number of the copy among those that were made.</param>
    /// <param name="destination">Receives the values.</param>
    public void ReadCopy(int row, int copy, ref VBuffer<T> destination)
    {
        ReadOnlySpan<T> values = _values.AsSpan(((row * _copies) + copy) * Plan.Length, Plan.Length);
        ref readonly VBuffer<T> original = ref _rows[row];
        if (original.IsDense || Plan.Options.Fill != DropoutFill.Zero)
        {
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, values.Length);
            values.CopyTo(editor.Values);
            destination = editor.Commit();
            return;
        }

        // A zero fill leaves a sparse row sparse.
        original.CopyTo(ref destination);
        VBufferEditor<T> sparse = VBufferEditor.CreateFromBuffer(ref destination);
        for (int i = 0; i < sparse.Indices.Length; i++)
            sparse.Values[i] = values[sparse.Indices[i]];
    }
}
