namespace Shards;

/// <summary>The settings of a run. The defaults apply without arguments.</summary>
public sealed record ShardsSettings
{
    /// <summary>The shards, and the worker processes that run at a time.</summary>
    public int Shards { get; init; } = 4;

    /// <summary>The recordings to generate.</summary>
    public int Recordings { get; init; } = 2000;

    /// <summary>The seed of recordings and masks.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The folder for all files; created if it does not exist.</summary>
    public string OutputFolder { get; init; } = Path.Combine("artifacts", "shards");
}
