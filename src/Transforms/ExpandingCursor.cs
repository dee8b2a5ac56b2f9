using System.Numerics;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// A cursor that gives each row of its input several times: untouched if the options keep the original, then its
/// dropped-out copies. Each value of an input row is read once.
/// </summary>
internal sealed class ExpandingCursor : DropoutCursor
{
    private const int MostDroppers = 16;

    private static readonly MethodInfo RememberingVectorMethod =
        typeof(ExpandingCursor).GetMethod(nameof(RememberingVector), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly long _lastOfRow;

    // Which output row of the input row the cursor stands on; on the last of them, the next move is the input's.
    private long _outputOfRow;
    private long _position = -1;

    public ExpandingCursor(DataViewRowCursor input, DataViewRowCursor? ahead, DropoutColumns columns, DropoutPlan plan)
        : base(input, ahead, columns, plan)
    {
        _lastOfRow = plan.Options.RowsPerInput - 1;
        _outputOfRow = _lastOfRow;
    }

    public override long Position => _position;

    public override bool MoveNext()
    {
        if (_outputOfRow < _lastOfRow)
        {
            _outputOfRow++;
        }
        else if (Input.MoveNext())
        {
            _outputOfRow = 0;
        }
        else
        {
            _position = -1;
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>
    /// The source's ID, mixed with the number of the output row. All are mixed, also the first: otherwise two expanding views
    /// in a row would give the same ID twice.
    /// </summary>
    public override ValueGetter<DataViewRowId> GetIdGetter()
    {
        ValueGetter<DataViewRowId> read = Input.GetIdGetter();
        return (ref DataViewRowId id) =>
        {
            read(ref id);
            id = id.Combine(new DataViewRowId((ulong)_outputOfRow, 0));
        };
    }

    protected override ValueGetter<VBuffer<T>> DropOut<T>(ValueGetter<VBuffer<T>> read)
    {
        var memory = new RowMemory<VBuffer<T>>(Input, read);
        var maskKey = new RowMemory<RowKey>(Input, GetMaskKeyGetter());
        RowDropper<T>[] droppers = MakeDroppers<T>();
        int originals = Plan.Options.KeepOriginal ? 1 : 0;

        return (ref VBuffer<T> row) =>
        {
            ref readonly VBuffer<T> original = ref memory.Current();
            var copy = (uint)(_outputOfRow - originals);
            if (_outputOfRow < originals)
                droppers[0].Copy(in original, ref row);
            else
                droppers[copy % (uint)droppers.Length].Drop(maskKey.Current() with { Copy = copy }, in original, ref row);
        };
    }

    protected override ValueGetter<VBuffer<T>> DropOut<T>(BatchReader<T> batch)
    {
        int originals = Plan.Options.KeepOriginal ? 1 : 0;
        return (ref VBuffer<T> row) =>
        {
            if (_outputOfRow < originals)
                batch.ReadOriginal(ref row);
            else
                batch.Read((uint)(_outputOfRow - originals), ref row);
        };
    }

    protected override ValueGetter<TValue> PassOn<TValue>(ValueGetter<TValue> read, DataViewSchema.Column column) =>
        column.Type switch
        {
            VectorDataViewType vector => (ValueGetter<TValue>)RememberingVectorMethod
                .MakeGenericMethod(vector.ItemType.RawType)
                .Invoke(this, BindingFlags.DoNotWrapExceptions, binder: null, [read], culture: null)!,
            PrimitiveDataViewType => Remembering(read),

            // An image or whatever else is not a value: it belongs to who asked for it, and is made anew for each.
            _ => read,
        };

    protected override void Dispose(bool disposing)
    {
        _position = -1;
        _outputOfRow = _lastOfRow;
        base.Dispose(disposing);
    }

    // A copy's masks are drawn ahead for the rows to come, so each copy has a dropper; of very many copies, some share one.
    private RowDropper<T>[] MakeDroppers<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var droppers = new RowDropper<T>[Math.Min(Plan.Options.Copies, MostDroppers)];
        for (int i = 0; i < droppers.Length; i++)
            droppers[i] = new RowDropper<T>(Plan);
        return droppers;
    }

    private ValueGetter<TValue> Remembering<TValue>(ValueGetter<TValue> read)
    {
        var memory = new RowMemory<TValue>(Input, read);
        return (ref TValue value) => value = memory.Current();
    }

    private ValueGetter<VBuffer<TItem>> RememberingVector<TItem>(ValueGetter<VBuffer<TItem>> read)
    {
        var memory = new RowMemory<VBuffer<TItem>>(Input, read);
        return (ref VBuffer<TItem> value) => memory.Current().CopyTo(ref value);
    }
}
