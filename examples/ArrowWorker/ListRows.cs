using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using MLNet.SpatialDropout;

namespace ArrowWorker;

/// <summary>The rows of a column of lists. Null rows stay null, and so do null values that are kept.</summary>
internal sealed class ListRows
{
    private readonly IArrowArray _lists;
    private readonly IArrowArray _values;
    private readonly string _column;

    // The rows that have values. A null row of a fixed-size list has some too, which nobody reads.
    private readonly int[] _rows;
    private readonly Func<int, long> _firstValue;

    private ListRows(
        IArrowArray lists, IArrowArray values, string column, int? expectedLength, Func<int, long> firstValue, Func<int, long> lengthOf)
    {
        (_lists, _values, _column, _firstValue) = (lists, values, column, firstValue);
        bool isFixed = lists is FixedSizeListArray;
        _rows = [.. Enumerable.Range(0, lists.Length).Where(row => isFixed || lists.IsValid(row))];
        RowLength = expectedLength ?? (_rows.Length > 0 ? checked((int)lengthOf(_rows[0])) : 0);
        foreach (int row in _rows)
        {
            if (lengthOf(row) != RowLength || RowLength == 0)
                throw new BadInputException(
                    $"Row {row} of a batch has {lengthOf(row)} values in column '{column}', but must have"
                    + $" {(RowLength == 0 ? "at least one" : $"{RowLength}, as the first row has")}.");
        }
    }

    /// <summary>The number of values of each row; 0 if there are none.</summary>
    public int RowLength { get; }

    /// <param name="lists">The column of a batch.</param>
    /// <param name="column">Its name.</param>
    /// <param name="expectedLength">The length of the rows before; null for the first.</param>
    /// <exception cref="BadInputException">The column is of another type, or its rows differ in length.</exception>
    public static ListRows Read(IArrowArray lists, string column, int? expectedLength) => lists switch
    {
        // The values are those of the array that this one is a slice of.
        FixedSizeListArray { Data.DataType: FixedSizeListType type } array => new ListRows(
            array, CheckValues(array.Values, array, column), column, expectedLength,
            row => (long)(array.Offset + row) * type.ListSize, _ => type.ListSize),
        ListArray array => new ListRows(
            array, CheckValues(array.Values, array, column), column, expectedLength,
            row => array.ValueOffsets[row], row => array.ValueOffsets[row + 1] - array.ValueOffsets[row]),
        LargeListArray array => new ListRows(
            array, CheckValues(array.Values, array, column), column, expectedLength,
            row => array.ValueOffsets[row], row => array.ValueOffsets[row + 1] - array.ValueOffsets[row]),
        _ => throw Mismatch(lists, column),
    };

    /// <summary>The column, dropped out.</summary>
    /// <param name="plan">The plan for rows of this length.</param>
    /// <param name="keys">The key of each row of the batch.</param>
    public IArrowArray DropOut(DropoutPlan plan, MaskKey[] keys)
    {
        MaskKey[] ofRows = [.. _rows.Select(row => keys[row])];
        return _values is FloatArray floats
            ? DropOut(floats, plan, ofRows, values => plan.ApplyRows(ofRows, values, values))
            : DropOut((DoubleArray)_values, plan, ofRows, values => plan.ApplyRows(ofRows, values, values));
    }

    private IArrowArray DropOut<T>(PrimitiveArray<T> values, DropoutPlan plan, MaskKey[] keys, Action<Span<T>> apply)
        where T : unmanaged, INumber<T>
    {
        var data = new byte[checked(_rows.Length * RowLength * Marshal.SizeOf<T>())];
        Span<T> items = MemoryMarshal.Cast<byte, T>(data.AsSpan());
        bool[]? isNull = values.NullCount > 0 ? new bool[items.Length] : null;
        for (int i = 0; i < _rows.Length; i++)
        {
            int first = checked((int)_firstValue(_rows[i]));
            if (_lists.IsValid(_rows[i]))
                values.Values.Slice(first, RowLength).CopyTo(items[(i * RowLength)..]);
            for (int j = 0; j < RowLength && isNull is not null; j++)
                isNull[(i * RowLength) + j] = values.IsNull(first + j);
        }

        apply(items);
        if (isNull is not null)
            FillNulls(isNull, plan, keys);
        return Build(values.Data.DataType, items.Length, data, isNull);
    }

    // A null value that drops becomes the fill, which is not null.
    private void FillNulls(bool[] isNull, DropoutPlan plan, MaskKey[] keys)
    {
        if ($"{plan.Options.Fill}".Contains($"{DropoutFill.LastValue}", StringComparison.Ordinal))
            throw new BadInputException(
                $"Column '{_column}' has nulls within its rows, and a stuck channel could repeat one. Replace them, or use a fill other than"
                + " LastValue.");
        var kept = new float[isNull.Length];
        kept.AsSpan().Fill(1);
        DropoutPlan.Create(plan.Options with { Fill = DropoutFill.Zero, Scaling = DropoutScaling.None }, plan.Length)
            .ApplyRows(keys, kept, kept);
        for (int i = 0; i < isNull.Length; i++)
            isNull[i] &= kept[i] == 1;
    }

    private IArrowArray Build(IArrowType valueType, int valueCount, byte[] data, bool[]? isNull)
    {
        var values = new ArrayData(
            valueType, valueCount, isNull?.Count(value => value) ?? 0, offset: 0,
            [isNull is null ? ArrowBuffer.Empty : Bits(isNull.Select(value => !value)), new ArrowBuffer(data)]);
        ArrowBuffer validity = _lists.NullCount == 0
            ? ArrowBuffer.Empty
            : Bits(Enumerable.Range(0, _lists.Length).Select(_lists.IsValid));
        ArrowBuffer[] buffers = _lists switch
        {
            ListArray => [validity, new ArrowBuffer.Builder<int>().AppendRange(Offsets().Select(offset => checked((int)offset))).Build()],
            LargeListArray => [validity, new ArrowBuffer.Builder<long>().AppendRange(Offsets()).Build()],
            _ => [validity],
        };
        return ArrowArrayFactory.BuildArray(
            new ArrayData(_lists.Data.DataType, _lists.Length, _lists.NullCount, offset: 0, buffers, [values]));
    }

    private IEnumerable<long> Offsets()
    {
        long offset = 0;
        yield return offset;
        for (int row = 0; row < _lists.Length; row++)
            yield return offset += _lists.IsValid(row) ? RowLength : 0;
    }

    private static ArrowBuffer Bits(IEnumerable<bool> values) => new ArrowBuffer.BitmapBuilder().AppendRange(values).Build();

    private static IArrowArray CheckValues(IArrowArray values, IArrowArray lists, string column) =>
        values is FloatArray or DoubleArray ? values : throw Mismatch(lists, column);

    private static BadInputException Mismatch(IArrowArray lists, string column)
    {
        IArrowType type = lists.Data.DataType;
        string items = type is NestedType nested ? $" of {string.Join(", ", nested.Fields.Select(field => field.DataType.TypeId))}" : "";
        return new BadInputException($"Column '{column}' is {type.TypeId}{items}, but must be lists of Float or Double.");
    }
}
