using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>A cursor that passes its input's rows on, one for one, with some columns dropped out.</summary>
internal sealed class DroppingCursor : DropoutCursor
{
    public DroppingCursor(DataViewRowCursor input, DropoutColumns columns)
        : base(input, columns)
    {
    }

    public override long Position => Input.Position;

    public override bool MoveNext() => Input.MoveNext();

    // All sources of ML.NET fill the caller's arrays, and those can be changed in place. Another source may hand out arrays of its
    // own, or swap them for the caller's, and those must not be written to. It can be told by this: it does not use the caller's
    // arrays although they are long enough. From then on its rows are read into a separate buffer.
    protected override ValueGetter<VBuffer<T>> DropOut<T>(DroppedColumn column, RowDropout<T> rows)
    {
        ValueGetter<VBuffer<T>> read = RowReader.Create<T>(Input, column.Column);
        ValueGetter<MaskKey> readMaskKey = ReadMaskKey();
        MaskKey maskKey = default;
        var dropper = new RowDropper<T>(rows, column);
        bool readsApart = false;
        VBuffer<T> apart = default;

        return (ref VBuffer<T> row) =>
        {
            if (Position < 0)
                ColumnThrowHelper.ThrowNoRow();
            readMaskKey(ref maskKey);
            if (readsApart)
            {
                read(ref apart);
                dropper.Drop(maskKey, in apart, ref row);
                return;
            }

            VBuffer<T> callers = row;
            read(ref row);
            if (SameMemory(row.GetValues(), callers.GetValues()))
            {
                dropper.DropInPlace(maskKey, ref row);
                return;
            }

            readsApart = callers.GetValues().Length >= row.GetValues().Length;
            VBuffer<T> dropped = default;
            dropper.Drop(maskKey, in row, ref dropped);
            row = dropped;
        };
    }

    // Reads into the caller's variable, because the vector of one element in between would take longer than all the rest.
    protected override ValueGetter<T> DropOutScalar<T>(DroppedColumn column, RowDropout<T> rows)
    {
        ValueGetter<T> read = Input.GetGetter<T>(column.Column);
        ValueGetter<MaskKey> readMaskKey = ReadMaskKey();
        MaskKey maskKey = default;
        var dropper = new RowDropper<T>(rows, column);

        return (ref T value) =>
        {
            if (Position < 0)
                ColumnThrowHelper.ThrowNoRow();
            readMaskKey(ref maskKey);
            read(ref value);
            dropper.DropInPlace(maskKey, ref value);
        };
    }

    private static bool SameMemory<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right) =>
        Unsafe.AreSame(in MemoryMarshal.GetReference(left), in MemoryMarshal.GetReference(right));
}
