using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>A cursor that passes its input's rows on, one by one, with one column dropped out.</summary>
internal sealed class DroppingCursor : DropoutCursor
{
    public DroppingCursor(DataViewRowCursor input, DataViewRowCursor? ahead, DropoutColumns columns, DropoutPlan plan)
        : base(input, ahead, columns, plan)
    {
    }

    public override long Position => Input.Position;

    public override bool MoveNext() => Input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected override ValueGetter<TValue> PassOn<TValue>(ValueGetter<TValue> read, DataViewSchema.Column column) => read;

    // A getter fills the caller's arrays, and then they are dropped in, without a copy: so does every source of ML.NET. A view of
    // somebody else's may hand out arrays of its own, or swap them for the caller's, and those are not ours to write to. Such a
    // source betrays itself by leaving aside arrays that were long enough; from then on it is read into a buffer apart.
    protected override ValueGetter<VBuffer<T>> DropOut<T>(ValueGetter<VBuffer<T>> read)
    {
        ValueGetter<RowKey> readMaskKey = GetMaskKeyGetter();
        RowKey maskKey = default;
        var dropper = new RowDropper<T>(Plan);
        bool readsApart = false;
        VBuffer<T> apart = default;

        return (ref VBuffer<T> row) =>
        {
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

    protected override ValueGetter<VBuffer<T>> DropOut<T>(BatchReader<T> batch) =>
        (ref VBuffer<T> row) => batch.Read(copy: 0, ref row);

    private static bool SameMemory<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right) =>
        Unsafe.AreSame(in MemoryMarshal.GetReference(left), in MemoryMarshal.GetReference(right));
}
