namespace TorchCnn;

/// <summary>The networks that are compared.</summary>
public enum DropoutKind
{
    None,

    /// <summary>TorchSharp's <c>Dropout</c> between the convolutions: a coin for each number.</summary>
    Dropout,

    /// <summary>This project's <c>SpatialDropout1d</c> between the convolutions: a coin for each feature map.</summary>
    SpatialDropout1d,

    /// <summary><c>SpatialDropout1d</c> before the first convolution: a coin for each sensor.</summary>
    OnTheSensors,
}
