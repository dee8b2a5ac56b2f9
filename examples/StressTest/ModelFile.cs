using Examples;
using Microsoft.ML;

namespace StressTest;

/// <summary>A saved model.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Transformer">The model.</param>
/// <param name="Input">The columns it was saved with; null if it was saved without.</param>
public sealed record ModelFile(string Path, ITransformer Transformer, DataViewSchema? Input)
{
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
}
