using System.Text.Json.Serialization;

namespace MLNet.SpatialDropout;

/// <summary>What happens to the values that are kept.</summary>
/// <example>
/// <code>
/// var forTheTrainer = options with { Scaling = isNetwork ? DropoutScaling.Inverted : DropoutScaling.None };
/// </code>
/// </example>
[JsonConverter(typeof(JsonStringEnumConverter<DropoutScaling>))]
public enum DropoutScaling
{
    /// <summary>Kept values stay as they are, to the bit.</summary>
    None,

    /// <summary>
    /// Kept values are multiplied by 1 / (1 - rate), so that each element keeps its expected value. Keras and PyTorch call it
    /// inverted dropout. It is meant for the layers of a network. Trees and linear models see it as sensors that read too high.
    /// </summary>
    Inverted,
}
