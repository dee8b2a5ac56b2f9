using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>A cursor that passes its input's rows on, one by one, with one column dropped out.</summary>
internal sealed class DroppingCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly int _columnIndex;
    private readonly DropoutPlan _plan;

    public DroppingCursor(DataViewRowCursor input, int columnIndex, DropoutPlan plan) =>
        (_input, _columnIndex, _plan) = (input, columnIndex, plan);

    public override DataViewSchema Schema => _input.Schema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool MoveNext() => _input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => _input.IsColumnActive(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        // The input refuses inactive columns and wrong types, as it would without this cursor.
        ValueGetter<TValue> read = _input.GetGetter<TValue>(column);
        return column.Index != _columnIndex ? read : read switch
        {
            ValueGetter<VBuffer<float>> floats => (ValueGetter<TValue>)(object)Dropping(floats),
            ValueGetter<VBuffer<double>> doubles => (ValueGetter<TValue>)(object)Dropping(doubles),
            _ => read,
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    private ValueGetter<VBuffer<T>> Dropping<T>(ValueGetter<VBuffer<T>> read)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ValueGetter<DataViewRowId> readId = _input.GetIdGetter();
        var dropper = new RowDropper<T>(_plan);
        DataViewRowId id = default;

        return (ref VBuffer<T> row) =>
        {
            VBuffer<T> callers = row;
            read(ref row);
            readId(ref id);

            // A getter fills the caller's arrays, and then they are dropped in, without a copy. Some sources (a DataFrame's
            // vector column is one) hand out their own arrays instead, and those are not ours to write to.
            if (SameMemory(row.GetValues(), callers.GetValues()))
            {
                dropper.DropInPlace(id, ref row);
            }
            else
            {
                dropper.Drop(id, in row, ref callers);
                row = callers;
            }
        };
    }

    private static bool SameMemory<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right) =>
        Unsafe.AreSame(in MemoryMarshal.GetReference(left), in MemoryMarshal.GetReference(right));
}
