using MLNet.SpatialDropout;

namespace ArrowWorker;

/// <summary>What a worker does to each record batch.</summary>
public sealed record WorkerSettings
{
    /// <summary>What happens to a row.</summary>
    public required DropoutOptions Options { get; init; }

    /// <summary>The column of the rows: lists of float or double, all of one length.</summary>
    public required string Column { get; init; }

    /// <summary>The column that names the masks: texts, integers or booleans. Null if all rows share one.</summary>
    public string? KeyColumn { get; init; }

    /// <summary>The dropped-out copies of each row.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Whether the rows themselves come first.</summary>
    public bool KeepOriginal { get; init; }
}
