namespace StressTest;

/// <summary>A file cannot be tested. The message says in one line which, and why.</summary>
public sealed class UnfitFileException : Exception
{
    public UnfitFileException(string file, string reason)
        : base($"{file}: {OneLine(reason)}")
    {
    }

    // Messages of ML.NET may have several lines.
    private static string OneLine(string reason) =>
        string.Join(' ', reason.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
