using System.Diagnostics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>
/// Drops whole channels of [batch, time, channels] while a network is trained, and does nothing in evaluation. It is dropout for
/// the inputs of convolutions, whose neighbouring time steps carry nearly the same information.
/// </summary>
/// <remarks>
/// <para>
/// A kept channel of a sample becomes value x 1 / (1 - rate). A dropped channel becomes 0, even NaN and infinities. Rate 0 changes
/// nothing, rate 1 drops everything. Gradients flow through kept values only, times the scale.
/// </para>
/// <para>
/// Masks are those of a <see cref="DropoutPlan"/> whose mask key counts the samples that the layer has seen in training. They
/// are new in every step, the same in every run with the same seed, and the same on every device. By default
/// <c>state_dict</c> has no entry of this layer, so networks load the states of networks with <c>torch.nn.Dropout1d</c> and vice
/// versa. With <c>persistent</c> it has the seed and the count (the buffer <c>masks</c>, which stays on the CPU), and a training
/// that is resumed goes on with the masks that it would have had.
/// </para>
/// <para>
/// Do not use it after the last pooling over time, where a channel is a single number: there it is plain dropout. Source:
/// Tompson et al. 2014, <em>Efficient Object Localization Using Convolutional Networks</em>; Keras' <c>SpatialDropout1D</c>;
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
    private const double DefaultRate = 0.5;
    private const string MasksBuffer = "masks";

    // [seed, samples seen in training]: the state of the layer.
    private readonly Tensor _masks;

    private DropoutPlan? _plan;

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
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="rate"/> is not a probability, or <paramref name="layout"/> is unknown.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// libtorch is missing, or the system's C++ runtime is too old for it.
    /// </exception>
    public SpatialDropout1d(
        double rate = DefaultRate, ChannelLayout layout = ChannelLayout.ChannelsLast, int? seed = null, bool inplace = false,
        bool persistent = false)
        : base(NameOnceLoaded())
    {
        Rate = rate;
        Layout = layout;
        Inplace = inplace;

        // Refuses a bad rate or layout.
        _ = PlanFor(seed ?? 0, channels: 1, steps: 1);
        using Tensor? drawn = seed is null ? randint(int.MaxValue, [1], ScalarType.Int64, CPU) : null;
        _masks = tensor([seed ?? drawn!.item<long>(), 0L], device: CPU).DetachFromDisposeScope();

        // Without RegisterComponents, which would register the field a second time, as a persistent buffer.
        register_buffer(MasksBuffer, _masks, persistent);
    }

    /// <summary>The probability that a channel drops.</summary>
    public double Rate { get; }

    /// <summary>The order of time and channels.</summary>
    public ChannelLayout Layout { get; }

    /// <summary>Whether the input itself is changed.</summary>
    public bool Inplace { get; }

    /// <summary>The seed of the masks.</summary>
    public int Seed => (int)State[0];

    /// <summary>How many samples the layer has seen in training. This is the mask key of the next one.</summary>
    public long SamplesSeen => State[1];

    private Span<long> State => MemoryMarshal.Cast<byte, long>(_masks.bytes);

    /// <summary>Drops channels in training, and returns <paramref name="input"/> in evaluation.</summary>
    /// <param name="input">[batch, time, channels] or, by <see cref="Layout"/>, [batch, channels, time].</param>
    /// <returns>A tensor of the same shape, type and device.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The tensor's shape or type does not fit, or a sample or the batch is too large for its masks to be drawn at once.
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
            TensorRules.ThrowShape(
                nameof(input), input,
                Layout == ChannelLayout.ChannelsLast ? "[batch, time, channels]" : "[batch, channels, time]");
        if (input.shape[1] * input.shape[2] > Array.MaxLength)
            TensorRules.ThrowShape(nameof(input), input, $"one of at most {Array.MaxLength} elements a sample");
        if (!training || input.numel() == 0)
            return input.alias();

        MaskKey[] keys = [.. Enumerable.Range(0, (int)input.shape[0]).Select(i => new MaskKey((ulong)(SamplesSeen + i)))];
        Tensor output = DropoutPlanExtensions.ApplyUnchecked(input, PlanFor(input), keys);
        if (Inplace)
        {
            using Tensor dropped = output;
            output = input.copy_(dropped).alias();
        }

        // Last, so that a step that failed can be repeated with the same masks.
        State[1] += keys.Length;
        return output;
    }

    /// <summary>Rate, layout and seed, for logs and debuggers.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{GetName()}(rate={Rate}, layout={Layout}, seed={(_masks.IsInvalid ? "disposed" : Seed)}, inplace={Inplace})");

    /// <inheritdoc/>
    /// <remarks>The CPU reads the state in every step, so the state stays on the CPU and keeps its type.</remarks>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _masks.Dispose();
        base.Dispose(disposing);
    }

    // The base class calls libtorch. If it is missing, this says what to do.
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

    // Kept for the next step, which mostly has the same shape.
    private DropoutPlan PlanFor(int seed, int channels, int steps)
    {
        if (_plan is null || _plan.Options.Seed != seed || _plan.MaskLength != channels || _plan.Length != channels * steps)
            _plan = DropoutPlan.Create(
                new DropoutOptions
                {
                    Channels = channels,
                    Layout = Layout,
                    Rate = Rate,
                    Scaling = DropoutScaling.Inverted,
                    Seed = seed,
                },
                channels * steps);
        return _plan;
    }
}
