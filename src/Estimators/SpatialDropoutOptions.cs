using System.Diagnostics;
using System.Text.Json.Serialization;

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

    /// <summary>The column to write the result to. Required, unless <see cref="Columns"/> is set.</summary>
    public string OutputColumnName { get; init; } = "";

    /// <summary>
    /// The column to read: a vector of known size of <see cref="float"/> or <see cref="double"/>. Default: null, which means
    /// <see cref="OutputColumnName"/>.
    /// </summary>
    /// <remarks>
    /// A column that is declared with two dimensions, such as <c>Vector&lt;Single, 128, 6&gt;</c>, needs no
    /// <see cref="DropoutOptions.Channels"/>.
    /// </remarks>
    public string? InputColumnName { get; init; }

    /// <summary>
    /// Several columns instead of one. They share each row's mask, so copies, counts and minimum hold across them. Default: null.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Without a layout, each column is one sensor: a scalar or a vector of known size of <see cref="float"/> or
    /// <see cref="double"/>, in any mixture. <see cref="DropoutOptions.Rates"/>, <see cref="DropoutOptions.DroppedChannels"/>,
    /// <see cref="DropoutOptions.LostChannels"/> and <see cref="DropoutOptions.MinKept"/> count columns, and
    /// <see cref="DropoutFill.ChannelMean"/> is learned for each element.
    /// </para>
    /// <para>
    /// With <see cref="DropoutOptions.Channels"/>, <see cref="DropoutOptions.Groups"/> or <see cref="DropoutOptions.Shape"/>, each
    /// column has that layout, and channel j of all of them drops together: for the raw series and the spectrum of the same
    /// sensors, which may differ in length.
    /// </para>
    /// </remarks>
    public IReadOnlyList<string>? Columns
    {
        get;
        init => field = ValueList.From(value);
    }

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
    /// fastest for rows in main memory. It is not part of the options' JSON.
    /// </summary>
    /// <remarks>
    /// A backend computes many rows at a time, so a second cursor reads the column ahead. Every pass over the source must give
    /// the same rows, as ML.NET's views do. A cursor set is a single cursor.
    /// </remarks>
    [JsonIgnore]
    public DropoutBackend? Backend { get; init; }

    /// <summary>The columns that are read.</summary>
    internal IReadOnlyList<string> SourceColumnNames => Columns ?? [InputColumnName ?? OutputColumnName];

    /// <summary>The columns that are dropped out.</summary>
    internal IReadOnlyList<string> DroppedColumnNames => Columns ?? [OutputColumnName];

    /// <summary>Whether the result goes to another column than the source.</summary>
    internal bool CopiesColumn => Columns is null && InputColumnName is not null && InputColumnName != OutputColumnName;

    /// <summary>Whether each column is one sensor.</summary>
    internal bool ColumnsAreSensors => Columns is not null && !HasLayout;

    internal override string Units => ColumnsAreSensors ? "columns" : base.Units;

    /// <summary>The number of unchanged rows before the copies: 0 or 1.</summary>
    internal int Originals => KeepOriginal ? 1 : 0;

    /// <summary>How many rows come out for each row that goes in.</summary>
    internal long RowsPerInput => (long)Copies + Originals;

    /// <summary>The options that differ from their defaults, for logs and debuggers.</summary>
    public override string ToString() => Describe(this, Defaults);
}
