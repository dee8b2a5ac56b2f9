using System.Numerics;

namespace MLNet.SpatialDropout;

/// <summary>A plan's work on the arrays of callers, which may be longer than spans can be.</summary>
internal static unsafe class Rows
{
    // Far fewer than a span can have, so that tests meet the seams.
    private const int ElementsAtOnce = 1 << 20;

    public static void DrawMasks(DropoutPlan plan, MaskKey* keys, long rows, bool* keep)
    {
        MemoryRules.Check(nameof(keys), keys, rows, sizeof(MaskKey));
        MemoryRules.Check(nameof(keep), keep, rows, plan.MaskLength);
        int rowsAtOnce = Math.Max(1, ElementsAtOnce / plan.MaskLength);
        for (long first = 0; first < rows; first += rowsAtOnce)
        {
            int count = (int)Math.Min(rowsAtOnce, rows - first);
            plan.DrawMasks(
                new ReadOnlySpan<MaskKey>(keys + first, count),
                new Span<bool>(keep + (first * plan.MaskLength), count * plan.MaskLength));
        }
    }

    public static void Apply<T>(RowDropout<T> dropout, int length, MaskKey* keys, long rows, T* source, T* destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MemoryRules.Check(nameof(keys), keys, rows, sizeof(MaskKey));
        long rowBytes = (long)length * sizeof(T);
        MemoryRules.Check(nameof(source), source, rows, rowBytes);
        MemoryRules.Check(nameof(destination), destination, rows, rowBytes);
        if (destination != source)
            MemoryRules.CheckApart(source, rows * rowBytes, destination, rows * rowBytes);

        int rowsAtOnce = Math.Max(1, ElementsAtOnce / length);
        for (long first = 0; first < rows; first += rowsAtOnce)
        {
            int count = (int)Math.Min(rowsAtOnce, rows - first);
            dropout.ApplyRows(
                new ReadOnlySpan<MaskKey>(keys + first, count),
                new ReadOnlySpan<T>(source + (first * length), count * length),
                new Span<T>(destination + (first * length), count * length));
        }
    }

    public static void Expand<T>(
        RowDropout<T> dropout, int length, MaskKey* keys, long rows, long copies, bool keepOriginal, T* source, T* destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (copies < 1)
            ThrowHelper.ThrowOutOfRange(nameof(copies), copies, "at least 1");
        MemoryRules.Check(nameof(keys), keys, rows, sizeof(MaskKey));
        long rowBytes = (long)length * sizeof(T);
        MemoryRules.Check(nameof(source), source, rows, rowBytes);
        long written = copies + (keepOriginal ? 1 : 0);
        if (copies > (nint.MaxValue / rowBytes) - 1)
            throw new ArgumentException($"copies is {copies}. At {rowBytes} bytes a copy, destination cannot be so large.");
        MemoryRules.Check(nameof(destination), destination, rows, written * rowBytes);
        MemoryRules.CheckApart(source, rows * rowBytes, destination, rows * written * rowBytes);

        for (long row = 0; row < rows; row++)
        {
            var values = new ReadOnlySpan<T>(source + (row * length), length);
            T* next = destination + (row * written * length);
            if (keepOriginal)
            {
                values.CopyTo(new Span<T>(next, length));
                next += length;
            }

            for (long copy = 0; copy < copies; copy++, next += length)
                dropout.Apply(keys[row] with { Copy = keys[row].Copy + (uint)copy }, values, new Span<T>(next, length));
        }
    }
}
