using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>Checks the spans that callers hand to a plan.</summary>
internal static class SpanRules
{
    /// <summary>Checks that a source has the length that the plan allows, and that its destination fits it.</summary>
    public static void Check<T>(ReadOnlySpan<T> source, Span<T> destination, long length)
    {
        if (source.Length != length)
            ThrowLength(nameof(source), source.Length, "the plan is for", length);
        CheckDestination(source, destination);
    }

    /// <summary>Checks that a destination is as long as its source, and is the same memory or does not overlap it.</summary>
    public static void CheckDestination<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (destination.Length != source.Length)
            ThrowLength(nameof(destination), destination.Length, "the source has", source.Length);
        if (!Unsafe.AreSame(in MemoryMarshal.GetReference(source), in MemoryMarshal.GetReference(destination))
            && source.Overlaps(destination))
            ThrowOverlap(nameof(destination));
    }

    // The message is built here because a caller that built it would clear stack space for that in every call.
    [DoesNotReturn]
    public static void ThrowLength(string parameter, int length, string what, long allowed, string rest = "elements") =>
        throw new ArgumentException($"The span has {length} elements; {what} {allowed} {rest}.", parameter);

    [DoesNotReturn]
    private static void ThrowOverlap(string parameter) =>
        throw new ArgumentException(
            "The destination overlaps the source without being the same memory. Use the same span, or one that does not overlap.",
            parameter);
}
