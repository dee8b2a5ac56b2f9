namespace MLNet.SpatialDropout;

/// <summary>What happens to the values that are kept.</summary>
/// <example>
/// <code>
/// var forTheTrainer = options with { Scaling = hasTreeTrainer ? DropoutScaling.None : DropoutScaling.Inverted };
/// </code>
/// </example>
public enum DropoutScaling
{
    /// <summary>Kept values stay as they are, to the bit.</summary>
    /// <example>
    /// <code>
    /// var asMeasured = options with { Scaling = DropoutScaling.None };   // what is kept keeps every bit
    /// </code>
    /// </example>
    None,

    /// <summary>
    /// Kept values are multiplied by 1 / (1 - rate), so that the expected value of each element stays what it was
    /// ("inverted dropout", as in Keras and PyTorch).
    /// </summary>
    /// <example>
    /// <code>
    /// var sameSum = options with { Rate = 0.5, Scaling = DropoutScaling.Inverted };   // what is kept is doubled
    /// </code>
    /// </example>
    Inverted,
}
