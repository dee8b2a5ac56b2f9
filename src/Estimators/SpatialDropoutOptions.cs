using System.Diagnostics;

namespace MLNet.SpatialDropout;

/// <summary>
/// What a stage or view does: which column it reads and writes, how many copies of each row it makes, and what happens to a row
/// (<see cref="DropoutOptions"/>). Immutable; vary it with a <c>with</c> expression.
/// </summary>
/// <remarks>
/// Options are checked when a stage or view is made from them. What depends on a column is checked against its schema, before
/// any row is read. Each message names the option, its value and what is allowed.
/// </remarks>
/// <example>
/// <code>
/// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Copies = 4, KeepOriginal = true };
/// var harsher = options with { Rate = 0.5 };
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record SpatialDropoutOptions : DropoutOptions
{
    private static readonly SpatialDropoutOptions Defaults = new();

    /// <summary>The column to write the result to. Required.</summary>
    public string OutputColumnName { get; init; } = "";

    /// <summary>
    /// The column to read: a vector of known size of <see cref="float"/> or <see cref="double"/>. Default: null, which means
    /// <see cref="OutputColumnName"/>.
    /// </summary>
    public string? InputColumnName { get; init; }

    /// <summary>The number of dropped-out copies of each row, each with its own mask. At least 1. Default: 1.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>True if the unchanged row comes first, then the copies. Default: false.</summary>
    public bool KeepOriginal { get; init; }

    /// <summary>
    /// A scalar column (integers, text, keys or booleans) whose value names the mask instead of the row ID. Rows with equal values
    /// share a mask, so an outage can last a whole session, and shards of a data set agree. Prediction does not need the column.
    /// Not together with <see cref="DropoutOptions.SharedAcrossRows"/>. Default: null.
    /// </summary>
    public string? MaskKeyColumnName { get; init; }

    /// <summary>
    /// What computes the dropped-out rows. The values are the same, bit for bit. Default: null, the SIMD kernels, which are
    /// fastest for rows in main memory.
    /// </summary>
    /// <remarks>
    /// A backend computes many rows at a time, so a second cursor reads the column ahead. Every pass over the source must give
    /// the same rows, as ML.NET's views do. A cursor set is a single cursor.
    /// </remarks>
    public DropoutBackend? Backend { get; init; }

    /// <summary>The column that is read.</summary>
    internal string SourceColumnName => InputColumnName ?? OutputColumnName;

    /// <summary>The number of unchanged rows before the copies: 0 or 1.</summary>
    internal int Originals => KeepOriginal ? 1 : 0;

    /// <summary>How many rows come out for each row that goes in.</summary>
    internal long RowsPerInput => (long)Copies + Originals;

    /// <summary>The options that differ from their defaults, for logs and debuggers.</summary>
    public override string ToString() => Describe(this, Defaults);
}
