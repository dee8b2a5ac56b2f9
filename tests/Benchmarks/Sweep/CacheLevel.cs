namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Where rows lie: how many bytes source and destination have together.</summary>
internal sealed record CacheLevel(string Name, int Bytes)
{
    public static readonly IReadOnlyList<CacheLevel> All =
    [
        new("L1", 24 * 1024), new("L2", 512 * 1024), new("L3", 16 * 1024 * 1024), new("memory", 240_000_000),
    ];
}
