namespace MLNet.SpatialDropout;

/// <summary>Checks the arrays that callers hand over.</summary>
internal static unsafe class MemoryRules
{
    /// <summary>Checks that there can be an array of so many rows.</summary>
    /// <param name="name">The caller's name of the array.</param>
    /// <param name="array">The array.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="rowBytes">The bytes of a row.</param>
    public static void Check(string name, void* array, long rows, long rowBytes)
    {
        if (rows < 0)
            ThrowHelper.ThrowOutOfRange(nameof(rows), rows, "at least 0");
        if (rows > nint.MaxValue / rowBytes)
            throw new ArgumentException($"rows is {rows}. At {rowBytes} bytes a row, {name} cannot be so large.");
        if (array is null && rows > 0)
            throw new ArgumentException($"{name} is NULL, but rows is {rows}.");
    }

    /// <summary>Checks that a destination does not overlap the source.</summary>
    public static void CheckApart(void* source, long sourceBytes, void* destination, long destinationBytes)
    {
        if ((byte*)source < (byte*)destination + destinationBytes && (byte*)destination < (byte*)source + sourceBytes)
            throw new ArgumentException("destination overlaps source.");
    }
}
