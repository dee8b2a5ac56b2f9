using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>An immutable list that is equal to another list with the same elements. Options use it for shapes and rates.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <example>
/// <code>
/// ValueList&lt;int> expected = [128, 6];
/// bool fits = plan.Shape == expected;   // true: lists are compared by value
/// </code>
/// </example>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
    where T : IEquatable<T>
{
    private readonly T[] _values;

    internal ValueList(ReadOnlySpan<T> values) => _values = values.ToArray();

    /// <summary>The number of elements.</summary>
    public int Count => _values.Length;

    /// <summary>The element at an index.</summary>
    /// <param name="index">The index, from 0 to <see cref="Count"/> - 1.</param>
    public T this[int index] => _values[index];

    /// <summary>Whether two lists have equal elements in the same order.</summary>
    public static bool operator ==(ValueList<T>? left, ValueList<T>? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two lists differ in an element or in length.</summary>
    public static bool operator !=(ValueList<T>? left, ValueList<T>? right) => !(left == right);

    /// <summary>The elements as a span.</summary>
    /// <returns>A span over the list's own memory.</returns>
    /// <example>
    /// <code>
    /// int broken = rates.AsSpan().IndexOf(1.0);   // the first channel that drops in every row; -1 if none does
    /// </code>
    /// </example>
    public ReadOnlySpan<T> AsSpan() => _values;

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) => other is not null && AsSpan().SequenceEqual(other._values);

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

    /// <summary>The elements as code has them: <c>[16, 16, 8]</c>.</summary>
    public override string ToString() =>
        $"[{string.Join(", ", _values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}")))}]";
}
