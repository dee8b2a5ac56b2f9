using System.Buffers;

namespace MLNet.SpatialDropout;

/// <summary>Working memory for the length of a <c>using</c> block, from the shared pool: nothing is allocated per row.</summary>
internal readonly ref struct Scratch<T>
{
    private readonly T[] _rented;

    public Scratch(int length)
    {
        _rented = ArrayPool<T>.Shared.Rent(length);
        Span = _rented.AsSpan(0, length);
    }

    public Span<T> Span { get; }

    public void Dispose() => ArrayPool<T>.Shared.Return(_rented);
}
