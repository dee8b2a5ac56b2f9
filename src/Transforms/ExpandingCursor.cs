using System.Numerics;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// A cursor that gives each row of its input several times: untouched if the options keep the original, then its
/// dropped-out copies. Each input row is read once.
/// </summary>
internal sealed class ExpandingCursor : DataViewRowCursor
{
    private static readonly MethodInfo RememberingVectorMethod =
        typeof(ExpandingCursor).GetMethod(nameof(RememberingVector), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly DataViewRowCursor _input;
    private readonly int _columnIndex;
    private readonly DropoutPlan _plan;
    private readonly long _lastOfRow;

    // Which output row of the input row the cursor stands on; on the last of them, the next move is the input's.
    private long _outputOfRow;
    private long _position = -1;

    public ExpandingCursor(DataViewRowCursor input, int columnIndex, DropoutPlan plan)
    {
        _input = input;
        _columnIndex = columnIndex;
        _plan = plan;
        _lastOfRow = plan.Options.RowsPerInput - 1;
        _outputOfRow = _lastOfRow;
    }

    public override DataViewSchema Schema => _input.Schema;

    public override long Position => _position;

    public override long Batch => _input.Batch;

    public override bool MoveNext()
    {
        if (_outputOfRow < _lastOfRow)
        {
            _outputOfRow++;
        }
        else if (_input.MoveNext())
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

    public override bool IsColumnActive(DataViewSchema.Column column) => _input.IsColumnActive(column);

    /// <summary>
    /// The source's ID, mixed with the number of the output row. All are mixed, also the first: otherwise two expanding views
    /// in a row would give the same ID twice.
    /// </summary>
    public override ValueGetter<DataViewRowId> GetIdGetter()
    {
        ValueGetter<DataViewRowId> read = _input.GetIdGetter();
        return (ref DataViewRowId id) =>
        {
            read(ref id);
            id = id.Combine(new DataViewRowId((ulong)_outputOfRow, 0));
        };
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        // The input refuses inactive columns and wrong types, as it would without this cursor.
        ValueGetter<TValue> read = _input.GetGetter<TValue>(column);
        if (column.Index == _columnIndex)
        {
            if (read is ValueGetter<VBuffer<float>> floats)
                return (ValueGetter<TValue>)(object)Dropping(floats);
            if (read is ValueGetter<VBuffer<double>> doubles)
                return (ValueGetter<TValue>)(object)Dropping(doubles);
        }

        return column.Type switch
        {
            VectorDataViewType vector => (ValueGetter<TValue>)RememberingVectorMethod
                .MakeGenericMethod(vector.ItemType.RawType).Invoke(this, BindingFlags.DoNotWrapExceptions, null, [read], null)!,
            PrimitiveDataViewType => Remembering(read),

            // An image or whatever else is not a value: it belongs to who asked for it, and is made anew for each.
            _ => read,
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _position = -1;
            _outputOfRow = _lastOfRow;
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private ValueGetter<VBuffer<T>> Dropping<T>(ValueGetter<VBuffer<T>> read)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var memory = new RowMemory<VBuffer<T>>(_input, read);
        ValueGetter<DataViewRowId> readId = _input.GetIdGetter();
        var dropper = new RowDropper<T>(_plan);
        int originals = _plan.Options.KeepOriginal ? 1 : 0;
        DataViewRowId id = default;

        return (ref VBuffer<T> row) =>
        {
            ref readonly VBuffer<T> original = ref memory.Current();
            if (_outputOfRow < originals)
            {
                dropper.CheckLength(original.Length);
                original.CopyTo(ref row);
                return;
            }

            readId(ref id);
            dropper.Drop(RowKey.FromRowId(id, (uint)(_outputOfRow - originals)), in original, ref row);
        };
    }

    private ValueGetter<TValue> Remembering<TValue>(ValueGetter<TValue> read)
    {
        var memory = new RowMemory<TValue>(_input, read);
        return (ref TValue value) => value = memory.Current();
    }

    private ValueGetter<VBuffer<TItem>> RememberingVector<TItem>(ValueGetter<VBuffer<TItem>> read)
    {
        var memory = new RowMemory<VBuffer<TItem>>(_input, read);
        return (ref VBuffer<TItem> value) => memory.Current().CopyTo(ref value);
    }
}
