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
public sealed class DropoutShape : ValueList<int>
{
    private DropoutShape(ReadOnlySpan<int> sizes)
        : base(sizes)
    {
    }

    /// <summary>
    /// The product of the axis sizes, for sizes of 1 and more; 2^32 for whatever is larger than that, which no vector has.
    /// </summary>
    internal long ElementCount
    {
        get
        {
            const long NoVectorIsThatLong = 1L << 32;
            long count = 1;
            foreach (int size in AsSpan())
                count = Math.Min(count * size, NoVectorIsThatLong);
            return count;
        }
    }

    /// <summary>Makes a shape; what a collection expression such as <c>[16, 16, 8]</c> calls.</summary>
    /// <param name="sizes">The axis sizes, outermost first. They are copied, and checked where an option uses them.</param>
    /// <example>
    /// <code>
    /// int[] sizes = [.. setting.Split(' ').Select(int.Parse)];   // "128 6", as a user wrote it
    /// DropoutShape rows = DropoutShape.Create(sizes);            // [128, 6]
    /// </code>
    /// </example>
    public static DropoutShape Create(params ReadOnlySpan<int> sizes) => new(sizes);
}
