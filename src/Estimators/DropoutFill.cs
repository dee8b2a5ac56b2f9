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
public sealed record DropoutFill
{
    private DropoutFill(double value) => Value = value;

    /// <summary>A dropped value becomes 0. The default, and the only fill that keeps sparse rows sparse.</summary>
    public static DropoutFill Zero { get; } = new(0);

    /// <summary>A dropped value becomes NaN, which ML.NET's tree learners and missing-value transforms understand.</summary>
    public static DropoutFill Missing { get; } = new(double.NaN);

    /// <summary>The value that is written, converted to the item type of the column.</summary>
    public double Value { get; }

    /// <summary>A dropped value becomes <paramref name="value"/>.</summary>
    /// <param name="value">
    /// Any value, in the unit of the column. Zero of either sign is <see cref="Zero"/>, NaN is <see cref="Missing"/>.
    /// </param>
    public static DropoutFill Constant(double value) => value == 0 ? Zero : double.IsNaN(value) ? Missing : new(value);

    /// <summary><c>Zero</c>, <c>Missing</c> or the constant.</summary>
    public override string ToString() =>
        this == Zero ? nameof(Zero) : this == Missing ? nameof(Missing) : Value.ToString(CultureInfo.InvariantCulture);
}
