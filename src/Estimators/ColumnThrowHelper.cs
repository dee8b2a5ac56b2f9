using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MLNet.SpatialDropout;

/// <summary>Throws for columns and rows that do not fit, with the exceptions that ML.NET uses.</summary>
internal static class ColumnThrowHelper
{
    private const string BackendCure =
        "A dropout backend reads its column ahead with a second cursor, so every pass must give the same rows. Cache the source,"
        + " or leave Backend null.";

    /// <summary>A column has another type than the options require. ML.NET's exception for a schema mismatch.</summary>
    [DoesNotReturn]
    public static void ThrowMismatch(string parameter, string column, string expected, string actual, string cure = "") =>
        throw new ArgumentOutOfRangeException(
            parameter,
            $"Schema mismatch for column '{column}': expected {expected}, got {actual}.{(cure == "" ? "" : $" {cure}.")}");

    /// <summary>The schema has no column of that name.</summary>
    [DoesNotReturn]
    public static void ThrowMissing(
        string parameter, string column, string expected, IEnumerable<string> columns, string cure = "") =>
        ThrowMismatch(parameter, column, expected, $"no such column; there are {string.Join(", ", columns.Distinct())}", cure);

    /// <summary>A model does not read a column of the data, so that nothing is lost with it.</summary>
    [DoesNotReturn]
    public static void ThrowNotRead(string parameter, string column, bool isInData, IReadOnlyList<string> read) =>
        throw new ArgumentOutOfRangeException(
            parameter,
            (isInData
                ? $"The model does not read column '{column}' of the data, so losing a sensor there changes nothing. If the model has a"
                    + " column of that name, the model creates it itself."
                : $"The data have no column '{column}'. If the model has one, the model creates it itself.")
            + $" The model reads {string.Join(", ", read)}. Set Columns = [{string.Join(", ", read.Select(name => $"\"{name}\""))}]"
            + " in the options, or those of them that are sensors.");

    /// <summary>A row is not as long as its column's type says.</summary>
    [DoesNotReturn]
    public static void ThrowRowLength(string column, int length, int expected) =>
        throw new InvalidOperationException(
            Invariant($"A row of column '{column}' has {length} elements, but the column's type says {expected}."));

    /// <summary>A value is asked for while the cursor is not on a row.</summary>
    [DoesNotReturn]
    public static void ThrowNoRow() => throw new InvalidOperationException(
        "The cursor is not on a row. Call MoveNext first, and read values only while it returns true.");

    /// <summary>A getter is asked for a column that the cursor was not made for.</summary>
    [DoesNotReturn]
    public static void ThrowInactive(string parameter, string column) =>
        throw new ArgumentOutOfRangeException(parameter, $"Column '{column}' is not active in this cursor.");

    /// <summary>A getter is asked for with another type than the column has.</summary>
    [DoesNotReturn]
    public static void ThrowGetterType(string column, Type expected, Type actual) => throw new InvalidOperationException(
        $"Invalid TValue in GetGetter for column '{column}': '{actual}', expected type: '{expected}'.");

    /// <summary>A batch of rows could not be read.</summary>
    [DoesNotReturn]
    public static void ThrowFailedBatch() =>
        throw new InvalidOperationException("Reading this batch failed earlier; create a new cursor.");

    /// <summary>The source's second cursor ends before its first.</summary>
    [DoesNotReturn]
    public static void ThrowFewerRows(long position) => throw new InvalidOperationException(
        Invariant($"A second cursor over the source ends before row {position} of the first. {BackendCure}"));

    /// <summary>The source's second cursor gives other rows than its first.</summary>
    [DoesNotReturn]
    public static void ThrowOtherRow(long position, object id, object otherId) => throw new InvalidOperationException(
        Invariant($"Row {position} of the source is {id}, but {otherId} for a second cursor. {BackendCure}"));

    private static string Invariant(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
