using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MLNet.SpatialDropout;

/// <summary>The refusals of bad input: each names the culprit, its value and what is allowed.</summary>
internal static class Refuse
{
    private const string BackendNeedsRepeatable =
        "A dropout backend reads its column ahead with a cursor of its own, so every pass must give the same rows: cache the"
        + " source, or leave Backend null.";

    /// <summary>An option whose value can never be right.</summary>
    [DoesNotReturn]
    public static void Value(string option, object? value, string allowed) =>
        throw new ArgumentOutOfRangeException(option, value, Invariant($"{option} must be {allowed}, but is {value ?? "null"}."));

    /// <summary>An option that is missing, or that does not go with another one.</summary>
    [DoesNotReturn]
    public static void Combination(string option, string reason) => throw new ArgumentException(reason, option);

    /// <summary>Two options that do not go together.</summary>
    [DoesNotReturn]
    public static void Both(string option, object? value, string other, object? otherValue, string reason) =>
        Combination(option, Invariant($"{option} is {value} while {other} is {otherValue}. {reason}"));

    /// <summary>A schema without the column that the options ask for; ML.NET's exception for a schema mismatch.</summary>
    [DoesNotReturn]
    public static void Column(string parameter, string column, string expected, string actual) =>
        throw new ArgumentOutOfRangeException(
            parameter, $"Schema mismatch for column '{column}': expected {expected}, got {actual}.");

    /// <summary>A schema without a column of that name.</summary>
    [DoesNotReturn]
    public static void MissingColumn(string parameter, string column, string expected, IEnumerable<string> columns) =>
        Column(parameter, column, expected, $"no such column; there are {string.Join(", ", columns.Distinct())}");

    /// <summary>A length that does not fit the shapes of the options.</summary>
    [DoesNotReturn]
    public static void Length(string parameter, string option, object value, int length, string? column, string allowed) =>
        throw new ArgumentOutOfRangeException(
            parameter, length,
            Invariant($"{option} is {value}, which does not fit vectors of length {length}")
            + $"{(column is null ? "" : $" in column '{column}'")}: {allowed}.");

    /// <summary>A row that is not as long as its column's type promised.</summary>
    [DoesNotReturn]
    public static void Row(string column, int length, int promised) =>
        throw new InvalidOperationException(
            Invariant($"A row of column '{column}' has {length} elements, but the column's type promised {promised}."));

    /// <summary>A value asked of a cursor that stands on no row.</summary>
    [DoesNotReturn]
    public static void NoRow() =>
        throw new InvalidOperationException("The cursor stands on no row: MoveNext was not called, or returned false.");

    /// <summary>A row of a batch that could not be made.</summary>
    [DoesNotReturn]
    public static void FailedBatch() => throw new InvalidOperationException(
        "The batch of this row failed, as an earlier exception said, and cannot be made again: take a new cursor.");

    /// <summary>A source whose second cursor has fewer rows than its first.</summary>
    [DoesNotReturn]
    public static void FewerRows(long position) => throw new InvalidOperationException(
        Invariant($"A second cursor over the source ends before row {position} of the first. {BackendNeedsRepeatable}"));

    /// <summary>A source whose second cursor has other rows than its first.</summary>
    [DoesNotReturn]
    public static void OtherRow(long position, object id, object otherId) => throw new InvalidOperationException(
        Invariant($"Row {position} of the source is {id}, but {otherId} for a second cursor. {BackendNeedsRepeatable}"));

    /// <summary>A column that a cursor was not asked for.</summary>
    [DoesNotReturn]
    public static void InactiveColumn(string parameter, string column) =>
        throw new ArgumentOutOfRangeException(parameter, $"Column '{column}' is not active in this cursor.");

    private static string Invariant(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
