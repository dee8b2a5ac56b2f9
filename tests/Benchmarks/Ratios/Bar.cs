using System.Globalization;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The limit of a ratio.</summary>
/// <param name="Limit">The ratio allowed or demanded.</param>
/// <param name="IsSpeedUp">
/// True if the ratio says how many times faster the measured side is, and must not be below the limit. False if it is the
/// measured time divided by the other, and must not be above.
/// </param>
internal readonly record struct Bar(double Limit, bool IsSpeedUp)
{
    public static Bar AtMost(double limit) => new(limit, IsSpeedUp: false);

    public static Bar TimesFaster(double limit) => new(limit, IsSpeedUp: true);

    public bool Holds(double ratio) => IsSpeedUp ? ratio >= Limit : ratio <= Limit;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsSpeedUp ? ">=" : "<=")} {Limit:0.##}");
}
