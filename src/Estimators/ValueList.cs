using System.Collections;
using System.Diagnostics;
using System.Globalization;

namespace MLNet.SpatialDropout;

/// <summary>A list that never changes and compares by its values, so that options that hold one do, too.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <example>
/// <code>
/// DropoutShape expected = [128, 6];
/// bool fits = plan.Shape == expected;   // true: lists are compared by their values
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
    where T : IEquatable<T>, IFormattable
{
    private readonly T[] _values;

    private protected ValueList(ReadOnlySpan<T> values) => _values = values.ToArray();

    /// <summary>The number of elements.</summary>
    /// <example>
    /// <code>
    /// int axes = plan.Shape.Count;   // 2: time and channels
    /// </code>
    /// </example>
    public int Count => _values.Length;

    /// <summary>One element.</summary>
    /// <param name="index">Which, from 0 to <see cref="Count"/> - 1.</param>
    /// <example>
    /// <code>
    /// int channels = plan.Shape[^1];   // 6
    /// </code>
    /// </example>
    public T this[int index] => _values[index];

    /// <summary>Whether two lists have the same values.</summary>
    public static bool operator ==(ValueList<T>? left, ValueList<T>? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two lists differ in a value.</summary>
    public static bool operator !=(ValueList<T>? left, ValueList<T>? right) => !(left == right);

    /// <summary>The elements as a span.</summary>
    /// <example>
    /// <code>
    /// int broken = rates.AsSpan().IndexOf(1.0);   // the first channel that drops in every row; -1 where none does
    /// </code>
    /// </example>
    public ReadOnlySpan<T> AsSpan() => _values;

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) =>
        other is not null && GetType() == other.GetType() && AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T value in _values)
            hash.Add(value);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The elements as they are written in code: <c>[16, 16, 8]</c>.</summary>
    /// <example>
    /// <code>
    /// Console.WriteLine(plan.NoiseShape);   // [1, 6]
    /// </code>
    /// </example>
    public override string ToString() =>
        $"[{string.Join(", ", _values.Select(value => value.ToString(format: null, CultureInfo.InvariantCulture)))}]";
}
