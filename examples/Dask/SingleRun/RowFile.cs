using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SingleRun;

/// <summary>Writes rows of <see cref="float"/> as a file of NumPy: a header in text, then the numbers.</summary>
internal sealed class RowFile : IDisposable
{
    // NumPy aligns the numbers so, and knows the length of the header from two bytes before it.
    private const int Alignment = 64;
    private const int LengthBytes = 10;

    private readonly FileStream _stream;

    public RowFile(string path, long rows)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {Recording.Length}), }}");
        int length = ((LengthBytes + text.Length + Alignment) / Alignment * Alignment) - LengthBytes;
        byte[] header = [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8),
            .. Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n")];
        _stream = File.Create(path);
        _stream.Write(header);
    }

    public void Write(ReadOnlySpan<float> row) => _stream.Write(MemoryMarshal.AsBytes(row));

    public void Dispose() => _stream.Dispose();
}
