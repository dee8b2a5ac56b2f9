using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace MLNet.SpatialDropout;

/// <summary>What a dropped value becomes.</summary>
/// <remarks>
/// The fill replaces the value. A dropped NaN or infinity becomes the fill like any other value. In JSON and in configuration
/// files a fill is its text: <c>"Missing"</c>, a constant such as <c>"-40"</c>, or <c>"OneOf(Zero, Missing)"</c>.
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
    // Equal fills have equal texts, because a text says everything.
    private readonly string _text;

    private DropoutFill(string text, double? value) => (_text, Value) = (text, value);

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
    /// A stuck sensor: from the step where it fails on, each value becomes what the channel read last before. A channel that is
    /// lost from the first step on keeps its first reading. Requires a layout with steps. See
    /// <see cref="DropoutOptions.OutageSteps"/> for failures in mid-row.
    /// </summary>
    public static DropoutFill LastValue { get; } = new(nameof(LastValue), null);

    /// <summary>
    /// The value that is written, converted to the item type of the column. Null for a fill that is not one constant.
    /// </summary>
    public double? Value { get; }

    /// <summary>The values of <see cref="PerChannel"/>. Null for all other fills.</summary>
    public IReadOnlyList<double>? Values { get; private init; }

    /// <summary>The fills of <see cref="OneOf"/>. Null for all other fills.</summary>
    public IReadOnlyList<DropoutFill>? Fills { get; private init; }

    /// <summary>The fills of <see cref="OneOf"/>, or this one.</summary>
    internal IReadOnlyList<DropoutFill> Alternatives => Fills ?? [this];

    /// <summary>Whether <c>Fit</c> must learn the means of the channels.</summary>
    internal bool IsLearned => Alternatives.Contains(ChannelMean);

    /// <summary>Whether some dropped values become NaN.</summary>
    internal bool CanBeMissing => Alternatives.Any(fill => fill == Missing || fill.Values?.Contains(double.NaN) == true);

    /// <summary>Whether what is written differs from row to row.</summary>
    internal bool IsByRow => Fills is not null || Alternatives.Contains(LastValue);

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
        : new(ToText(value), value);

    /// <summary>A dropped value becomes the value of its channel.</summary>
    /// <param name="values">
    /// One value for each channel, or for each group or column if those drop as a whole. NaN stands for a missing value, and zero
    /// of either sign for 0.
    /// </param>
    /// <returns>The fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="values"/> is empty.</exception>
    /// <example>
    /// <code>
    /// var disconnected = options with { Fill = DropoutFill.PerChannel(0, 0, 0, -40, 999, double.NaN) };   // six kinds of sensors
    /// </code>
    /// </example>
    public static DropoutFill PerChannel(params ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            ThrowHelper.ThrowOutOfRange(nameof(values), "[]", "one value or more");
        ValueList<double> list = [.. values.ToArray().Select(value => value == 0 ? 0 : value)];
        return new($"{nameof(PerChannel)}({string.Join(", ", list.Select(ToText))})", null) { Values = list };
    }

    /// <summary>Each loss takes one of several fills, drawn with equal probabilities: for failures of unknown kind.</summary>
    /// <param name="fills">The fills. One that comes twice is drawn twice as often. None is itself a <c>OneOf</c>.</param>
    /// <returns>The fill.</returns>
    /// <exception cref="ArgumentNullException">A fill is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fills"/> is empty, or one of them is a <c>OneOf</c>.
    /// </exception>
    /// <example>
    /// <code>
    /// var anyFailure = options with
    /// {
    ///     Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue),
    /// };
    /// </code>
    /// </example>
    public static DropoutFill OneOf(params ReadOnlySpan<DropoutFill> fills)
    {
        ValueList<DropoutFill> list = ValueList.Create(fills);
        foreach (DropoutFill fill in list)
            ArgumentNullException.ThrowIfNull(fill, nameof(fills));
        if (list.Count == 0 || list.Any(fill => fill.Fills is not null))
            ThrowHelper.ThrowOutOfRange(nameof(fills), list, "one fill or more, none of them a OneOf (name its fills instead)");
        return new($"{nameof(OneOf)}({string.Join(", ", list)})", null) { Fills = list };
    }

    /// <summary>Reads a fill from its text, as <see cref="ToString"/> writes it.</summary>
    /// <param name="text">
    /// <c>Zero</c>, <c>Missing</c>, <c>ChannelMean</c> or <c>LastValue</c>, in any case; a constant in the invariant culture, such as
    /// <c>-40</c>; <c>PerChannel(0, -40, 999)</c>; or <c>OneOf(Zero, Missing)</c>.
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
        return TryParse(text.Trim())
            ?? throw new FormatException(
                "A fill must be Zero, Missing, ChannelMean, LastValue, a number such as -40, PerChannel(0, -40, 999) or OneOf(Zero,"
                + $" Missing), but is '{text}'.");
    }

    /// <inheritdoc/>
    public bool Equals(DropoutFill? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DropoutFill);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The fill as text: its name, the constant, or the name with the values or fills in parentheses.</summary>
    public override string ToString() => _text;

    private static string ToText(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static DropoutFill? TryParse(string text) =>
        TryParseSingle(text)
        ?? (ArgumentsOf(nameof(OneOf), text)?.ConvertAll(TryParseSingle) is { } fills && !fills.Contains(null)
            ? OneOf([.. fills.OfType<DropoutFill>()])
            : null);

    // All but a OneOf: it does not nest, so no text, however deep, can exhaust the stack.
    private static DropoutFill? TryParseSingle(string text)
    {
        foreach (DropoutFill fill in (ReadOnlySpan<DropoutFill>)[Zero, Missing, ChannelMean, LastValue])
        {
            if (text.Equals(fill._text, StringComparison.OrdinalIgnoreCase))
                return fill;
        }

        if (ParseNumber(text) is { } value)
            return Constant(value);
        return ArgumentsOf(nameof(PerChannel), text)?.ConvertAll(ParseNumber) is { } values && !values.Contains(null)
            ? PerChannel([.. values.OfType<double>()])
            : null;
    }

    private static double? ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    // The parts between the parentheses of name(part, part). Null if the text is something else. A comma within inner parentheses
    // belongs to its part.
    private static List<string>? ArgumentsOf(string name, string text)
    {
        if (!text.StartsWith(name + "(", StringComparison.OrdinalIgnoreCase) || !text.EndsWith(')'))
            return null;

        var parts = new List<string>();
        int depth = 0;
        int start = name.Length + 1;
        for (int i = start; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if ((text[i] == ',' && depth == 0) || i == text.Length - 1)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        return depth == -1 ? parts : null;
    }
}
