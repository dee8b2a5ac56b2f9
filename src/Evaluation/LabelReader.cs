using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>Reads labels as ML.NET's evaluators do: as numbers. Keys count from 0, and a missing label is NaN.</summary>
internal static class LabelReader
{
    /// <summary>Makes a reader of the label of the cursor's row.</summary>
    public static Func<float> Create(DataViewRow cursor, DataViewSchema.Column label) => label.Type.RawType switch
    {
        { } type when type == typeof(float) => Reader<float>(cursor, label, value => value),
        { } type when type == typeof(double) => Reader<double>(cursor, label, value => (float)value),
        { } type when type == typeof(bool) => Reader<bool>(cursor, label, value => value ? 1 : 0),
        { } type when type == typeof(byte) => Reader<byte>(cursor, label, value => FromKey(value)),
        { } type when type == typeof(ushort) => Reader<ushort>(cursor, label, value => FromKey(value)),
        { } type when type == typeof(uint) => Reader<uint>(cursor, label, value => FromKey(value)),
        _ => Reader<ulong>(cursor, label, FromKey),
    };

    private static float FromKey(ulong key) => key == 0 ? float.NaN : key - 1;

    private static Func<float> Reader<T>(DataViewRow cursor, DataViewSchema.Column column, Func<T, float> toNumber)
    {
        ValueGetter<T> read = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            read(ref value);
            return toNumber(value);
        };
    }
}
