using Examples;
using Microsoft.ML;

namespace StressTest;

/// <summary>A saved model.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Transformer">The model.</param>
/// <param name="Input">The columns it was saved with; null if it was saved without.</param>
public sealed record ModelFile(string Path, ITransformer Transformer, DataViewSchema? Input)
{
    private const string Score = "Score";

    // ML.NET's trainers say with each score what it is.
    private const string ScoreKind = "ScoreColumnKind";

    /// <exception cref="UnfitFileException">The file is not there, or is not a model that loads here.</exception>
    public static ModelFile Load(MLContext mlContext, string path)
    {
        if (!File.Exists(path))
            throw new UnfitFileException(path, "file not found");
        try
        {
            return new ModelFile(path, mlContext.Model.Load(path, out DataViewSchema? input), input);
        }
        catch (Exception unreadable) when (!NativeLibrary.IsMissing(unreadable))
        {
            // Any type, because ML.NET does not document what it throws for other files.
            throw new UnfitFileException(path, $"cannot be read as an ML.NET model: {unreadable.Message}");
        }
    }

    /// <summary>What the model makes of the columns of data.</summary>
    /// <exception cref="UnfitFileException">The data do not fit.</exception>
    public DataViewSchema GetOutput(string dataPath, DataViewSchema data)
    {
        try
        {
            return Transformer.GetOutputSchema(data);
        }
        catch (Exception unfit) when (unfit is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw new UnfitFileException(dataPath, $"does not fit {Path}: {Explain(data, unfit.Message)}");
        }
    }

    /// <summary>What the model predicts.</summary>
    /// <exception cref="UnfitFileException">It is not a model of a kind that this example tests.</exception>
    public ModelKind GetKind(DataViewSchema output)
    {
        if (output.GetColumnOrNull(Score) is not { } score)
            throw new UnfitFileException(Path, "gives no Score; must be a multiclass, binary, regression or ranking model");

        ReadOnlyMemory<char> kind = default;
        if (score.Annotations.Schema.GetColumnOrNull(ScoreKind) is not null)
            score.Annotations.GetValue(ScoreKind, ref kind);
        return Enum.GetValues<ModelKind>().Cast<ModelKind?>().FirstOrDefault(known => IsCalled(known!.Value, kind.Span))
            ?? throw new UnfitFileException(
                Path,
                $"its Score is of the kind '{kind}'; must be a multiclass, binary, regression or ranking model");
    }

    private static bool IsCalled(ModelKind kind, ReadOnlySpan<char> name) =>
        name.StartsWith(kind.ToString(), StringComparison.OrdinalIgnoreCase);

    // A model may not need all columns it was saved with: a missing one explains a failure, but is none by itself.
    private string Explain(DataViewSchema data, string message)
    {
        foreach (DataViewSchema.Column column in Input ?? Enumerable.Empty<DataViewSchema.Column>())
        {
            if (data.GetColumnOrNull(column.Name) is not { } found)
            {
                // A column that ML.NET's message does not name is not the reason.
                if (message.Contains($"'{column.Name}'", StringComparison.Ordinal))
                    return $"the model wants a column '{column.Name}' of {column.Type}; the file has"
                        + $" {string.Join(", ", data.Select(other => other.Name))}";
            }
            else if (!found.Type.Equals(column.Type))
            {
                return $"the model wants column '{column.Name}' of {column.Type}, but in the file it is {found.Type}";
            }
        }

        return message;
    }
}
