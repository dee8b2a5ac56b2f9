using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>Words that were drawn before.</summary>
internal readonly ref struct StoredWords : IRowWords
{
    private readonly ref readonly uint _words;

    /// <param name="words">The words, filled up to the widest vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StoredWords(ReadOnlySpan<uint> words) => _words = ref MemoryMarshal.GetReference(words[..Vector512<uint>.Count]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<uint> ToVector() => Vector512.LoadUnsafe(in _words);
}
