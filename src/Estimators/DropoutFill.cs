using System.Diagnostics;
using System.Globalization;

namespace MLNet.SpatialDropout;

/// <summary>What a dropped value becomes.</summary>
/// <remarks>
/// The fill is selected, never multiplied in: a dropped NaN or infinity becomes the fill like any other value.
/// </remarks>
/// <example>
/// <code>
/// new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.Missing };
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record DropoutFill
{
    private DropoutFill(double? value) => Value = value;

    /// <summary>A dropped value becomes 0. The default, and the only fill that keeps sparse rows sparse.</summary>
    public static DropoutFill Zero { get; } = new(0);

    /// <summary>A dropped value becomes NaN, which ML.NET's tree learners and missing-value transforms understand.</summary>
    public static DropoutFill Missing { get; } = new(double.NaN);

    /// <summary>
    /// A dropped value becomes the mean of its channel's values (of all elements that share its coin), which <c>Fit</c> learns in
    /// one pass over the training data. NaN is not counted.
    /// </summary>
    public static DropoutFill ChannelMean { get; } = new((double?)null);

    /// <summary>
    /// The value that is written, converted to the item type of the column; null for <see cref="ChannelMean"/>, which has one for
    /// each coin.
    /// </summary>
    public double? Value { get; }

    /// <summary>A dropped value becomes <paramref name="value"/>.</summary>
    /// <param name="value">
    /// Any value, in the unit of the column. Zero of either sign is <see cref="Zero"/>, NaN is <see cref="Missing"/>.
    /// </param>
    public static DropoutFill Constant(double value) => value == 0 ? Zero : double.IsNaN(value) ? Missing : new(value);

    /// <summary>The name of the fill, or the constant.</summary>
    public override string ToString() => Value switch
    {
        null => nameof(ChannelMean),
        0 => nameof(Zero),
        double.NaN => nameof(Missing),
        double value => value.ToString(CultureInfo.InvariantCulture),
    };
}
