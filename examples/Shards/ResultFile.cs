using System.IO.Hashing;

namespace Shards;

/// <summary>A line of the report.</summary>
/// <param name="Name">What the file is.</param>
/// <param name="Masks">What named the masks.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Elapsed">How long it took to make.</param>
/// <param name="Hash">The XxHash128 of its bytes.</param>
public sealed record ResultFile(
    string Name, MaskSource Masks, string Path, int Rows, long Bytes, TimeSpan Elapsed, string Hash)
{
    /// <summary>Measures a file that is there.</summary>
    public static ResultFile Measure(string name, MaskSource masks, string path, int featureCount, TimeSpan elapsed)
    {
        var hash = new XxHash128();
        using (FileStream stream = File.OpenRead(path))
            hash.Append(stream);
        return new ResultFile(
            name, masks, path, RowFile.Read(path, featureCount).Count(), new FileInfo(path).Length, elapsed,
            Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
