using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Checks what the numbers of classes stand for.</summary>
internal static class ClassRules
{
    /// <summary>
    /// Checks that the keys of a label are the classes of a model in their order. ML.NET compares a key with the index of the highest
    /// score, whatever they stand for.
    /// </summary>
    /// <param name="label">The column of the truth.</param>
    /// <param name="score">The column of the scores. Those of other tasks have no classes.</param>
    public static void CheckOrder(DataViewSchema.Column label, DataViewSchema.Column score)
    {
        if (label.Type is not KeyDataViewType || score.Type is not VectorDataViewType
            || Values(label, "KeyValues") is not { } labelled
            || (Values(score, "TrainingLabelValues") ?? Values(score, "SlotNames")) is not { } scored
            || scored.SequenceEqual(labelled))
            return;
        ColumnThrowHelper.ThrowMismatch(
            "data", label.Name, $"keys of the model's classes in their order, {string.Join(", ", scored)}",
            $"keys of {string.Join(", ", labelled)}",
            "Leave the label as the model was trained on it, and map it inside the pipeline with MapValueToKey");
    }

    // As text. Null if there are none, or if they are of a type that classes rarely have.
    private static string[]? Values(DataViewSchema.Column column, string annotation) =>
        ValuesOf<ReadOnlyMemory<char>>(column, annotation)
        ?? ValuesOf<float>(column, annotation) ?? ValuesOf<double>(column, annotation) ?? ValuesOf<bool>(column, annotation)
        ?? ValuesOf<byte>(column, annotation) ?? ValuesOf<int>(column, annotation) ?? ValuesOf<uint>(column, annotation)
        ?? ValuesOf<long>(column, annotation) ?? ValuesOf<ulong>(column, annotation);

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
