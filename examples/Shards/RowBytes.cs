namespace Shards;

/// <summary>A row of a <see cref="RowFile"/>.</summary>
/// <param name="Key">The recording's key.</param>
/// <param name="Features">Its features, as they lie in the file.</param>
public sealed record RowBytes(string Key, byte[] Features)
{
    /// <summary>Whether key and features are the same.</summary>
    public bool HasBytesOf(RowBytes other) => Key == other.Key && Features.AsSpan().SequenceEqual(other.Features);
}
