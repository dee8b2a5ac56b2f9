namespace ArrowWorker;

/// <summary>The stream or the command line cannot be used. The message says why, in one line.</summary>
public sealed class BadInputException : Exception
{
    public BadInputException(string message)
        : base(message)
    {
    }
}
