namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A row of a table: one way to train.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Stage">The stage for some recordings, without layout and seed; null for no stage.</param>
/// <param name="HasFlags">Whether a flag for each sensor is among the features.</param>
/// <param name="ReplacesMissing">Whether NaN becomes 0 after the flags, for trainers that give no score for NaN.</param>
internal sealed record FieldVariant(
    string Name, Func<SensorRecordings, SpatialDropoutOptions>? Stage, bool HasFlags = false, bool ReplacesMissing = false);
