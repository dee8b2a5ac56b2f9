namespace TorchCnn;

/// <summary>The networks that are compared.</summary>
public enum DropoutKind
{
    None,

    /// <summary>TorchSharp's <c>Dropout</c> between the convolutions: each number drops by itself.</summary>
    Dropout,

    /// <summary>This project's <c>SpatialDropout1d</c> between the convolutions: each feature map drops as a whole.</summary>
    SpatialDropout1d,

    /// <summary><c>SpatialDropout1d</c> before the first convolution: each sensor drops as a whole.</summary>
    OnTheSensors,
}
