using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>What one pass over scored rows finds.</summary>
internal sealed class ScoredPass
{
    private readonly XxHash128 _hash = new();

    /// <summary>The number of rows with a label.</summary>
    public long RowsWithLabel { get; private set; }

    /// <summary>The number of rows with a label and without a score.</summary>
    public long RowsWithoutScore { get; private set; }

    /// <summary>A hash of all scores, in the order of the rows.</summary>
    public UInt128 Hash => _hash.GetCurrentHashAsUInt128();

    public void AddScore(ReadOnlySpan<float> score) => _hash.Append(MemoryMarshal.AsBytes(score));

    public void AddRow(bool hasScore)
    {
        RowsWithLabel++;
        RowsWithoutScore += hasScore ? 0 : 1;
    }
}
