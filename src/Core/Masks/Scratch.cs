using System.Buffers;

namespace MLNet.SpatialDropout;

/// <summary>
/// Working memory for the duration of a <c>using</c> block: on the stack if it is short, else from the shared pool. Nothing is
/// allocated per row.
/// </summary>
internal readonly ref struct Scratch<T>
    where T : unmanaged
{
    private readonly T[]? _rented;

    /// <param name="stack">Memory of the caller's stack.</param>
    /// <param name="length">The number of elements needed.</param>
    public Scratch(Span<T> stack, int length)
    {
        _rented = length <= stack.Length ? null : ArrayPool<T>.Shared.Rent(length);
        Span = (_rented ?? stack)[..length];
    }

    public Span<T> Span { get; }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<T>.Shared.Return(_rented);
    }
}
