namespace Shards;

/// <summary>What the command line asks for; the defaults are what it does without arguments.</summary>
public sealed record ShardsSettings
{
    /// <summary>The shards, and the worker processes that run at a time.</summary>
    public int Shards { get; init; } = 4;

    /// <summary>The recordings to generate.</summary>
    public int Recordings { get; init; } = 2000;

    /// <summary>What recordings and masks follow from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The folder for all files; made if it is not there.</summary>
    public string OutputFolder { get; init; } = Path.Combine("artifacts", "shards");
}
