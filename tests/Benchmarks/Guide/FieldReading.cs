namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>What a lost sensor reads.</summary>
internal enum FieldReading
{
    Zero,

    /// <summary>The mean of its channel in the training data, filled in once the loss was noticed.</summary>
    Mean,

    Missing,
}
