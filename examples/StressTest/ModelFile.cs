using Examples;
using Microsoft.ML;

namespace StressTest;

/// <summary>A saved model.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Transformer">The model.</param>
/// <param name="Input">The columns it was saved with; null where it was saved without.</param>
public sealed record ModelFile(string Path, ITransformer Transformer, DataViewSchema? Input)
{
    /// <exception cref="UnfitFileException">The file is not there, or is no model that loads here.</exception>
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
            // Of any type: what a file that is no model makes ML.NET throw is not documented.
            throw new UnfitFileException(path, $"cannot be read as an ML.NET model: {unreadable.Message}");
        }
    }
}
