using System.Diagnostics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>
/// What <see cref="SpatialDropout1d"/>, <see cref="SpatialDropout2d"/> and <see cref="SpatialDropout3d"/> have in common.
/// </summary>
/// <remarks>
/// <para>
/// A kept channel of a sample becomes value x 1 / (1 - rate). A dropped channel becomes 0, even NaN and infinities. Rate 0 changes
/// nothing, rate 1 drops everything. Gradients flow through kept values only, times the scale.
/// </para>
/// <para>
/// Masks are those of a <see cref="DropoutPlan"/> whose mask key counts the samples that the layer has seen in training. They
/// are new in every step, the same in every run with the same seed, and the same on every device. By default
/// <c>state_dict</c> has no entry of this layer, so networks load the states of networks with PyTorch's layers and vice versa.
/// With <c>persistent</c> it has the seed and the count (the buffer <c>masks</c>, which stays on the CPU), and a training that is
/// resumed goes on with the masks that it would have had.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// SpatialDropoutLayer layer = new SpatialDropout2d(rate: 0.3, ChannelLayout.ChannelsFirst);
/// using Tensor dropped = layer.forward(images);   // [batch, channels, height, width]
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class SpatialDropoutLayer : nn.Module<Tensor, Tensor>
{
    private protected const double DefaultRate = 0.5;
    private const string MasksBuffer = "masks";

    // The axes over which a channel drops as a whole, by name.
    private readonly string[] _noiseless;

    // The axes in the order of the other layout, which transposed and channels-last tensors have in memory. The masks are the same.
    private readonly long[] _otherOrder;

    // [seed, samples seen in training]: the state of the layer.
    private readonly Tensor _masks;

    private DropoutPlan? _plan;

    private protected SpatialDropoutLayer(
        string name, string[] noiseless, double rate, ChannelLayout layout, int? seed, bool inplace, bool persistent,
        IReadOnlyList<int>? groups)
        : base(OnceLoaded(name))
    {
        _noiseless = noiseless;
        Rate = rate;
        Layout = layout;
        long[] inner = [.. noiseless.Select((_, i) => i + (layout == ChannelLayout.ChannelsLast ? 1L : 2L))];
        _otherOrder = layout == ChannelLayout.ChannelsLast ? [0, ChannelAxis, .. inner] : [0, .. inner, ChannelAxis];
        Inplace = inplace;
        Groups = groups is null ? null : Array.AsReadOnly(groups.ToArray());

        // Refuses a bad rate, layout or group.
        _ = PlanFor(seed ?? 0, Groups?.Sum() ?? 1, positions: 1, layout);
        using Tensor? drawn = seed is null ? randint(int.MaxValue, [1], ScalarType.Int64, CPU) : null;
        _masks = tensor([seed ?? drawn!.item<long>(), 0L], device: CPU).DetachFromDisposeScope();

        // Without RegisterComponents, which would register the field a second time, as a persistent buffer.
        register_buffer(MasksBuffer, _masks, persistent);
    }

    /// <summary>The probability that a channel (or group) drops.</summary>
    public double Rate { get; }

    /// <summary>The place of the channels among the axes.</summary>
    public ChannelLayout Layout { get; }

    /// <summary>The sizes of groups of neighbouring channels that drop together. Null if each channel drops by itself.</summary>
    public IReadOnlyList<int>? Groups { get; }

    /// <summary>Whether the input itself is changed.</summary>
    public bool Inplace { get; }

    /// <summary>The seed of the masks.</summary>
    public int Seed => (int)State[0];

    /// <summary>How many samples the layer has seen in training. This is the mask key of the next one.</summary>
    public long SamplesSeen => State[1];

    private Span<long> State => MemoryMarshal.Cast<byte, long>(_masks.bytes);

    private ChannelLayout OtherLayout =>
        Layout == ChannelLayout.ChannelsLast ? ChannelLayout.ChannelsFirst : ChannelLayout.ChannelsLast;

    private int ChannelAxis => Layout == ChannelLayout.ChannelsLast ? _noiseless.Length + 1 : 1;

    /// <summary>Drops channels in training, and returns <paramref name="input"/> in evaluation.</summary>
    /// <param name="input">
    /// A batch of samples: [batch, time, channels] for <see cref="SpatialDropout1d"/> or, by <see cref="Layout"/>,
    /// [batch, channels, time]. A single sample without the batch axis is refused, because its channels cannot be told from it.
    /// </param>
    /// <returns>A tensor of the same shape, strides, type and device.</returns>
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
        long[] shape = input.shape;
        if (shape.Length != _noiseless.Length + 2 || (Groups is not null && shape[ChannelAxis] != Groups.Sum()))
            TensorRules.ThrowShape(nameof(input), input, DescribeShape());
        if (shape.Skip(1).Aggregate(1L, (product, size) => product * size) > Array.MaxLength)
            TensorRules.ThrowShape(nameof(input), input, $"one of at most {Array.MaxLength} elements a sample");
        if (!training || input.numel() == 0)
            return input.alias();

        var keys = new MaskKey[shape[0]];
        long first = SamplesSeen;
        for (int i = 0; i < keys.Length; i++)
            keys[i] = new MaskKey((ulong)(first + i));
        Tensor output = KernelDropout.Takes(input) ? ApplyKernels(input, keys) : ApplyOperations(input, keys);

        // Last, so that a step that failed can be repeated with the same masks.
        State[1] = first + keys.Length;
        return output;
    }

    /// <summary>Rate, layout and seed, for logs and debuggers.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{GetName()}(rate={Rate}, layout={Layout}, seed={(_masks.IsInvalid ? "disposed" : Seed)}, inplace={Inplace}")
        + (Groups is null ? ")" : $", groups=[{string.Join(", ", Groups)}])");

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
    private static string OnceLoaded(string name)
    {
        TorchRuntime.EnsureLoaded();
        return name;
    }

    private Tensor ApplyKernels(Tensor input, MaskKey[] keys)
    {
        bool isOther = !input.is_contiguous() && IsContiguousInOtherOrder(input);
        var kernels = new KernelDropout(PlanFor(input, isOther ? OtherLayout : Layout), keys, isOther ? _otherOrder : null);
        return Inplace ? kernels.ApplyInPlace(input) : kernels.Apply(input);
    }

    private bool IsContiguousInOtherOrder(Tensor input)
    {
        using Tensor other = input.permute(_otherOrder);
        return other.is_contiguous();
    }

    private Tensor ApplyOperations(Tensor input, MaskKey[] keys)
    {
        using var scope = NewDisposeScope();
        var noiseShape = new long[_noiseless.Length + 2];
        Array.Fill(noiseShape, 1);
        noiseShape[0] = keys.Length;
        noiseShape[ChannelAxis] = input.shape[ChannelAxis];
        Tensor output = DeviceDropout.Apply(input, PlanFor(input, Layout), keys, noiseShape);
        return (Inplace ? input.copy_(output).alias() : DeviceDropout.WithStridesOf(input, output)).MoveToOuterDisposeScope();
    }

    private DropoutPlan PlanFor(Tensor input, ChannelLayout layout)
    {
        int channels = (int)input.shape[ChannelAxis];
        return PlanFor(Seed, channels, (int)(input.numel() / input.shape[0] / channels), layout);
    }

    // Kept for the next step, which mostly has the same shape.
    private DropoutPlan PlanFor(int seed, int channels, int positions, ChannelLayout layout)
    {
        if (_plan is null || _plan.Options.Seed != seed || _plan.MaskLength != (Groups?.Count ?? channels)
            || _plan.Length != channels * positions || _plan.Options.Layout != layout)
            _plan = DropoutPlan.Create(
                new DropoutOptions
                {
                    Channels = Groups is null ? channels : null,
                    Groups = Groups,
                    Layout = layout,
                    Rate = Rate,
                    Scaling = DropoutScaling.Inverted,
                    Seed = seed,
                },
                channels * positions);
        return _plan;
    }

    private string DescribeShape()
    {
        string channels = Groups is null ? "channels" : $"{Groups.Sum()} channels";
        IEnumerable<string> axes = Layout == ChannelLayout.ChannelsLast ? [.. _noiseless, channels] : [channels, .. _noiseless];
        return $"[batch, {string.Join(", ", axes)}]";
    }
}
