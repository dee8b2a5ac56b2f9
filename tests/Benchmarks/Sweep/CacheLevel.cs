namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A level of memory, and the size of source and destination together that fits it.</summary>
internal sealed record CacheLevel(string Name, int Bytes)
{
    public static readonly IReadOnlyList<CacheLevel> All =
    [
        new("L1", 24 * 1024), new("L2", 512 * 1024), new("L3", 16 * 1024 * 1024), new("memory", 240_000_000),
    ];
}
