namespace Examples;

/// <summary>A <c>.ts</c> file cannot be used. The message says which file, which line, and why.</summary>
public sealed class TsFormatException : Exception
{
    public TsFormatException(string file, int? line, string reason)
        : base(line is null ? $"{file}: {reason}" : $"{file}, line {line}: {reason}") =>
        (File, Line, Reason) = (file, line, reason);

    public string File { get; }

    /// <summary>The line, counted from 1; null if no single line is the reason.</summary>
    public int? Line { get; }

    public string Reason { get; }
}
