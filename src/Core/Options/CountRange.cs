using System.Diagnostics;
using static System.FormattableString;

namespace MLNet.SpatialDropout;

/// <summary>A range of counts, both ends included. A tuple such as <c>(1, 2)</c> converts to it.</summary>
/// <param name="Min">The least count.</param>
/// <param name="Max">The largest count.</param>
/// <example>
/// <code>
/// var options = new DropoutOptions { Channels = 6, DroppedChannels = (1, 2) };   // every row loses one sensor or two
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct CountRange(int Min, int Max)
{
    /// <summary>Makes a range of a tuple.</summary>
    public static implicit operator CountRange((int Min, int Max) range) => new(range.Min, range.Max);

    /// <summary>The range as code has it: <c>(1, 2)</c>.</summary>
    public override string ToString() => Invariant($"({Min}, {Max})");
}
