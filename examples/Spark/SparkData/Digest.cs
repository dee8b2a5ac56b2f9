using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SparkData;

/// <summary>The digest of a set of rows, whatever their order. Its twin is in bundle/run_on_spark.py.</summary>
internal sealed class Digest
{
    // Spark's rows keep neither the sign nor the payload of a NaN, so all count as this one, which is NumPy's.
    private static readonly float Nan = BitConverter.UInt32BitsToSingle(0x7FC00000);

    private readonly List<string> _rows = [];

    public int Count => _rows.Count;

    public void Add(string key, int copy, float[] values)
    {
        byte[] number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, copy);
        float[] items = [.. values.Select(value => float.IsNaN(value) ? Nan : value)];
        _rows.Add(Hash([.. Encoding.UTF8.GetBytes(key), .. number, .. MemoryMarshal.AsBytes(items.AsSpan())]));
    }

    public override string ToString() => Hash(Encoding.ASCII.GetBytes(string.Concat(_rows.Order(StringComparer.Ordinal))));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
