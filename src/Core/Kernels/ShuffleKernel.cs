using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// destination[i] = keep(mask of the coin of i, source[i]), for coins whose masks fit into one vector.
/// </summary>
internal readonly ref struct ShuffleKernel<T, TOperator> : IRowKernel<T>
    where T : unmanaged
    where TOperator : struct, IKeepOperator<T>, allows ref struct
{
    // In vectors.
    private const int ShortestCopyInThrees = 32;

    private readonly ReadOnlySpan<T> _source;
    private readonly ReadOnlySpan<uint> _keepOfCoin;
    private readonly ReadOnlySpan<uint> _coinOfLane;
    private readonly int _coinPeriod;
    private readonly int _period;
    private readonly TOperator _keep;
    private readonly Span<T> _destination;

    /// <param name="source">The elements of a row.</param>
    /// <param name="keepOfCoin">The masks of the coins, filled up to the widest vector.</param>
    /// <param name="coinOfLane">The coin of each 32-bit lane, as a <see cref="Tile"/>.</param>
    /// <param name="coinPeriod">The number of elements after which the coins repeat.</param>
    /// <param name="period">The period of the tile in elements, a multiple of <paramref name="coinPeriod"/>.</param>
    /// <param name="keep">What an element becomes.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
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

    public int Length => _source.Length;

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

        // Short rows that are copied lose more by the set-up than they gain.
        bool takesThrees = Unsafe.AreSame(in source, in destination) || length >= ShortestCopyInThrees * (nuint)TVectors.Count;
        if (takesThrees && 3 * (uint)TVectors.Count % (uint)_coinPeriod == 0)
            start = RowKernel.StreamThrees<T, TVector, TVectors, ShuffledMasks<T, TVector, TVectors>, TOperator>(
                in source, ref destination, length, (nuint)_period, masks, _keep);
        RowKernel.Stream<T, TVector, TVectors, ShuffledMasks<T, TVector, TVectors>, TOperator>(
            in source, ref destination, start, length, (nuint)_period, masks, _keep);
    }
}
