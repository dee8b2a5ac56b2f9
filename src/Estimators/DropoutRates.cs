using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>One drop probability per coin, in the order of the coins. Immutable; compared by value.</summary>
/// <example>
/// <code>
/// DropoutRates rates = [0.3, 0.3, 0.3, 0.05, 0.05, 0.05];   // three sensors that fail often, three that seldom do
/// </code>
/// </example>
[CollectionBuilder(typeof(DropoutRates), nameof(Create))]
public sealed class DropoutRates : ValueList<double>
{
    private DropoutRates(ReadOnlySpan<double> rates)
        : base(rates)
    {
    }

    /// <summary>Makes a list of rates; what a collection expression such as <c>[0.3, 0.05]</c> calls.</summary>
    /// <param name="rates">The rates, 0 to 1. They are copied, and checked where an option uses them.</param>
    /// <example>
    /// <code>
    /// DropoutRates rates = DropoutRates.Create([.. daysDown.Select(days => days / 365.0)]);   // as each was down last year
    /// </code>
    /// </example>
    public static DropoutRates Create(params ReadOnlySpan<double> rates) => new(rates);
}
