using System.Diagnostics;
using System.Globalization;

namespace MLNet.SpatialDropout;

/// <summary>What a dropped value becomes.</summary>
/// <remarks>
/// The fill is selected, never multiplied in: a dropped NaN or infinity becomes the fill like any other value.
/// </remarks>
/// <example>
/// <code>
/// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.Missing };
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record DropoutFill
{
    // Tells fills apart that have no value of their own, as they learn one for each coin.
    private readonly string _name;

    private DropoutFill(string name, double? value) => (_name, Value) = (name, value);

    /// <summary>A dropped value becomes 0. The default, and the only fill that keeps sparse rows sparse.</summary>
    /// <example>
    /// <code>
    /// var forTheColumn = options with { Fill = isSparse ? DropoutFill.Zero : DropoutFill.ChannelMean };
    /// </code>
    /// </example>
    public static DropoutFill Zero { get; } = new(nameof(Zero), 0);

    /// <summary>A dropped value becomes NaN, which LightGBM and ML.NET's missing-value transforms understand. ML.NET's other
    /// trainers, FastTree and FastForest among them, leave out rows with NaN.</summary>
    /// <example>
    /// <code>
    /// var forTrees = options with { Fill = DropoutFill.Missing };   // a lost sensor reads NaN
    /// </code>
    /// </example>
    public static DropoutFill Missing { get; } = new(nameof(Missing), double.NaN);

    /// <summary>
    /// A dropped value becomes the mean of its channel's values (of all elements that share its coin), which <c>Fit</c> learns in
    /// one pass over the training data. NaN is not counted.
    /// </summary>
    /// <example>
    /// <code>
    /// var averaged = options with { Fill = DropoutFill.ChannelMean };   // a lost sensor reads its mean in the training data
    /// </code>
    /// </example>
    public static DropoutFill ChannelMean { get; } = new(nameof(ChannelMean), null);

    /// <summary>
    /// The value that is written, converted to the item type of the column; null for <see cref="ChannelMean"/>, which has one for
    /// each coin.
    /// </summary>
    /// <example>
    /// <code>
    /// double? written = DropoutFill.Constant(-40).Value;   // -40
    /// double? learned = DropoutFill.ChannelMean.Value;     // null: one for each channel, known after Fit
    /// </code>
    /// </example>
    public double? Value { get; }

    /// <summary>A dropped value becomes <paramref name="value"/>.</summary>
    /// <param name="value">
    /// Any value, in the unit of the column. Zero of either sign is <see cref="Zero"/>, NaN is <see cref="Missing"/>.
    /// </param>
    /// <example>
    /// <code>
    /// var cableBroken = options with { Fill = DropoutFill.Constant(-40) };   // what these thermometers read without their cable
    /// </code>
    /// </example>
    public static DropoutFill Constant(double value) =>
        value == 0 ? Zero
        : double.IsNaN(value) ? Missing
        : new(value.ToString(CultureInfo.InvariantCulture), value);

    /// <summary>The name of the fill, or the constant.</summary>
    /// <example>
    /// <code>
    /// Console.WriteLine($"{DropoutFill.Missing}, {DropoutFill.Constant(-1.5)}");   // Missing, -1.5
    /// </code>
    /// </example>
    public override string ToString() => _name;
}
