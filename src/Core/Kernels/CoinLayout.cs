using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// How coins lie over rows of one element type: which kernel fits, and the tables it reads. They are the same for every row.
/// </summary>
internal sealed class CoinLayout<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Shorter runs cost less as a tile than a call for each run.
    private const int ShortestSeparateRun = 64;

    // A longer table of coins would take the row's place in the first-level cache.
    private const int LongestShuffledPeriod = 1024;

    private readonly NoiseBroadcast _broadcast;
    private readonly int _tilePeriod;

    // Runs go one by one. Otherwise a table of coins selects the shuffle kernel, and no table the tile kernel.
    private readonly bool _hasSeparateRuns;
    private readonly uint[]? _coinOfLane;

    // One value for all coins; or one for each run, if runs go one by one; or a tile.
    private readonly T[] _scales;
    private readonly T[] _fills;

    /// <param name="broadcast">How the coins lie over a row.</param>
    /// <param name="rowLength">The number of elements of a row.</param>
    /// <param name="scales">What kept values are multiplied by: one factor for all coins, or one for each.</param>
    /// <param name="fills">What dropped values become, likewise.</param>
    public CoinLayout(NoiseBroadcast broadcast, int rowLength, T[] scales, T[] fills)
    {
        _broadcast = broadcast;
        _tilePeriod = Tile.Period<T>(broadcast.Period);
        bool oneVectorHoldsAllCoins = broadcast.CoinCount <= LanesOfWidestVector && rowLength >= Vector512<T>.Count;
        if (oneVectorHoldsAllCoins && _tilePeriod <= LongestShuffledPeriod)
            _coinOfLane = MakeCoinOfLane();
        _hasSeparateRuns = _coinOfLane is null && broadcast.RunLength >= ShortestSeparateRun;
        _scales = MakeTable(scales);
        _fills = MakeTable(fills);
    }

    private static int LanesOfWidestVector =>
        Vector512.IsHardwareAccelerated ? Vector512<uint>.Count
        : Vector256.IsHardwareAccelerated ? Vector256<uint>.Count
        : Vector128.IsHardwareAccelerated ? Vector128<uint>.Count
        : 0;

    // Masks of 32 bits in the order of 32-bit elements are a tile already.
    private bool MasksAreTile => _coinOfLane is null && Unsafe.SizeOf<T>() == sizeof(uint) && _broadcast.RunLength == 1;

    /// <summary>Whether <see cref="Apply(Span{uint}, ReadOnlySpan{T}, Span{T})"/> does not overwrite the masks.</summary>
    public bool LeavesMasks => _coinOfLane is not null || (_hasSeparateRuns && _broadcast.RunsAreCoins);

    /// <summary>
    /// The least length of the span with the masks that <see cref="Apply(Span{uint}, ReadOnlySpan{T}, Span{T})"/> takes.
    /// </summary>
    public int WorkLength => MasksAreTile ? Tile.Length<T>(_tilePeriod) : _broadcast.RunsPerPeriod;

    /// <summary>Drops the elements of one row.</summary>
    /// <param name="keep">The masks of the coins, in a span of at least <see cref="WorkLength"/>. It may be overwritten.</param>
    /// <param name="source">The row.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    public void Apply(Span<uint> keep, ReadOnlySpan<T> source, Span<T> destination)
    {
        if (_hasSeparateRuns)
            ApplyRuns(keep, source, destination);
        else if (_scales.Length > 1)
            Apply(keep, source, new KeepByCoin<T>(_scales, _fills), destination);
        else if (_scales[0] == T.One)
            Apply(keep, source, new KeepUnscaled<T>(_fills[0]), destination);
        else
            Apply(keep, source, new KeepScaled<T>(_scales[0], _fills[0]), destination);
    }

    private void ApplyRuns(Span<uint> keep, ReadOnlySpan<T> source, Span<T> destination)
    {
        _broadcast.Spread(keep);
        int runLength = _broadcast.RunLength;
        int run = 0;
        for (int start = 0; start < source.Length; start += runLength)
        {
            ApplyRun(
                keep[run] != 0, source.Slice(start, runLength), _scales[_scales.Length == 1 ? 0 : run],
                _fills[_fills.Length == 1 ? 0 : run], destination.Slice(start, runLength));
            run = run + 1 == _broadcast.RunsPerPeriod ? 0 : run + 1;
        }
    }

    private static void ApplyRun(bool keep, ReadOnlySpan<T> source, T scale, T fill, Span<T> destination)
    {
        if (!keep)
            destination.Fill(fill);
        else if (scale != T.One)
            TensorPrimitives.Multiply(source, scale, destination);
        else
            source.CopyTo(destination);
    }

    // Operators are passed by reference. By value, their fields would be written one by one and read back as a whole, and the
    // processor cannot do that before all earlier writes, those of the previous row, have reached the cache.
    private void Apply<TOperator>(
        Span<uint> keep, ReadOnlySpan<T> source, scoped in TOperator keepOperator, Span<T> destination)
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        if (_coinOfLane is not null)
            RowKernel.Invoke<T, ShuffleKernel<T, TOperator>>(new ShuffleKernel<T, TOperator>(
                source, keep, _coinOfLane, _broadcast.Period, _tilePeriod, in keepOperator, destination));
        else
            ApplyTile(keep, source, in keepOperator, destination);
    }

    private void ApplyTile<TOperator>(
        Span<uint> keep, ReadOnlySpan<T> source, scoped in TOperator keepOperator, Span<T> destination)
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        _broadcast.Spread(keep);
        if (MasksAreTile)
        {
            Tile.Repeat(keep[..Tile.Length<T>(_tilePeriod)], _broadcast.Period);
            ApplyTile(MemoryMarshal.Cast<uint, T>(keep), source, in keepOperator, destination);
        }
        else
        {
            ApplyFilledTile(keep, source, in keepOperator, destination);
        }
    }

    [SkipLocalsInit]
    private void ApplyFilledTile<TOperator>(
        ReadOnlySpan<uint> keep, ReadOnlySpan<T> source, scoped in TOperator keepOperator, Span<T> destination)
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        using var tile = new Scratch<T>(stackalloc T[512], Tile.Length<T>(_tilePeriod));
        Tile.FillMasks(tile.Span, keep[.._broadcast.RunsPerPeriod], _broadcast.RunLength);
        ApplyTile(tile.Span, source, in keepOperator, destination);
    }

    private void ApplyTile<TOperator>(
        ReadOnlySpan<T> tile, ReadOnlySpan<T> source, scoped in TOperator keepOperator, Span<T> destination)
        where TOperator : struct, IKeepOperator<T>, allows ref struct =>
        RowKernel.Invoke<T, TileKernel<T, TOperator>>(new TileKernel<T, TOperator>(
            source, tile, _tilePeriod, in keepOperator, destination));

    private uint[] MakeCoinOfLane()
    {
        int lanesPerElement = Unsafe.SizeOf<T>() / sizeof(uint);
        var coinOfLane = new uint[Tile.Length<T>(_tilePeriod) * lanesPerElement];
        for (int lane = 0; lane < coinOfLane.Length; lane++)
            coinOfLane[lane] = (uint)_broadcast.CoinOf(lane / lanesPerElement);
        return coinOfLane;
    }

    private T[] MakeTable(T[] valueOfCoin)
    {
        if (valueOfCoin.Length == 1)
            return valueOfCoin;

        var table = new T[_hasSeparateRuns ? _broadcast.RunsPerPeriod : Tile.Length<T>(_tilePeriod)];
        int elementsPerEntry = _hasSeparateRuns ? _broadcast.RunLength : 1;
        for (int i = 0; i < table.Length; i++)
            table[i] = valueOfCoin[_broadcast.CoinOf(i * elementsPerEntry)];
        return table;
    }
}
