using System.Globalization;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>What a ratio must hold.</summary>
/// <param name="Limit">The ratio allowed or demanded.</param>
/// <param name="IsSpeedUp">
/// Whether the ratio says how many times faster than the other side, and so must not be below the limit; otherwise it is time
/// for time, and must not be above.
/// </param>
internal readonly record struct Bar(double Limit, bool IsSpeedUp)
{
    public static Bar AtMost(double limit) => new(limit, IsSpeedUp: false);

    public static Bar TimesFaster(double limit) => new(limit, IsSpeedUp: true);

    public bool Holds(double ratio) => IsSpeedUp ? ratio >= Limit : ratio <= Limit;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsSpeedUp ? ">=" : "<=")} {Limit:0.##}");
}
