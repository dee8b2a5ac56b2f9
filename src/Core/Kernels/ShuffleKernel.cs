using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// destination[i] = keep(mask of the coin of i, source[i]), for so few coins that a vector holds the masks of all.
/// </summary>
internal readonly ref struct ShuffleKernel<T, TOperator> : IRowKernel<T>
    where T : unmanaged
    where TOperator : struct, IKeepOperator<T>, allows ref struct
{
    private readonly ReadOnlySpan<T> _source;
    private readonly ReadOnlySpan<uint> _keepOfCoin;
    private readonly ReadOnlySpan<uint> _coinOfLane;
    private readonly int _coinPeriod;
    private readonly int _period;
    private readonly TOperator _keep;
    private readonly Span<T> _destination;

    /// <param name="source">The elements of a row.</param>
    /// <param name="keepOfCoin">A vector of masks, those of the coins first.</param>
    /// <param name="coinOfLane">The coin of each 32-bit lane: a <see cref="Tile"/> of them.</param>
    /// <param name="coinPeriod">After how many elements the coins repeat.</param>
    /// <param name="period">The period of the tile, in elements: a multiple of that.</param>
    /// <param name="keep">What becomes of an element.</param>
    /// <param name="destination">As long as <paramref name="source"/>; the same memory, or apart from it.</param>
    public ShuffleKernel(
        ReadOnlySpan<T> source, ReadOnlySpan<uint> keepOfCoin, ReadOnlySpan<uint> coinOfLane, int coinPeriod, int period,
        in TOperator keep, Span<T> destination)
    {
        _source = source;
        _keepOfCoin = keepOfCoin[..Vector512<uint>.Count];
        _coinOfLane = coinOfLane[..(Tile.Length<T>(period) * (Unsafe.SizeOf<T>() / sizeof(uint)))];
        _coinPeriod = coinPeriod;
        _period = period;
        _keep = keep;
        _destination = destination[..source.Length];
    }

    public int StretchLength => _source.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<TVector, TVectors>()
        where TVectors : IVectors<T, TVector>
    {
        ref T coins = ref Unsafe.As<uint, T>(ref MemoryMarshal.GetReference(_keepOfCoin));
        var masks = new ShuffledMasks<T, TVector, TVectors>(
            TVectors.Load(in coins, 0), in MemoryMarshal.GetReference(_coinOfLane));
        ref readonly T source = ref MemoryMarshal.GetReference(_source);
        ref T destination = ref MemoryMarshal.GetReference(_destination);
        nuint length = (nuint)_source.Length;
        nuint start = 0;

        // Apart, memory is what takes the time, and it likes vector after vector better.
        bool inPlace = Unsafe.AreSame(in source, in destination);
        if (inPlace && 3 * (uint)TVectors.Count % (uint)_coinPeriod == 0)
            start = RowKernel.StreamThrees<T, TVector, TVectors, ShuffledMasks<T, TVector, TVectors>, TOperator>(
                in source, ref destination, length, (nuint)_period, masks, _keep);
        RowKernel.Stream<T, TVector, TVectors, ShuffledMasks<T, TVector, TVectors>, TOperator>(
            in source, ref destination, start, length, (nuint)_period, masks, _keep);
    }
}
