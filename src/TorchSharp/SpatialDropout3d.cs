namespace MLNet.SpatialDropout;

/// <summary>
/// Drops whole channels of [batch, depth, height, width, channels] while a network is trained, and does nothing in evaluation. It
/// is dropout for the inputs of convolutions, whose neighbouring voxels carry nearly the same information.
/// </summary>
/// <remarks>
/// Keras' <c>SpatialDropout3D</c>; <c>torch.nn.Dropout3d</c>, which has channels first. <see cref="SpatialDropoutLayer"/> says
/// what holds for all such layers.
/// </remarks>
/// <example>
/// <code>
/// var layer = new SpatialDropout3d(rate: 0.3, groups: [2, 1]);   // the first two of three channels drop together
/// using Tensor dropped = layer.forward(volumes);                 // [batch, depth, height, width, 3]
/// </code>
/// </example>
public sealed class SpatialDropout3d : SpatialDropoutLayer
{
    /// <summary>Makes a layer.</summary>
    /// <param name="rate">The probability, 0 to 1, that a channel of a sample drops. Default: 0.5, as in PyTorch.</param>
    /// <param name="layout">
    /// [batch, depth, height, width, channels], the default as in Keras; or [batch, channels, depth, height, width],
    /// as PyTorch's convolutions have it.
    /// </param>
    /// <param name="seed">
    /// The seed of the masks. Default: null, drawn from TorchSharp's generator, so that <c>torch.manual_seed</c> makes a run
    /// repeatable and each layer different.
    /// </param>
    /// <param name="inplace">
    /// Whether the input itself is changed and returned, as in TorchSharp's modules. Default: false.
    /// </param>
    /// <param name="persistent">
    /// Whether <c>state_dict</c> has the seed and the number of samples seen, as in TorchSharp's <c>register_buffer</c>.
    /// Default: false.
    /// </param>
    /// <param name="groups">
    /// The sizes of groups of neighbouring channels that drop together. Their sum is the number of channels. Default: null, each
    /// channel drops by itself.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="rate"/> is not a probability, <paramref name="layout"/> is unknown, or a group has no size.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// libtorch is missing, or the system's C++ runtime is too old for it.
    /// </exception>
    public SpatialDropout3d(
        double rate = DefaultRate, ChannelLayout layout = ChannelLayout.ChannelsLast, int? seed = null, bool inplace = false,
        bool persistent = false, IReadOnlyList<int>? groups = null)
        : base(nameof(SpatialDropout3d), ["depth", "height", "width"], rate, layout, seed, inplace, persistent, groups)
    {
    }
}
