using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A call of the library that failed: its status, and what the library says of it.</summary>
internal sealed class NativeException : Exception
{
    public const int InvalidArgument = 1;

    private NativeException(int status, string message)
        : base(message) => Status = status;

    public int Status { get; }

    /// <summary>Throws if a call has failed.</summary>
    public static unsafe void ThrowIfFailed(int status)
    {
        if (status != 0)
            throw new NativeException(status, Marshal.PtrToStringUTF8((nint)NativeMethods.sd_last_error())!);
    }
}
