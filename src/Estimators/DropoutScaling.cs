namespace MLNet.SpatialDropout;

/// <summary>What happens to the values that are kept.</summary>
public enum DropoutScaling
{
    /// <summary>Kept values stay as they are, to the bit.</summary>
    None,

    /// <summary>
    /// Kept values are multiplied by 1 / (1 - rate), so that the expected value of each element stays what it was
    /// ("inverted dropout", as in Keras and PyTorch).
    /// </summary>
    Inverted,
}
