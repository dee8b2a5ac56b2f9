using System.Numerics;
using System.Text.Unicode;

namespace MLNet.SpatialDropout;

/// <summary>Makes keys of what names rows.</summary>
internal static unsafe class Keys
{
    /// <summary>Of row numbers that count up.</summary>
    public static void FromRowNumbers(ulong first, long rows, MaskKey* keys)
    {
        MemoryRules.Check(nameof(keys), keys, rows, sizeof(MaskKey));
        for (long row = 0; row < rows; row++)
            Write(new MaskKey(first + (ulong)row), keys + row);
    }

    /// <summary>Of integers.</summary>
    public static void FromIntegers(long* values, long rows, MaskKey* keys)
    {
        MemoryRules.Check(nameof(values), values, rows, sizeof(long));
        MemoryRules.Check(nameof(keys), keys, rows, sizeof(MaskKey));
        for (long row = 0; row < rows; row++)
            Write(MaskKey.FromInteger(values[row]), keys + row);
    }

    /// <summary>Of texts in Arrow's layout.</summary>
    public static void FromUtf8<TOffset>(byte* data, TOffset* offsets, long rows, MaskKey* keys)
        where TOffset : unmanaged, IBinaryInteger<TOffset>
    {
        MemoryRules.Check(nameof(offsets), offsets, rows, sizeof(TOffset));
        MemoryRules.Check(nameof(keys), keys, rows, sizeof(MaskKey));
        for (long row = 0; row < rows; row++)
        {
            long start = long.CreateChecked(offsets[row]);
            long end = long.CreateChecked(offsets[row + 1]);
            Write(MaskKey.FromUtf8(TextOf(data, start, end, row)), keys + row);
        }
    }

    private static ReadOnlySpan<byte> TextOf(byte* data, long start, long end, long row)
    {
        if (start < 0)
            throw new ArgumentException($"offsets[{row}] must be at least 0, but is {start}.");
        if (end < start)
            throw new ArgumentException($"offsets[{row + 1}] must be at least {start}, as offsets[{row}] is, but is {end}.");
        if (end - start > int.MaxValue)
            throw new ArgumentException($"The text of row {row} must have at most {int.MaxValue} bytes, but has {end - start}.");
        if (data is null && end > start)
            throw new ArgumentException($"data is NULL, but the text of row {row} has {end - start} bytes.");

        var text = new ReadOnlySpan<byte>(data + start, (int)(end - start));
        return Utf8.IsValid(text) ? text : throw new ArgumentException($"The text of row {row} is not UTF-8.");
    }

    // The last four bytes of a key have no member, but whoever compares keys as bytes sees them.
    private static void Write(MaskKey key, MaskKey* place)
    {
        *place = key;
        ((uint*)place)[5] = 0;
    }
}
