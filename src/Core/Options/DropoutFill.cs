using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace MLNet.SpatialDropout;

/// <summary>What a dropped value becomes.</summary>
/// <remarks>
/// The fill replaces the value. A dropped NaN or infinity becomes the fill like any other value. In JSON and in configuration
/// files a fill is its text: <c>"Missing"</c>, or a constant such as <c>"-40"</c>.
/// </remarks>
/// <example>
/// <code>
/// var options = new DropoutOptions { Channels = 6, Fill = DropoutFill.Missing };   // a lost sensor reads NaN
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(DropoutFillJsonConverter))]
[TypeConverter(typeof(DropoutFillConverter))]
public sealed class DropoutFill : IEquatable<DropoutFill>
{
    private readonly string _name;

    private DropoutFill(string name, double? value) => (_name, Value) = (name, value);

    /// <summary>A dropped value becomes 0. This is the default, and the only fill that keeps sparse rows sparse.</summary>
    public static DropoutFill Zero { get; } = new(nameof(Zero), 0);

    /// <summary>
    /// A dropped value becomes NaN. LightGBM and ML.NET's missing-value transforms understand it. ML.NET's other trainers,
    /// FastTree and FastForest among them, leave out rows with NaN.
    /// </summary>
    public static DropoutFill Missing { get; } = new(nameof(Missing), double.NaN);

    /// <summary>
    /// A dropped value becomes the mean of its channel. <c>Fit</c> learns the means in one pass over the training data and
    /// ignores NaN.
    /// </summary>
    public static DropoutFill ChannelMean { get; } = new(nameof(ChannelMean), null);

    /// <summary>
    /// The value that is written, converted to the item type of the column. Null for <see cref="ChannelMean"/>, which has one
    /// value for each channel.
    /// </summary>
    public double? Value { get; }

    /// <summary>Whether two fills write the same.</summary>
    public static bool operator ==(DropoutFill? left, DropoutFill? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two fills write different values.</summary>
    public static bool operator !=(DropoutFill? left, DropoutFill? right) => !(left == right);

    /// <summary>A dropped value becomes <paramref name="value"/>.</summary>
    /// <param name="value">
    /// Any value, in the unit of the column. Zero of either sign gives <see cref="Zero"/>, NaN gives <see cref="Missing"/>.
    /// </param>
    /// <returns>The fill.</returns>
    /// <example>
    /// <code>
    /// var cableBroken = options with { Fill = DropoutFill.Constant(-40) };   // what these thermometers read without a cable
    /// </code>
    /// </example>
    public static DropoutFill Constant(double value) =>
        value == 0 ? Zero
        : double.IsNaN(value) ? Missing
        : new(value.ToString(CultureInfo.InvariantCulture), value);

    /// <summary>Reads a fill from its text, as <see cref="ToString"/> writes it.</summary>
    /// <param name="text">
    /// <c>Zero</c>, <c>Missing</c> or <c>ChannelMean</c>, in any case, or a constant in the invariant culture, such as <c>-40</c>.
    /// </param>
    /// <returns>The fill.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException"><paramref name="text"/> is none of these.</exception>
    /// <example>
    /// <code>
    /// var fromSettings = options with { Fill = DropoutFill.Parse(setting) };   // "Missing", or "-40"
    /// </code>
    /// </example>
    public static DropoutFill Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (DropoutFill fill in (ReadOnlySpan<DropoutFill>)[Zero, Missing, ChannelMean])
        {
            if (text.Trim().Equals(fill._name, StringComparison.OrdinalIgnoreCase))
                return fill;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? Constant(value)
            : throw new FormatException(
                $"A fill must be Zero, Missing, ChannelMean or a number such as -40, but is '{text}'.");
    }

    /// <inheritdoc/>
    public bool Equals(DropoutFill? other) => other is not null && Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DropoutFill);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The name of the fill, or the constant.</summary>
    public override string ToString() => _name;
}
