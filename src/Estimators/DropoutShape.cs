using System.Collections;
using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>The axis sizes of a row or of its noise, outermost axis first. Immutable; compared by value.</summary>
/// <example>
/// <code>
/// DropoutShape rows = [16, 16, 8];   // height, width, channels
/// DropoutShape noise = [1, 1, 8];    // one coin per channel
/// </code>
/// </example>
[CollectionBuilder(typeof(DropoutShape), nameof(Create))]
public sealed class DropoutShape : IReadOnlyList<int>, IEquatable<DropoutShape>
{
    private readonly int[] _sizes;

    private DropoutShape(int[] sizes) => _sizes = sizes;

    /// <summary>The number of axes.</summary>
    public int Count => _sizes.Length;

    /// <summary>
    /// The product of the axis sizes, for sizes of 1 and more; 2^32 for whatever is larger than that, which no vector has.
    /// </summary>
    internal long ElementCount
    {
        get
        {
            const long NoVectorIsThatLong = 1L << 32;
            long count = 1;
            foreach (int size in _sizes)
                count = Math.Min(count * size, NoVectorIsThatLong);
            return count;
        }
    }

    /// <summary>The size of one axis.</summary>
    /// <param name="index">The axis, 0 to <see cref="Count"/> - 1; 0 is the outermost.</param>
    public int this[int index] => _sizes[index];

    /// <summary>Makes a shape; what a collection expression such as <c>[16, 16, 8]</c> calls.</summary>
    /// <param name="sizes">The axis sizes, outermost first. They are copied, and checked where an option uses them.</param>
    public static DropoutShape Create(params ReadOnlySpan<int> sizes) => new(sizes.ToArray());

    /// <inheritdoc/>
    public bool Equals(DropoutShape? other) => other is not null && _sizes.AsSpan().SequenceEqual(other._sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DropoutShape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int size in _sizes)
            hash.Add(size);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The sizes as they are written in code: <c>[16, 16, 8]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _sizes)}]";
}
