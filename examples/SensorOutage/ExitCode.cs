namespace SensorOutage;

/// <summary>What the process tells its caller.</summary>
public enum ExitCode
{
    Success = 0,

    /// <summary>No trainer could run on this machine.</summary>
    NoTrainer = 1,

    /// <summary>An option or a file cannot be used.</summary>
    BadUsage = 2,
}
