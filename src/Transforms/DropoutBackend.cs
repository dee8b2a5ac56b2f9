namespace MLNet.SpatialDropout;

/// <summary>
/// Drops out many rows at a time instead of the SIMD kernels, for example on a device. See
/// <see cref="SpatialDropoutOptions.Backend"/>.
/// </summary>
/// <remarks>
/// The plan draws what is lost (<see cref="DropoutPlan.DrawMasks"/>, <see cref="DropoutPlan.DrawFills"/>,
/// <see cref="DropoutPlan.DrawOutage"/>); a backend only applies it. Its results must be those of
/// <see cref="DropoutPlan.Apply(MaskKey, ReadOnlySpan{float}, Span{float})"/>, bit for bit. All cursors of all stages that use a
/// backend share it, so it must be thread-safe. The package MLNet.SpatialDropout.TorchSharp has one.
/// </remarks>
/// <example>
/// <code>
/// var backend = TorchBackend.Create(mlContext);
/// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Backend = backend };
/// </code>
/// </example>
public abstract class DropoutBackend
{
    /// <summary>
    /// The number of rows that a cursor hands over at once, copies included. At least 1. Very long rows come in smaller batches.
    /// </summary>
    public abstract int BatchSize { get; }

    /// <summary>Drops out consecutive rows.</summary>
    /// <param name="plan">What to drop.</param>
    /// <param name="keys">What names the masks, one key for each row. At least one.</param>
    /// <param name="source">The rows: as many as keys, each of <see cref="DropoutPlan.Length"/> elements.</param>
    /// <param name="destination">
    /// Receives as many elements. It is the same memory as <paramref name="source"/>, or does not overlap it.
    /// </param>
    /// <example>
    /// <code>
    /// public override void Apply(
    ///     DropoutPlan plan, ReadOnlySpan&lt;MaskKey> keys, ReadOnlySpan&lt;float> source, Span&lt;float> destination)
    /// {
    ///     plan.ApplyRows(keys, source, destination);   // a backend must give these values
    /// }
    /// </code>
    /// </example>
    public abstract void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> keys, ReadOnlySpan<float> source, Span<float> destination);

    /// <inheritdoc cref="Apply(DropoutPlan, ReadOnlySpan{MaskKey}, ReadOnlySpan{float}, Span{float})"/>
    public abstract void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> keys, ReadOnlySpan<double> source, Span<double> destination);
}
