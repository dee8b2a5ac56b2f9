using System.Diagnostics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>
/// Drops whole channels of [batch, time, channels] while a network is trained, and does nothing in evaluation: dropout for the
/// inputs of convolutions, whose neighbouring time steps say nearly the same.
/// </summary>
/// <remarks>
/// <para>
/// A kept channel of a sample becomes value x 1 / (1 - rate), a dropped one 0, NaN and infinities too. Rate 0 changes nothing,
/// rate 1 drops everything. Gradients flow through kept values only, times the scale.
/// </para>
/// <para>
/// Masks are those of a <see cref="DropoutPlan"/> whose row key counts the samples that the layer has seen in training: new in
/// every step, the same in every run with the same seed, and on every device. Seed and count are in <c>state_dict</c> (the
/// buffer <c>masks</c>, which stays on the CPU), so a training that is resumed goes on with the masks it would have had.
/// </para>
/// <para>
/// Do not use it after the last pooling over time, where a channel is one number: there it is plain dropout. Source: Tompson et
/// al. 2014, <em>Efficient Object Localization Using Convolutional Networks</em>; Keras' <c>SpatialDropout1D</c>;
/// <c>torch.nn.Dropout1d</c>, which has channels first.
/// </para>
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
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SpatialDropout1d : nn.Module<Tensor, Tensor>
{
    private const string MasksBuffer = "masks";

    // [seed, samples seen in training]: the state of the layer, and what state_dict saves and loads.
    private readonly Tensor _masks;

    private DropoutPlan? _plan;

    /// <param name="rate">The probability, 0 to 1, that a channel of a sample drops. Default: 0.5.</param>
    /// <param name="layout">
    /// [batch, time, channels], the default as in Keras; or [batch, channels, time], as PyTorch's convolutions have it.
    /// </param>
    /// <param name="seed">
    /// The seed of the masks. Null, the default, is drawn from TorchSharp's generator, so that <c>torch.manual_seed</c> alone
    /// makes a run repeatable and each layer its own.
    /// </param>
    /// <param name="inplace">
    /// Whether the input itself is changed and returned, as in TorchSharp's modules. Default: false.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="rate"/> is no probability, or <paramref name="layout"/> is unknown.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// libtorch is missing, or the system's C++ runtime is too old for it.
    /// </exception>
    /// <example>
    /// <code>
    /// using var sensors = new SpatialDropout1d(rate: 0.3, seed: 7);                    // for [batch, time, channels]
    /// using var maps = new SpatialDropout1d(rate: 0.1, ChannelLayout.ChannelsFirst);   // for what Conv1d gives, or takes
    /// </code>
    /// </example>
    public SpatialDropout1d(
        double rate = SpatialDropoutOptions.DefaultRate, ChannelLayout layout = ChannelLayout.ChannelsLast, int? seed = null,
        bool inplace = false)
        : base(NameOnceLoaded())
    {
        Rate = rate;
        Layout = layout;
        Inplace = inplace;

        // Refuses a rate or a layout that is none.
        _ = PlanFor(seed ?? 0, channels: 1, steps: 1);
        using Tensor? drawn = seed is null ? randint(int.MaxValue, [1], ScalarType.Int64, CPU) : null;
        _masks = tensor([seed ?? drawn!.item<long>(), 0L], device: CPU).DetachFromDisposeScope();
        register_buffer(MasksBuffer, _masks);
        RegisterComponents();
    }

    /// <summary>The probability that a channel drops.</summary>
    /// <example>
    /// <code>
    /// double scale = 1 / (1 - layer.Rate);   // of what is kept
    /// </code>
    /// </example>
    public double Rate { get; }

    /// <summary>The order of time and channels.</summary>
    /// <example>
    /// <code>
    /// int channelAxis = layer.Layout == ChannelLayout.ChannelsLast ? 2 : 1;   // of the input that the layer expects
    /// </code>
    /// </example>
    public ChannelLayout Layout { get; }

    /// <summary>Whether the input itself is changed.</summary>
    /// <example>
    /// <code>
    /// using var layer = new SpatialDropout1d(rate: 0.3, inplace: true);
    /// using Tensor dropped = layer.forward(input);   // input itself has changed: layer.Inplace is true
    /// </code>
    /// </example>
    public bool Inplace { get; }

    /// <summary>The seed of the masks.</summary>
    /// <example>
    /// <code>
    /// manual_seed(1);
    /// using var layer = new SpatialDropout1d(rate: 0.3);
    /// int seed = layer.Seed;   // drawn from TorchSharp's generator: the same in every run
    /// </code>
    /// </example>
    public int Seed => (int)State[0];

    /// <summary>How many samples the layer has seen in training: the row key of the next one.</summary>
    /// <example>
    /// <code>
    /// using Tensor first = layer.forward(batch);
    /// long seen = layer.Samples;                    // 16 after a batch of 16: the row key of the next sample
    /// using Tensor second = layer.forward(batch);   // with other losses than the first time
    /// </code>
    /// </example>
    public long Samples => State[1];

    private Span<long> State => MemoryMarshal.Cast<byte, long>(_masks.bytes);

    /// <summary>Drops channels in training; gives <paramref name="input"/> back in evaluation.</summary>
    /// <param name="input">[batch, time, channels] or, by <see cref="Layout"/>, [batch, channels, time].</param>
    /// <returns>A tensor of the same shape, type and device.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The tensor's shape or type does not fit, or a sample or the batch is too large for its coins to be drawn at once.
    /// </exception>
    /// <example>
    /// <code>
    /// layer.train();
    /// using Tensor dropped = layer.forward(batch);   // each sample without the channels that it lost
    /// layer.eval();
    /// using Tensor plain = layer.forward(batch);     // as it came in
    /// </code>
    /// </example>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        TensorRules.CheckType(input, nameof(input));
        if (input.dim() != 3)
            TensorRules.RefuseShape(
                nameof(input), input,
                Layout == ChannelLayout.ChannelsLast ? "[batch, time, channels]" : "[batch, channels, time]");
        if (input.shape[1] * input.shape[2] > Array.MaxLength)
            TensorRules.RefuseShape(nameof(input), input, $"one of at most {Array.MaxLength} elements a sample");
        if (!training || input.numel() == 0)
            return input.alias();

        MaskKey[] rows = [.. Enumerable.Range(0, (int)input.shape[0]).Select(i => new MaskKey((ulong)(Samples + i)))];
        Tensor output = SpatialDropout.ApplyUnchecked(input, PlanFor(input), rows);
        if (Inplace)
        {
            using Tensor dropped = output;
            output = input.copy_(dropped).alias();
        }

        // Last, so that a step that failed can be repeated with the same masks.
        State[1] += rows.Length;
        return output;
    }

    /// <summary>Rate, layout and seed, for logs and debuggers.</summary>
    /// <example>
    /// <code>
    /// using var layer = new SpatialDropout1d(rate: 0.3, seed: 7);
    /// Console.WriteLine(layer);   // SpatialDropout1d(rate=0.3, layout=ChannelsLast, seed=7, inplace=False)
    /// </code>
    /// </example>
    public override string ToString() =>
        FormattableString.Invariant($"{GetName()}(rate={Rate}, layout={Layout}, seed={Seed}, inplace={Inplace})");

    /// <inheritdoc/>
    /// <remarks>The state is read in every step, and read by the CPU: it stays there, and stays 64-bit integers.</remarks>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
    }

    // The base class calls libtorch, and would not say what helps where that is missing.
    private static string NameOnceLoaded()
    {
        TorchRuntime.EnsureLoaded();
        return nameof(SpatialDropout1d);
    }

    private DropoutPlan PlanFor(Tensor input)
    {
        bool timeFirst = Layout == ChannelLayout.ChannelsLast;
        return PlanFor(Seed, (int)input.shape[timeFirst ? 2 : 1], (int)input.shape[timeFirst ? 1 : 2]);
    }

    // Kept from step to step, as shapes mostly stay.
    private DropoutPlan PlanFor(int seed, int channels, int steps)
    {
        if (_plan is null || _plan.Options.Seed != seed || _plan.CoinCount != channels || _plan.Length != channels * steps)
            _plan = DropoutPlan.Create(
                new SpatialDropoutOptions { Channels = channels, Layout = Layout, Rate = Rate, Seed = seed }, channels * steps);
        return _plan;
    }
}
