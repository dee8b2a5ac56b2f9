namespace Examples;

/// <summary>Recognizes failures to load a native library.</summary>
public static class NativeLibrary
{
    /// <summary>Whether an exception, or one that it wraps, is about a library that could not be loaded.</summary>
    public static bool IsMissing(Exception exception) =>
        exception is DllNotFoundException
        || (exception is AggregateException several && several.InnerExceptions.Any(IsMissing))
        || (exception.InnerException is { } inner && IsMissing(inner));

    /// <summary>One line that says which trainer is skipped, and the cure.</summary>
    public static string Explain(TrainerKind trainer)
    {
        string skipped = $"{TrainerCatalog.NameOf(trainer)} is skipped: its native library";
        return trainer == TrainerKind.LightGbm
            ? $"{skipped}, or libgomp that it needs, could not be loaded; on Debian and Ubuntu: apt-get install libgomp1."
            : $"{skipped} could not be loaded.";
    }
}
