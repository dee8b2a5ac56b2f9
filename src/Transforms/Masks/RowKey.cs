using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Hashing;
using System.Text;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>What names a row's mask: the row, and which of its copies.</summary>
/// <param name="Low">The low half of the row's key.</param>
/// <param name="High">The high half of the row's key. Default: 0.</param>
/// <param name="Copy">The dropped-out copy of the row, counted from 0. Default: 0.</param>
/// <remarks>
/// In a pipeline the key is the row's <see cref="DataViewRowId"/>, or the hash of its mask key: then a worker without ML.NET
/// finds the same masks with <see cref="FromText"/> or <see cref="FromInteger"/>.
/// </remarks>
/// <example>
/// <code>
/// plan.Apply(new RowKey(42), source, destination);                              // row 42
/// plan.Apply(new RowKey(42, Copy: 1), source, destination);                     // its second copy
/// plan.Apply(RowKey.FromText("session 7"), source, destination);                // all rows of a session
/// plan.Apply(RowKey.FromText("session 7") with { Copy = 1 }, source, destination);
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct RowKey(ulong Low, ulong High = 0, uint Copy = 0)
{
    private const int LongestTextOnStack = 256;

    /// <summary>The low half of the row's key.</summary>
    /// <example>
    /// <code>
    /// RowKey next = row with { Low = row.Low + 1 };   // of the row that follows, in most views and in plan.ApplyRows(row, ...)
    /// </code>
    /// </example>
    public ulong Low { get; init; } = Low;

    /// <summary>The high half of the row's key. Default: 0.</summary>
    /// <example>
    /// <code>
    /// var key = new RowKey(Low: 42, High: file);   // row 42 of a file, with other losses than row 42 of another
    /// </code>
    /// </example>
    public ulong High { get; init; } = High;

    /// <summary>The dropped-out copy of the row, counted from 0. Default: 0.</summary>
    /// <example>
    /// <code>
    /// plan.Apply(row with { Copy = 1 }, source, destination);   // the second of the copies that a view with Copies = 2 has
    /// </code>
    /// </example>
    public uint Copy { get; init; } = Copy;

    /// <summary>The key of the first copy of a row.</summary>
    /// <param name="id">The ID that an <see cref="Microsoft.ML.IDataView"/> gives the row.</param>
    /// <example>
    /// <code>
    /// getId(ref id);             // of the row that a cursor is at
    /// plan.Apply(id, row, row);  // as a dropped-out view does
    /// </code>
    /// </example>
    public static implicit operator RowKey(DataViewRowId id) => FromRowId(id);

    /// <summary>The key of the first copy of a row.</summary>
    /// <param name="id">The ID that an <see cref="Microsoft.ML.IDataView"/> gives the row.</param>
    /// <example>
    /// <code>
    /// RowKey secondCopy = RowKey.FromRowId(id) with { Copy = 1 };   // of the row that a view knows by this ID
    /// </code>
    /// </example>
    public static RowKey FromRowId(DataViewRowId id) => new(id.Low, id.High);

    /// <summary>The key of a mask key that is a text: XxHash128 of its UTF-8.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <example>
    /// <code>
    /// RowKey key = RowKey.FromText("session 7");   // of the rows where the column MaskKeyColumnName reads "session 7"
    /// </code>
    /// </example>
    public static RowKey FromText(ReadOnlySpan<char> text)
    {
        using var utf8 = new Scratch<byte>(stackalloc byte[LongestTextOnStack], Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, utf8.Span);
        return Hash(utf8.Span);
    }

    /// <summary>The key of a mask key that is an integer, a key or a boolean: XxHash128 of its 8 bytes, little-endian.</summary>
    /// <param name="value">The integer; of an unsigned one above <see cref="long.MaxValue"/>, the same 64 bits.</param>
    /// <example>
    /// <code>
    /// RowKey key = RowKey.FromInteger(7);    // of the rows where the column MaskKeyColumnName reads 7
    /// RowKey yes = RowKey.FromInteger(1);    // and of those where a column of booleans reads true
    /// </code>
    /// </example>
    public static RowKey FromInteger(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Hash(bytes);
    }

    private static RowKey Hash(ReadOnlySpan<byte> bytes)
    {
        UInt128 hash = XxHash128.HashToUInt128(bytes);
        return new RowKey((ulong)hash, (ulong)(hash >> 64));
    }
}
