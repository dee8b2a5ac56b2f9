using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MLNet.SpatialDropout;

/// <summary>Why the last call of each thread that failed did so, as a text that C can read.</summary>
internal static unsafe class LastError
{
    // A text quotes the options, which may be of any length.
    private const int MaxLength = 2000;

    // Lives until the thread's next error, or its end. Pinned, because C points at it.
    [ThreadStatic]
    private static byte[]? _text;

    [ThreadStatic]
    private static bool _isOutOfMemory;

    /// <summary>The text, which ends with a zero byte.</summary>
    public static byte* Text
    {
        get
        {
            try
            {
                return AddressOf(_isOutOfMemory ? "There is not enough memory."u8 : _text is null ? ""u8 : _text);
            }
            catch (OutOfMemoryException)
            {
                // The first look of a thread at its statics makes them.
                return AddressOf(""u8);
            }
        }
    }

    /// <summary>Notes an error. Throws nothing.</summary>
    /// <returns>The status to return for it.</returns>
    public static Status Set(Exception error)
    {
        try
        {
            // Until there is a text.
            _isOutOfMemory = true;
            if (error is OutOfMemoryException)
                return Status.OutOfMemory;
            bool isRefusal = error is ArgumentException or FormatException or JsonException;
            string text = isRefusal ? Explain(error) : error.ToString();
            if (text.Length > MaxLength)
                text = $"{text.AsSpan(0, MaxLength)}...";
            byte[] bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(text) + 1, pinned: true);
            Encoding.UTF8.GetBytes(text, bytes);
            (_text, _isOutOfMemory) = (bytes, false);
            return isRefusal ? Status.InvalidArgument : Status.InternalError;
        }
        catch (OutOfMemoryException)
        {
            return Status.OutOfMemory;
        }
    }

    // .NET appends the parameter's name and value. The text has both already.
    private static string Explain(Exception error) =>
        error is ArgumentException { ParamName: { } name } ? error.Message.Split($" (Parameter '{name}')")[0] : error.Message;

    // Of memory that does not move: literals and pinned arrays.
    private static byte* AddressOf(ReadOnlySpan<byte> text) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));
}
