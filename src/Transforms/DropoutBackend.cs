namespace MLNet.SpatialDropout;

/// <summary>
/// What drops rows out, many at a time, instead of the SIMD kernels: a device, for instance. For
/// <see cref="SpatialDropoutOptions.Backend"/>.
/// </summary>
/// <remarks>
/// A backend only computes: masks come from the plan, and its results must be those of
/// <see cref="DropoutPlan.Apply(RowKey, ReadOnlySpan{float}, Span{float})"/>, bit for bit. It is shared by all cursors of all
/// stages that name it, so it must be thread-safe. The package MLNet.SpatialDropout.TorchSharp has one.
/// </remarks>
/// <example>
/// <code>
/// var backend = TorchBackend.For(mlContext);
/// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Backend = backend };
/// </code>
/// </example>
public abstract class DropoutBackend
{
    /// <summary>
    /// How many rows a cursor would hand over at once: at least 1. Copies of a row count; of very long rows it hands over fewer.
    /// </summary>
    /// <example>
    /// <code>
    /// public override int BatchRows => 256;   // 768 KiB of 128 x 6 floats
    /// </code>
    /// </example>
    public abstract int BatchRows { get; }

    /// <summary>Drops out rows that lie one behind the other.</summary>
    /// <param name="plan">What to drop.</param>
    /// <param name="rows">The rows' keys and copies: at least one.</param>
    /// <param name="source">The rows: as many times <see cref="DropoutPlan.Length"/> elements.</param>
    /// <param name="destination">
    /// Receives as many elements; the same memory as <paramref name="source"/>, or apart from it.
    /// </param>
    /// <example>
    /// <code>
    /// public override void Apply(
    ///     DropoutPlan plan, ReadOnlySpan&lt;RowKey> rows, ReadOnlySpan&lt;float> source, Span&lt;float> destination)
    /// {
    ///     plan.ApplyRows(rows, source, destination);   // whatever computes them, these are the values
    /// }
    /// </code>
    /// </example>
    public abstract void Apply(
        DropoutPlan plan, ReadOnlySpan<RowKey> rows, ReadOnlySpan<float> source, Span<float> destination);

    /// <inheritdoc cref="Apply(DropoutPlan, ReadOnlySpan{RowKey}, ReadOnlySpan{float}, Span{float})"/>
    public abstract void Apply(
        DropoutPlan plan, ReadOnlySpan<RowKey> rows, ReadOnlySpan<double> source, Span<double> destination);
}
