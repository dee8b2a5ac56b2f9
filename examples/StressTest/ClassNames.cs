using Microsoft.ML;
using Microsoft.ML.Data;

namespace StressTest;

/// <summary>The classes of a multiclass model, in the order of its scores.</summary>
internal static class ClassNames
{
    private const string SlotNames = "SlotNames";
    private const string LabelValues = "TrainingLabelValues";

    /// <returns>A view with one column of texts; null if the model does not name its classes.</returns>
    public static IDataView? Read(MLContext mlContext, DataViewSchema.Column score)
    {
        DataViewSchema.Annotations annotations = score.Annotations;
        string? kind = annotations.Schema.GetColumnOrNull(SlotNames) is not null ? SlotNames
            : annotations.Schema.GetColumnOrNull(LabelValues) is not null ? LabelValues
            : null;
        if (kind is null || annotations.Schema[kind].Type is not VectorDataViewType type)
            return null;
        Type item = type.ItemType.RawType;
        return item == typeof(ReadOnlyMemory<char>)
                ? Load<ReadOnlyMemory<char>, string>(mlContext, annotations, kind, text => $"{text}")
            : item == typeof(float) ? Load<float>(mlContext, annotations, kind)
            : item == typeof(double) ? Load<double>(mlContext, annotations, kind)
            : item == typeof(bool) ? Load<bool>(mlContext, annotations, kind)
            : item == typeof(sbyte) ? Load<sbyte>(mlContext, annotations, kind)
            : item == typeof(short) ? Load<short>(mlContext, annotations, kind)
            : item == typeof(int) ? Load<int>(mlContext, annotations, kind)
            : item == typeof(long) ? Load<long>(mlContext, annotations, kind)
            : item == typeof(byte) ? Load<byte>(mlContext, annotations, kind)
            : item == typeof(ushort) ? Load<ushort>(mlContext, annotations, kind)
            : item == typeof(uint) ? Load<uint>(mlContext, annotations, kind)
            : item == typeof(ulong) ? Load<ulong>(mlContext, annotations, kind)
            : null;
    }

    private static IDataView Load<T>(MLContext mlContext, DataViewSchema.Annotations annotations, string kind) =>
        Load<T, T>(mlContext, annotations, kind, value => value);

    // ML.NET converts to text, as it does with the label.
    private static IDataView Load<T, TValue>(
        MLContext mlContext, DataViewSchema.Annotations annotations, string kind, Func<T, TValue> convert)
    {
        VBuffer<T> values = default;
        annotations.GetValue(kind, ref values);
        IDataView classes = mlContext.Data.LoadFromEnumerable(
            values.DenseValues().Select(value => new ClassValue<TValue> { Value = convert(value) }).ToArray());

        // MapValueToKey takes a view of one column; ConvertType leaves a hidden one.
        return mlContext.Transforms.Conversion.ConvertType(nameof(ClassValue<>.Value), outputKind: DataKind.String)
            .Append(mlContext.Transforms.SelectColumns(nameof(ClassValue<>.Value)))
            .Fit(classes).Transform(classes);
    }

    private sealed class ClassValue<T>
    {
        public T Value { get; set; } = default!;
    }
}
