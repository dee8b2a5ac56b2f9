using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Hashing;
using System.Text;

namespace MLNet.SpatialDropout;

/// <summary>Names the mask of a row: which row, and which of its copies.</summary>
/// <param name="Low">The low half of the row's key.</param>
/// <param name="High">The high half of the row's key. Default: 0.</param>
/// <param name="Copy">The dropped-out copy of the row, counted from 0. Default: 0.</param>
/// <remarks>
/// In an ML.NET pipeline the key is the row's ID, or the hash of its mask key column. A worker without ML.NET finds the same mask
/// with <see cref="FromText"/> or <see cref="FromInteger"/>.
/// </remarks>
/// <example>
/// <code>
/// plan.Apply(new MaskKey(42), source, destination);                // row 42
/// plan.Apply(new MaskKey(42, Copy: 1), source, destination);       // its second copy
/// plan.Apply(MaskKey.FromText("session 7"), source, destination);  // all rows of a session
/// plan.Apply(MaskKey.FromText("session 7") with { Copy = 1 }, source, destination);
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct MaskKey(ulong Low, ulong High = 0, uint Copy = 0)
{
    private const int LongestTextOnStack = 256;

    /// <summary>The key for a mask key column of text: XxHash128 of the UTF-8 bytes.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <returns>The key of the first copy.</returns>
    /// <example>
    /// <code>
    /// MaskKey key = MaskKey.FromText("session 7");   // for the rows whose mask key column reads "session 7"
    /// </code>
    /// </example>
    public static MaskKey FromText(ReadOnlySpan<char> text)
    {
        using var utf8 = new Scratch<byte>(stackalloc byte[LongestTextOnStack], Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, utf8.Span);
        return FromUtf8(utf8.Span);
    }

    /// <summary>The key for a mask key column of integers, keys or booleans: XxHash128 of 8 bytes, little-endian.</summary>
    /// <param name="value">The integer. For an unsigned integer above <see cref="long.MaxValue"/>, the same 64 bits.</param>
    /// <returns>The key of the first copy.</returns>
    /// <example>
    /// <code>
    /// MaskKey seven = MaskKey.FromInteger(7);   // for the rows whose mask key column reads 7
    /// MaskKey yes = MaskKey.FromInteger(1);     // for a column of booleans: the rows that read true
    /// </code>
    /// </example>
    public static MaskKey FromInteger(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Hash(bytes);
    }

    /// <summary><see cref="FromText"/> for a text that is in UTF-8 already.</summary>
    internal static MaskKey FromUtf8(ReadOnlySpan<byte> text) => Hash(text);

    private static MaskKey Hash(ReadOnlySpan<byte> bytes)
    {
        UInt128 hash = XxHash128.HashToUInt128(bytes);
        return new MaskKey((ulong)hash, (ulong)(hash >> 64));
    }
}
