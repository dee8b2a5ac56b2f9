using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Checks what the numbers of classes stand for.</summary>
internal static class ClassRules
{
    private const string ClassValues = "TrainingLabelValues";

    /// <summary>
    /// Checks that the keys of a label are the classes of a model in their order. ML.NET compares a key with the index of the
    /// highest score, whatever they stand for.
    /// </summary>
    /// <param name="label">The column of the truth.</param>
    /// <param name="score">The column of the scores. Those of other tasks have no classes.</param>
    public static void CheckOrder(DataViewSchema.Column label, DataViewSchema.Column score)
    {
        if (label.Type is not KeyDataViewType || score.Type is not VectorDataViewType)
            return;
        CheckOrder<ReadOnlyMemory<char>>(label, score, "SlotNames");
        CheckOrder<ReadOnlyMemory<char>>(label, score, ClassValues);
        CheckOrder<float>(label, score, ClassValues);
        CheckOrder<double>(label, score, ClassValues);
        CheckOrder<bool>(label, score, ClassValues);
        CheckOrder<byte>(label, score, ClassValues);
        CheckOrder<int>(label, score, ClassValues);
        CheckOrder<uint>(label, score, ClassValues);
        CheckOrder<long>(label, score, ClassValues);
        CheckOrder<ulong>(label, score, ClassValues);
    }

    // Values of different types are not compared: the text of a number depends on who wrote it.
    private static void CheckOrder<T>(DataViewSchema.Column label, DataViewSchema.Column score, string annotation)
    {
        if (ValuesOf<T>(label, "KeyValues") is not { } labelled || ValuesOf<T>(score, annotation) is not { } scored
            || (labelled.Length <= scored.Length && scored.AsSpan().StartsWith(labelled)))
            return;
        ColumnThrowHelper.ThrowMismatch(
            "data", label.Name, $"keys of the model's classes in their order, {string.Join(", ", scored)}",
            $"keys of {string.Join(", ", labelled)}",
            "Leave the label as the model was trained on it, and map it inside the pipeline with MapValueToKey");
    }

    private static string[]? ValuesOf<T>(DataViewSchema.Column column, string annotation)
    {
        if (column.Annotations.Schema.GetColumnOrNull(annotation)?.Type is not VectorDataViewType { ItemType: var itemType }
            || itemType.RawType != typeof(T))
            return null;
        VBuffer<T> values = default;
        column.Annotations.GetValue(annotation, ref values);
        return [.. values.DenseValues().Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}"))];
    }
}
