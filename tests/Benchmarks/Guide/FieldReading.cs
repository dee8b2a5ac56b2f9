namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>What a sensor reads once it is lost.</summary>
internal enum FieldReading
{
    Zero,

    /// <summary>The mean of its channel in the training data, filled in by whoever noticed the loss.</summary>
    Mean,

    Missing,
}
