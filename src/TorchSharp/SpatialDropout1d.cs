namespace MLNet.SpatialDropout;

/// <summary>
/// Drops whole channels of [batch, time, channels] while a network is trained, and does nothing in evaluation. It is dropout for
/// the inputs of convolutions, whose neighbouring time steps carry nearly the same information.
/// </summary>
/// <remarks>
/// Do not use it after the last pooling over time, where a channel is a single number: there it is plain dropout. Source:
/// Tompson et al. 2014, <em>Efficient Object Localization Using Convolutional Networks</em>; Keras' <c>SpatialDropout1D</c>;
/// <c>torch.nn.Dropout1d</c>, which has channels first. <see cref="SpatialDropoutLayer"/> says what holds for all such layers.
/// </remarks>
/// <example>
/// <code>
/// var network = nn.Sequential(
///     ("conv1", nn.Conv1d(6, 32, kernel_size: 5)),
///     ("relu1", nn.ReLU()),
///     ("dropout", new SpatialDropout1d(rate: 0.3, ChannelLayout.ChannelsFirst)),   // Conv1d has channels first
///     ("conv2", nn.Conv1d(32, 32, kernel_size: 5)));
/// </code>
/// </example>
public sealed class SpatialDropout1d : SpatialDropoutLayer
{
    /// <summary>Makes a layer.</summary>
    /// <param name="rate">The probability, 0 to 1, that a channel of a sample drops. Default: 0.5, as in PyTorch.</param>
    /// <param name="layout">
    /// [batch, time, channels], the default as in Keras; or [batch, channels, time], as PyTorch's convolutions have it.
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
    public SpatialDropout1d(
        double rate = DefaultRate, ChannelLayout layout = ChannelLayout.ChannelsLast, int? seed = null, bool inplace = false,
        bool persistent = false, IReadOnlyList<int>? groups = null)
        : base(nameof(SpatialDropout1d), ["time"], rate, layout, seed, inplace, persistent, groups)
    {
    }
}
