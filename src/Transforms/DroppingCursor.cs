using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>A cursor that passes its input's rows on, one for one, with one column dropped out.</summary>
internal sealed class DroppingCursor : DropoutCursor
{
    private readonly DropoutPlan _plan;

    public DroppingCursor(DataViewRowCursor input, DropoutColumns columns, DropoutPlan plan)
        : base(input, columns) => _plan = plan;

    public override long Position => Input.Position;

    public override bool MoveNext() => Input.MoveNext();

    protected override ValueGetter<VBuffer<float>> DropSingles() => DropOut(_plan.Singles);

    protected override ValueGetter<VBuffer<double>> DropDoubles() => DropOut(_plan.Doubles);

    // All sources of ML.NET fill the caller's arrays, and those can be changed in place. Another source may hand out arrays of its
    // own, or swap them for the caller's, and those must not be written to. It can be told by this: it does not use the caller's
    // arrays although they are long enough. From then on its rows are read into a separate buffer.
    private ValueGetter<VBuffer<T>> DropOut<T>(RowDropout<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ValueGetter<VBuffer<T>> read = Input.GetGetter<VBuffer<T>>(Dropped);
        ValueGetter<MaskKey> readMaskKey = ReadMaskKey();
        MaskKey maskKey = default;
        var dropper = new RowDropper<T>(rows, _plan, Dropped.Name);
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

    private static bool SameMemory<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right) =>
        Unsafe.AreSame(in MemoryMarshal.GetReference(left), in MemoryMarshal.GetReference(right));
}
