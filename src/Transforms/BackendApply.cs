namespace MLNet.SpatialDropout;

/// <summary><see cref="DropoutBackend"/>'s Apply, for one element type.</summary>
internal delegate void BackendApply<T>(
    DropoutPlan plan, ReadOnlySpan<MaskKey> keys, ReadOnlySpan<T> source, Span<T> destination);
