namespace StressTest;

/// <summary>A file cannot be tested. The message says in one line which, and why.</summary>
public sealed class UnfitFileException : Exception
{
    public UnfitFileException(string file, string reason)
        : base($"{file}: {OneLine(reason)}")
    {
    }

    /// <summary>Another component refused the file or what is in it.</summary>
    public UnfitFileException(string file, Exception cause)
        : this(file, WithoutParameter(cause))
    {
    }

    // The parameter of a method says nothing to the user of a command.
    private static string WithoutParameter(Exception cause) => cause is ArgumentException { ParamName: { } name }
        ? cause.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : cause.Message;

    // Messages of ML.NET may have several lines.
    private static string OneLine(string reason) =>
        string.Join(' ', reason.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
