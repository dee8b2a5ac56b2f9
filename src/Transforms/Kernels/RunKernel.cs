using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>Drops elements run by run: for long runs of equal coins, channels first above all.</summary>
internal readonly ref struct RunKernel<T> : IRowKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _source;
    private readonly ReadOnlySpan<uint> _keepOfRun;
    private readonly int _runLength;
    private readonly ReadOnlySpan<T> _scales;
    private readonly ReadOnlySpan<T> _fills;
    private readonly Span<T> _destination;

    /// <param name="source">The elements of a row: a whole number of runs.</param>
    /// <param name="keepOfRun">One mask for each run; the first again after the last.</param>
    /// <param name="runLength">The number of elements of a run.</param>
    /// <param name="scales">
    /// What kept values are multiplied by, one for each mask or one for all; 1 leaves their bits alone.
    /// </param>
    /// <param name="fills">What dropped values become, as many as <paramref name="scales"/>.</param>
    /// <param name="destination">As long as <paramref name="source"/>; the same memory, or apart from it.</param>
    public RunKernel(
        ReadOnlySpan<T> source, ReadOnlySpan<uint> keepOfRun, int runLength, ReadOnlySpan<T> scales, ReadOnlySpan<T> fills,
        Span<T> destination)
    {
        _source = source;
        _keepOfRun = keepOfRun;
        _runLength = runLength;
        _scales = scales;
        _fills = fills;
        _destination = destination[..source.Length];
    }

    public int StretchLength => _runLength;

    public void Invoke<TVector, TVectors>()
        where TVectors : IVectors<T, TVector>
    {
        int run = 0;
        for (int start = 0; start < _source.Length; start += _runLength)
        {
            var mask = new SameMask<TVector>(TVectors.Create(Tile.MaskOf<T>(_keepOfRun[run])));
            ReadOnlySpan<T> source = _source.Slice(start, _runLength);
            ref T destination = ref MemoryMarshal.GetReference(_destination[start..]);
            T scale = _scales.Length == 1 ? _scales[0] : _scales[run];
            T fill = _fills.Length == 1 ? _fills[0] : _fills[run];
            if (scale == T.One)
                Stream<TVector, TVectors, KeepUnscaled<T>>(source, mask, new KeepUnscaled<T>(fill), ref destination);
            else
                Stream<TVector, TVectors, KeepScaled<T>>(source, mask, new KeepScaled<T>(scale, fill), ref destination);

            run = run + 1 == _keepOfRun.Length ? 0 : run + 1;
        }
    }

    // The mask is the same in any phase, so any period will do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Stream<TVector, TVectors, TOperator>(
        ReadOnlySpan<T> source, SameMask<TVector> mask, TOperator keep, ref T destination)
        where TVectors : IVectors<T, TVector>
        where TOperator : struct, IKeepOperator<T> =>
        RowKernel.Stream<T, TVector, TVectors, SameMask<TVector>, TOperator>(
            in MemoryMarshal.GetReference(source), ref destination, start: 0, length: (nuint)source.Length,
            period: (nuint)source.Length, mask, keep);
}
