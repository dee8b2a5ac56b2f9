namespace Shards;

/// <summary>What the process tells its caller.</summary>
public enum ExitCode
{
    /// <summary>The shards agree with the single run; of a worker: its output is whole.</summary>
    Success = 0,

    /// <summary>The shards do not agree with the single run, or a worker failed.</summary>
    Failure = 1,

    /// <summary>An option cannot be used.</summary>
    BadUsage = 2,
}
