using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>
/// An immutable list that is equal to another list with the same elements. Options keep their lists in it, so that options with
/// equal lists are equal.
/// </summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
    where T : IEquatable<T>
{
    private readonly T[] _values;

    public ValueList(ReadOnlySpan<T> values) => _values = values.ToArray();

    public int Count => _values.Length;

    public T this[int index] => _values[index];

    /// <summary>The elements as a span over the list's own memory.</summary>
    public ReadOnlySpan<T> AsSpan() => _values;

    public bool Equals(ValueList<T>? other) => other is not null && AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T value in _values)
            hash.Add(value);
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The elements as code has them: <c>[16, 16, 8]</c>.</summary>
    public override string ToString() =>
        $"[{string.Join(", ", _values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}")))}]";
}
