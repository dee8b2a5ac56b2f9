using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout.Tests;

/// <summary><c>sd_key</c> of the header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct NativeKey(ulong Low, ulong High, uint Copy, uint Reserved)
{
    // What is not read must not matter.
    public static NativeKey From(MaskKey key) => new(key.Low, key.High, key.Copy, Reserved: 0xDEADBEEF);
}
