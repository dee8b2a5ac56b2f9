using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// A cursor that gives each row of its input several times: first unchanged, if the options keep the original, then its
/// dropped-out copies. It reads each value of an input row once.
/// </summary>
internal sealed class ExpandingCursor : DropoutCursor
{
    private const int MostDroppers = 16;

    private static readonly MethodInfo RememberingVectorMethod =
        typeof(ExpandingCursor).GetMethod(nameof(RememberingVector), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly SpatialDropoutOptions _options;
    private readonly long _lastOfRow;

    // The output row of the input row that the cursor is on. On the last of them, the next move is the input's.
    private long _outputOfRow;
    private long _position = -1;

    public ExpandingCursor(DataViewRowCursor input, DropoutColumns columns, SpatialDropoutOptions options)
        : base(input, columns)
    {
        _options = options;
        _lastOfRow = options.RowsPerInput - 1;
        _outputOfRow = _lastOfRow;
    }

    public override long Position => _position;

    /// <summary>The ID of an output row.</summary>
    /// <param name="id">The input row's ID.</param>
    /// <param name="output">The number of the output row among those of the input row.</param>
    /// <remarks>
    /// Every ID is mixed, the first one too. Otherwise two expanding views in sequence would give the same ID twice.
    /// </remarks>
    public static DataViewRowId IdOf(DataViewRowId id, long output) => id.Combine(new DataViewRowId((ulong)output, 0));

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

    protected override ValueGetter<DataViewRowId> ReadId()
    {
        ValueGetter<DataViewRowId> read = Input.GetIdGetter();
        return (ref DataViewRowId id) =>
        {
            read(ref id);
            id = IdOf(id, _outputOfRow);
        };
    }

    protected override ValueGetter<VBuffer<T>> DropOut<T>(DroppedColumn column, RowDropout<T> rows)
    {
        var memory = new RowMemory<VBuffer<T>>(Input, RowReader.Create<T>(Input, column.Column));
        var maskKey = new RowMemory<MaskKey>(Input, ReadMaskKey());
        RowDropper<T>[] droppers = MakeDroppers(column, rows);
        int originals = _options.Originals;

        return (ref VBuffer<T> row) =>
        {
            if (_position < 0)
                ColumnThrowHelper.ThrowNoRow();
            ref readonly VBuffer<T> original = ref memory.Current();
            var copy = (uint)(_outputOfRow - originals);
            if (_outputOfRow < originals)
                droppers[0].Copy(in original, ref row);
            else
                droppers[copy % (uint)droppers.Length].Drop(maskKey.Current() with { Copy = copy }, in original, ref row);
        };
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "A caller of the catalog's methods was warned.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "A caller of the catalog's methods was warned.")]
    protected override ValueGetter<TValue> PassOn<TValue>(ValueGetter<TValue> read, DataViewSchema.Column column) =>
        column.Type switch
        {
            VectorDataViewType vector => (ValueGetter<TValue>)RememberingVectorMethod
                .MakeGenericMethod(vector.ItemType.RawType)
                .Invoke(this, BindingFlags.DoNotWrapExceptions, binder: null, [read], culture: null)!,
            PrimitiveDataViewType => Remembering(read),

            // Anything else, such as an image, is an object that the reader owns, so each reader gets its own.
            _ => read,
        };

    protected override void Dispose(bool disposing)
    {
        _position = -1;
        _outputOfRow = _lastOfRow;
        base.Dispose(disposing);
    }

    // Masks of a copy are drawn ahead for the rows to come, so each copy has its own dropper. Very many copies share droppers.
    private RowDropper<T>[] MakeDroppers<T>(DroppedColumn column, RowDropout<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var droppers = new RowDropper<T>[Math.Min(_options.Copies, MostDroppers)];
        for (int i = 0; i < droppers.Length; i++)
            droppers[i] = new RowDropper<T>(rows, column);
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
