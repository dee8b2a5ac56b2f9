using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using MLNet.SpatialDropout;

namespace ArrowWorker;

/// <summary>Reads what names the masks of rows, as ML.NET's mask key column does.</summary>
internal static class RowKeys
{
    /// <exception cref="BadInputException">The column cannot name masks, or a row has no key.</exception>
    public static MaskKey[] Read(IArrowArray keys, string column)
    {
        // A missing text is the empty text, as in ML.NET. No integer is a missing one.
        if (keys.NullCount > 0 && keys is not (StringArray or LargeStringArray))
            throw new BadInputException($"Column '{column}' names the masks, but has nulls. Fill them, or leave these rows out.");
        return keys switch
        {
            StringArray texts => [.. Enumerable.Range(0, texts.Length).Select(row => FromText(texts.GetString(row)))],
            LargeStringArray texts => [.. Enumerable.Range(0, texts.Length).Select(row => FromText(texts.GetString(row, Encoding.UTF8)))],
            BooleanArray values => [.. Enumerable.Range(0, values.Length).Select(row => MaskKey.FromInteger(values.GetValue(row)!.Value ? 1 : 0))],
            Int8Array values => FromIntegers(values, value => value),
            Int16Array values => FromIntegers(values, value => value),
            Int32Array values => FromIntegers(values, value => value),
            Int64Array values => FromIntegers(values, value => value),
            UInt8Array values => FromIntegers(values, value => value),
            UInt16Array values => FromIntegers(values, value => value),
            UInt32Array values => FromIntegers(values, value => value),
            UInt64Array values => FromIntegers(values, value => unchecked((long)value)),
            _ => throw new BadInputException(
                $"Column '{column}' is {Name(keys.Data.DataType)}, but must be texts, integers or booleans to name masks."),
        };
    }

    private static MaskKey FromText(string? text) => MaskKey.FromText(text ?? "");

    private static MaskKey[] FromIntegers<T>(PrimitiveArray<T> values, Func<T, long> toInteger)
        where T : struct, IEquatable<T>
    {
        var keys = new MaskKey[values.Length];
        ReadOnlySpan<T> all = values.Values;
        for (int row = 0; row < keys.Length; row++)
            keys[row] = MaskKey.FromInteger(toInteger(all[row]));
        return keys;
    }

    private static string Name(IArrowType type) => type.TypeId.ToString();
}
