using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>A cursor that passes its input's rows on, one by one, with one column dropped out.</summary>
internal sealed class DroppingCursor : DropoutCursor
{
    public DroppingCursor(DataViewRowCursor input, DropoutColumns columns, DropoutPlan plan)
        : base(input, columns, plan)
    {
    }

    public override long Position => Input.Position;

    public override bool MoveNext() => Input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected override ValueGetter<TValue> PassOn<TValue>(ValueGetter<TValue> read, DataViewSchema.Column column) => read;

    protected override ValueGetter<VBuffer<T>> DropOut<T>(ValueGetter<VBuffer<T>> read)
    {
        Func<RowKey> readMaskKey = ReadMaskKey();
        var dropper = new RowDropper<T>(Plan);

        return (ref VBuffer<T> row) =>
        {
            VBuffer<T> callers = row;
            read(ref row);

            // A getter fills the caller's arrays, and then they are dropped in, without a copy. Some sources (a DataFrame's
            // vector column is one) hand out their own arrays instead, and those are not ours to write to.
            if (SameMemory(row.GetValues(), callers.GetValues()))
            {
                dropper.DropInPlace(readMaskKey(), ref row);
            }
            else
            {
                dropper.Drop(readMaskKey(), in row, ref callers);
                row = callers;
            }
        };
    }

    private static bool SameMemory<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right) =>
        Unsafe.AreSame(in MemoryMarshal.GetReference(left), in MemoryMarshal.GetReference(right));
}
