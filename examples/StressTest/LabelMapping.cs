using Microsoft.ML;
using Microsoft.ML.Data;

namespace StressTest;

/// <summary>
/// Turns labels into what ML.NET evaluates. A model predicts without a label, so it may leave a label as the file has it.
/// </summary>
internal static class LabelMapping
{
    /// <summary>Appends to a model what its label, or the group of a ranking, needs.</summary>
    /// <exception cref="UnfitFileException">The label cannot be compared with what the model predicts.</exception>
    public static ITransformer Append(
        MLContext mlContext, ModelFile model, ModelKind kind, string dataPath, IDataView data, StressTestSettings settings)
    {
        DataViewSchema output = model.GetOutput(dataPath, data.Schema);
        var needed = new EstimatorChain<ITransformer>();
        foreach (IEstimator<ITransformer> step in Steps(mlContext, kind, dataPath, output, settings))
            needed = needed.Append(step);

        // None of the steps learns from rows, so none is read.
        return new TransformerChain<ITransformer>(model.Transformer, needed.Fit(model.Transformer.Transform(data)));
    }

    private static IEnumerable<IEstimator<ITransformer>> Steps(
        MLContext mlContext, ModelKind kind, string dataPath, DataViewSchema output, StressTestSettings settings)
    {
        TransformsCatalog.ConversionTransforms conversion = mlContext.Transforms.Conversion;
        DataViewSchema.Column label = Find(output, settings.Label, "--label", dataPath);
        DataViewType type = label.Type;
        if (kind == ModelKind.Ranking && Find(output, settings.RowGroup, "--row-group", dataPath).Type is not KeyDataViewType)
            yield return conversion.Hash(settings.RowGroup);

        if (type is VectorDataViewType)
        {
            throw new UnfitFileException(dataPath, $"column '{label.Name}' (--label) is {type}, but must be one value");
        }
        else if (kind == ModelKind.Multiclass)
        {
            foreach (IEstimator<ITransformer> step in ClassSteps(mlContext, dataPath, label, output["Score"]))
                yield return step;
        }
        else if (kind == ModelKind.Binary && type is TextDataViewType)
        {
            yield return conversion.ConvertType(label.Name, outputKind: DataKind.Boolean);
        }
        else if (type != NumberDataViewType.Single && type is not (KeyDataViewType or BooleanDataViewType))
        {
            yield return conversion.ConvertType(label.Name, outputKind: DataKind.Single);
        }
    }

    // ML.NET compares the number of a key with the index of the highest score. So the keys must be numbered as the classes are.
    private static IEnumerable<IEstimator<ITransformer>> ClassSteps(
        MLContext mlContext, string dataPath, DataViewSchema.Column label, DataViewSchema.Column score)
    {
        TransformsCatalog.ConversionTransforms conversion = mlContext.Transforms.Conversion;
        bool hasValues = label.Annotations.Schema.GetColumnOrNull("KeyValues") is not null;
        if (label.Type is KeyDataViewType && !hasValues)
            yield break;
        if (ClassNames.Read(mlContext, score) is not { } classes)
        {
            if (label.Type is KeyDataViewType)
                yield break;
            throw new UnfitFileException(
                dataPath, $"column '{label.Name}' (--label) is {label.Type}, but the model names no classes, so it must be a key");
        }

        // As text, because the classes may be of any type.
        if (label.Type is KeyDataViewType)
            yield return conversion.MapKeyToValue(label.Name);
        yield return conversion.ConvertType(label.Name, outputKind: DataKind.String);
        yield return conversion.MapValueToKey(label.Name, keyData: classes);
    }

    private static DataViewSchema.Column Find(DataViewSchema output, string name, string option, string dataPath) =>
        output.GetColumnOrNull(name) ?? throw new UnfitFileException(
            dataPath, $"has no column '{name}' ({option}); it has {string.Join(", ", output.Select(column => column.Name))}");
}
