namespace Examples;

/// <summary>The exit code of an example.</summary>
public enum ExitCode
{
    Success = 0,

    /// <summary>The work could not be done on this machine, or came out wrong.</summary>
    Failure = 1,

    /// <summary>An option or a file cannot be used.</summary>
    BadUsage = 2,
}
