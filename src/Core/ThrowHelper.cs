using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MLNet.SpatialDropout;

/// <summary>Throws for bad options. Each message names the option, its value and what is allowed.</summary>
internal static class ThrowHelper
{
    /// <summary>An option has a value that is never right.</summary>
    [DoesNotReturn]
    public static void ThrowOutOfRange(string option, object? value, string allowed) =>
        throw new ArgumentOutOfRangeException(option, value, Invariant($"{option} must be {allowed}, but is {value ?? "null"}."));

    /// <summary>An option is missing, or does not go with another one.</summary>
    [DoesNotReturn]
    public static void ThrowInvalid(string option, string reason) => throw new ArgumentException(reason, option);

    /// <summary>Two options contradict each other.</summary>
    [DoesNotReturn]
    public static void ThrowConflict(string option, object? value, string other, object? otherValue, string reason) =>
        ThrowInvalid(option, Invariant($"{option} is {value} while {other} is {otherValue}. {reason}"));

    /// <summary>A length does not fit the shapes of the options.</summary>
    [DoesNotReturn]
    public static void ThrowLengthMismatch(
        string parameter, string option, object value, int length, string? column, string allowed) =>
        throw new ArgumentOutOfRangeException(
            parameter, length,
            Invariant($"{option} is {value}, which does not fit vectors of length {length}")
            + $"{(column is null ? "" : $" in column '{column}'")}: {allowed}.");

    private static string Invariant(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
