using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// One row of odd values, the expected result, and memory before and after it that must not change.
/// </summary>
internal sealed class KernelCase<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly (T Scale, T Fill)[] ScalesAndFills =
    [
        (T.One, T.Zero), (T.CreateTruncating(1.4285715), T.Zero), (T.One, T.NaN), (T.One, T.CreateTruncating(-7.5)),
    ];

    private readonly int _length;
    private readonly int _offset;
    private readonly T[] _source;
    private readonly T[] _expected;

    /// <param name="length">The length of the row.</param>
    /// <param name="keep">Whether element i is kept.</param>
    /// <param name="scale">What element i is multiplied by.</param>
    /// <param name="fill">What element i becomes.</param>
    public KernelCase(int length, Func<int, bool> keep, Func<int, T> scale, Func<int, T> fill)
    {
        _length = length;
        _offset = 1 + (length % 5);
        _source = OddValues.Row<T>(_offset + length + 3, start: length);
        _expected = [.. _source];
        for (int i = 0; i < length; i++)
        {
            T value = _source[_offset + i];
            _expected[_offset + i] = !keep(i) ? fill(i) : scale(i) == T.One ? value : value * scale(i);
        }
    }

    public delegate void Kernel(ReadOnlySpan<T> source, Span<T> destination);

    /// <summary>Runs a kernel from the row to a copy, and in place.</summary>
    public void Check(Kernel kernel, string what)
    {
        T[] apart = [.. _source];
        kernel(_source.AsSpan(_offset, _length), apart.AsSpan(_offset, _length));
        Bits.AreEqual<T>(_expected, apart, $"{typeof(T).Name}, {what}:");

        T[] inPlace = [.. _source];
        kernel(inPlace.AsSpan(_offset, _length), inPlace.AsSpan(_offset, _length));
        Bits.AreEqual<T>(_expected, inPlace, $"{typeof(T).Name}, in place, {what}:");
    }
}
