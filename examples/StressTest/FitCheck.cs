using Microsoft.ML;
using Microsoft.ML.Data;

namespace StressTest;

/// <summary>Checks that model, data and settings fit together. Reads columns alone, so that no row is scored.</summary>
internal static class FitCheck
{
    private const string PredictedLabel = "PredictedLabel";
    private const string Score = "Score";

    /// <returns>What the model predicts.</returns>
    /// <exception cref="UnfitFileException">They do not fit.</exception>
    public static ModelKind Check(ModelFile model, string dataPath, DataViewSchema data, StressTestSettings settings)
    {
        CheckFeatures(dataPath, data, settings);
        DataViewSchema output = GetOutput(model, dataPath, data);
        ModelKind kind = DetectKind(model, output);
        CheckLabel(kind, dataPath, data, output, settings.Label);
        return kind;
    }

    private static void CheckFeatures(string dataPath, DataViewSchema data, StressTestSettings settings)
    {
        if (data.GetColumnOrNull(settings.Features) is not { } column)
            throw new UnfitFileException(dataPath, $"has no column '{settings.Features}' (--features); it has {List(data)}");
        bool isVector = column.Type is VectorDataViewType { IsKnownSize: true } vector
            && (vector.ItemType == NumberDataViewType.Single || vector.ItemType == NumberDataViewType.Double);
        if (!isVector)
            throw new UnfitFileException(
                dataPath,
                $"column '{settings.Features}' (--features) is {column.Type}, but must be a vector of known size of Single or"
                + " Double");
        int length = ((VectorDataViewType)column.Type).Size;
        if (length % settings.Channels != 0)
            throw new UnfitFileException(
                dataPath,
                $"column '{settings.Features}' has {length} values, which --channels {settings.Channels} does not divide");
    }

    private static DataViewSchema GetOutput(ModelFile model, string dataPath, DataViewSchema data)
    {
        try
        {
            return model.Transformer.GetOutputSchema(data);
        }
        catch (Exception unfit) when (unfit is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw new UnfitFileException(dataPath, $"does not fit {model.Path}: {Explain(model.Input, data, unfit.Message)}");
        }
    }

    // A model may not need all columns it was saved with: a missing one explains a failure, but is none by itself.
    private static string Explain(DataViewSchema? expected, DataViewSchema data, string message)
    {
        foreach (DataViewSchema.Column column in expected ?? Enumerable.Empty<DataViewSchema.Column>())
        {
            if (data.GetColumnOrNull(column.Name) is not { } found)
            {
                // A column that ML.NET's message does not name is not the reason.
                if (message.Contains($"'{column.Name}'", StringComparison.Ordinal))
                    return $"the model wants a column '{column.Name}' of {column.Type}; the file has {List(data)}";
            }
            else if (!found.Type.Equals(column.Type))
            {
                return $"the model wants column '{column.Name}' of {column.Type}, but in the file it is {found.Type}";
            }
        }

        return message;
    }

    private static ModelKind DetectKind(ModelFile model, DataViewSchema output)
    {
        if (output.GetColumnOrNull(PredictedLabel) is { } predicted)
        {
            if (predicted.Type is BooleanDataViewType)
                return ModelKind.Binary;
            if (IsClass(predicted.Type))
                return ModelKind.Multiclass;
            throw new UnfitFileException(model.Path, $"PredictedLabel is {predicted.Type}, but must be a key or a boolean");
        }

        return output.GetColumnOrNull(Score)?.Type == NumberDataViewType.Single
            ? ModelKind.Regression
            : throw new UnfitFileException(
                model.Path,
                "gives neither a PredictedLabel nor a Score that is a Single; must be a multiclass, binary or regression model");
    }

    private static void CheckLabel(ModelKind kind, string dataPath, DataViewSchema data, DataViewSchema output, string label)
    {
        // In the model's output, because the model may map the label to a key, in place or from another column.
        if (output.GetColumnOrNull(label) is not { } column)
            throw new UnfitFileException(dataPath, $"has no column '{label}' (--label); it has {List(data)}");
        (bool fits, string allowed) = kind switch
        {
            ModelKind.Multiclass => (IsClass(column.Type), "a key, a text or a number for a multiclass model"),
            ModelKind.Binary => (column.Type is BooleanDataViewType, "a boolean for a binary model"),
            _ => (column.Type is NumberDataViewType, "a number for a regression model"),
        };
        if (!fits)
            throw new UnfitFileException(dataPath, $"column '{label}' (--label) is {column.Type}, but must be {allowed}");
    }

    private static bool IsClass(DataViewType type) => type is KeyDataViewType or TextDataViewType or NumberDataViewType;

    private static string List(DataViewSchema schema) => string.Join(", ", schema.Select(column => column.Name));
}
