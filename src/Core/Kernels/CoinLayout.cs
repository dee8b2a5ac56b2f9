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
    // Pieces that are shorter in the mean cost less as a tile than a call for each.
    private const int ShortestPiece = 64;

    // A longer table of coins would take the row's place in the first-level cache.
    private const int LongestShuffledPeriod = 1024;

    private readonly NoiseBroadcast _broadcast;
    private readonly int _tilePeriod;

    // Pieces of a period go one by one. Otherwise the masks are picked from a register by a table of coins or, without a table, are
    // a tile in memory.
    private readonly (int Length, int Coin)[]? _pieces;
    private readonly uint[]? _coinOfLane;

    // The lane of the fill of each lane, where one vector has the fills of all channels.
    private readonly uint[]? _fillOfLane;

    // One value for all elements; or a tile of them.
    private readonly T[] _scales;
    private readonly T[] _fills;

    // One of these operators is for all rows. If each row made its own, the kernel would wait for it, as RowKernel says.
    private readonly KeepByCoin<T> _keepByCoin;
    private readonly KeepUnscaled<T> _keepUnscaled;
    private readonly KeepScaled<T> _keepScaled;

    /// <param name="broadcast">How the coins lie over a row.</param>
    /// <param name="rowLength">The number of elements of a row.</param>
    /// <param name="scales">What kept values are multiplied by: one factor for all coins, or one for each.</param>
    /// <param name="fills">What dropped values become: one value for all channels, or one for each.</param>
    public CoinLayout(NoiseBroadcast broadcast, int rowLength, T[] scales, T[] fills)
    {
        _broadcast = broadcast;
        _tilePeriod = Tile.Period<T>(broadcast.Period);
        int pieces = broadcast.RunsAreCoins ? broadcast.RunsPerPeriod : broadcast.Pieces().Count();
        bool isOnePiece = pieces == 1 && broadcast.Period == rowLength;
        bool oneVectorHoldsAllCoins = broadcast.CoinCount <= LanesOfWidestVector && rowLength >= Vector512<T>.Count;
        if (!isOnePiece && oneVectorHoldsAllCoins && _tilePeriod <= LongestShuffledPeriod)
        {
            _coinOfLane = MakeLaneTable(element => (uint)broadcast.CoinOf(element), lanesPerCoin: 1);
            if (broadcast.ChannelCount * LanesPerElement <= LanesOfWidestVector)
                _fillOfLane = MakeLaneTable(element => (uint)broadcast.ChannelOf(element), LanesPerElement);
        }
        else if (isOnePiece || broadcast.Period / pieces >= ShortestPiece)
            _pieces = [.. broadcast.Pieces()];
        bool isUniform = scales.Length == 1 && fills.Length == 1;
        _scales = isUniform ? scales : MakeTile(scales, broadcast.CoinOf);
        _fills = isUniform ? fills : MakeTile(fills, broadcast.ChannelOf);
        _keepByCoin = isUniform ? default : new KeepByCoin<T>(_scales, _fills);
        _keepUnscaled = new KeepUnscaled<T>(_fills[0]);
        _keepScaled = new KeepScaled<T>(_scales[0], _fills[0]);
    }

    private static int LanesOfWidestVector =>
        Vector512.IsHardwareAccelerated ? Vector512<uint>.Count
        : Vector256.IsHardwareAccelerated ? Vector256<uint>.Count
        : Vector128.IsHardwareAccelerated ? Vector128<uint>.Count
        : 0;

    private static int LanesPerElement => Unsafe.SizeOf<T>() / sizeof(uint);

    // Masks of 32 bits in the order of 32-bit elements are a tile already.
    private bool MasksAreTile => Unsafe.SizeOf<T>() == sizeof(uint) && _broadcast.RunLength == 1;

    /// <summary>Whether one vector holds the masks of all coins, as <see cref="Shuffle{TWords}"/> takes them.</summary>
    public bool IsShuffled => _coinOfLane is not null;

    /// <summary>Whether <see cref="Apply"/> does not overwrite the masks.</summary>
    public bool LeavesMasks => IsShuffled || _pieces is not null;

    /// <summary>
    /// The least length of the span with the masks that <see cref="Apply"/> takes.
    /// </summary>
    public int WorkLength =>
        IsShuffled ? Vector512<uint>.Count
        : LeavesMasks ? _broadcast.CoinCount
        : MasksAreTile ? Tile.Length<T>(_tilePeriod) : _broadcast.RunsPerPeriod;

    /// <summary>Drops the elements of one row.</summary>
    /// <param name="keep">The masks of the coins, in a span of at least <see cref="WorkLength"/>. It may be overwritten.</param>
    /// <param name="source">The row.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    public void Apply(Span<uint> keep, ReadOnlySpan<T> source, Span<T> destination)
    {
        if (IsShuffled)
            Shuffle(new StoredWords(keep), source, destination);
        else if (_pieces is not null)
            ApplyPieces(keep, source, destination);
        else if (_scales.Length > 1)
            ApplyTile(keep, source, _keepByCoin, destination);
        else if (_scales[0] == T.One)
            ApplyTile(keep, source, _keepUnscaled, destination);
        else
            ApplyTile(keep, source, _keepScaled, destination);
    }

    /// <summary>Drops the elements of one row, if <see cref="IsShuffled"/>.</summary>
    /// <param name="words">The masks of the coins. What follows them is ignored.</param>
    /// <param name="source">The row.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    public void Shuffle<TWords>(TWords words, ReadOnlySpan<T> source, Span<T> destination)
        where TWords : struct, IRowWords, allows ref struct
    {
        if (_scales.Length > 1)
            Shuffle(words, source, _keepByCoin, destination);
        else if (_scales[0] == T.One)
            Shuffle(words, source, _keepUnscaled, destination);
        else
            Shuffle(words, source, _keepScaled, destination);
    }

    /// <summary>The length of the span with the fills that <see cref="ApplyFills"/> takes.</summary>
    public int FillsLength => Tile.Length<T>(_tilePeriod);

    /// <summary>The least length of the span with the masks that <see cref="ApplyFills"/> takes.</summary>
    public int FillWorkLength =>
        Math.Max(IsShuffled ? Vector512<uint>.Count : _broadcast.CoinCount, _broadcast.RunsPerPeriod);

    /// <summary>
    /// Whether <see cref="Apply"/> can work on a part of a row, whole periods of some length.
    /// </summary>
    public bool CanApplyTo(int length) => !IsShuffled || length >= Vector512<T>.Count;

    /// <summary>
    /// Drops elements of one row, with fills that are the row's own, if runs are single elements. Nothing is scaled.
    /// </summary>
    /// <param name="keep">
    /// The masks of the coins, in a span of at least <see cref="FillWorkLength"/>. It may be overwritten.
    /// </param>
    /// <param name="source">The elements, whole periods of them.</param>
    /// <param name="fills">
    /// What dropped values become, in a span of <see cref="FillsLength"/>: on entry, a value for each element of the noise. It may
    /// be overwritten.
    /// </param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    public void ApplyFills(Span<uint> keep, ReadOnlySpan<T> source, Span<T> fills, Span<T> destination)
    {
        if (CanShuffleFills(source.Length))
        {
            Shuffle(Vector512.Create<uint>(keep), source, Vector512.Create<T>(fills), destination);
            return;
        }

        _broadcast.SpreadChannels(fills);
        Tile.Repeat(fills, _broadcast.Period);
        if (IsShuffled && CanApplyTo(source.Length))
        {
            Shuffle(new StoredWords(keep), source, new KeepFilled<T>(fills), destination);
            return;
        }

        _broadcast.Spread(keep);
        ApplyFilledTile(keep, source, new KeepFilled<T>(fills), destination);
    }

    /// <summary>Whether one vector holds the fills of all channels too, for rows of some length.</summary>
    public bool CanShuffleFills(int rowLength) => _fillOfLane is not null && rowLength >= Vector512<T>.Count;

    /// <summary>The same as <see cref="ApplyFills"/>, if <see cref="CanShuffleFills"/>.</summary>
    /// <param name="keep">The masks of the coins. What follows them is ignored.</param>
    /// <param name="source">The elements, whole periods of them.</param>
    /// <param name="fills">A value for each channel. What follows them is ignored.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Shuffle(Vector512<uint> keep, ReadOnlySpan<T> source, Vector512<T> fills, Span<T> destination) =>
        RunKernel(keep, source, new KeepShuffled<T>(fills, _fillOfLane), destination);

    private void ApplyPieces(ReadOnlySpan<uint> keep, ReadOnlySpan<T> source, Span<T> destination)
    {
        int phase = 0;
        for (int start = 0; start < source.Length; start += _broadcast.Period, phase = 0)
        {
            foreach ((int length, int coin) in _pieces!)
            {
                ApplyPiece(keep[coin] != 0, source.Slice(start + phase, length), phase, destination.Slice(start + phase, length));
                phase += length;
            }
        }
    }

    // All elements of a piece have one scale, because they have one coin. Channels of one group may differ in their fills.
    private void ApplyPiece(bool keep, ReadOnlySpan<T> source, int phase, Span<T> destination)
    {
        T scale = _scales[_scales.Length == 1 ? 0 : phase];
        if (!keep && _fills.Length == 1)
            destination.Fill(_fills[0]);
        else if (!keep)
            _fills.AsSpan(phase, destination.Length).CopyTo(destination);
        else if (scale != T.One)
            TensorPrimitives.Multiply(source, scale, destination);
        else
            source.CopyTo(destination);
    }

    // One method draws the words and runs the kernel, so that the words stay in a register. It is one for each operator, because
    // the compiler does not inline everything into a longer one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Shuffle<TWords, TOperator>(
        TWords words, ReadOnlySpan<T> source, TOperator keepOperator, Span<T> destination)
        where TWords : struct, IRowWords, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct =>
        RunKernel(words.ToVector(), source, keepOperator, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunKernel<TOperator>(
        Vector512<uint> keep, ReadOnlySpan<T> source, TOperator keepOperator, Span<T> destination)
        where TOperator : struct, IKeepOperator<T>, allows ref struct =>
        RowKernel.Invoke(
            source, destination, _broadcast.Period, _tilePeriod, new ShuffledMasks<T>(keep, _coinOfLane), keepOperator);

    private void ApplyTile<TOperator>(
        Span<uint> keep, ReadOnlySpan<T> source, scoped TOperator keepOperator, Span<T> destination)
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        _broadcast.Spread(keep);
        if (!MasksAreTile)
        {
            ApplyFilledTile(keep, source, keepOperator, destination);
            return;
        }

        Span<uint> tile = keep[..Tile.Length<T>(_tilePeriod)];
        Tile.Repeat(tile, _broadcast.Period);
        RunKernel(new TileMasks<T>(MemoryMarshal.Cast<uint, T>(tile)), source, keepOperator, destination);
    }

    [SkipLocalsInit]
    private void ApplyFilledTile<TOperator>(
        ReadOnlySpan<uint> keep, ReadOnlySpan<T> source, scoped TOperator keepOperator, Span<T> destination)
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        using var tile = new Scratch<T>(stackalloc T[512], Tile.Length<T>(_tilePeriod));
        Tile.FillMasks(tile.Span, keep[.._broadcast.RunsPerPeriod], _broadcast.RunLength);
        RunKernel(new TileMasks<T>(tile.Span), source, keepOperator, destination);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunKernel<TOperator>(
        scoped TileMasks<T> masks, ReadOnlySpan<T> source, scoped TOperator keepOperator, Span<T> destination)
        where TOperator : struct, IKeepOperator<T>, allows ref struct =>
        RowKernel.Invoke(source, destination, _tilePeriod, _tilePeriod, masks, keepOperator);

    // The masks of coins have one lane each, of which an element of several lanes takes all its own. Values have as many lanes as an
    // element.
    private uint[] MakeLaneTable(Func<int, uint> indexOf, int lanesPerCoin)
    {
        var table = new uint[Tile.Length<T>(_tilePeriod) * LanesPerElement];
        for (int lane = 0; lane < table.Length; lane++)
        {
            (int element, int part) = Math.DivRem(lane, LanesPerElement);
            table[lane] = (indexOf(element) * (uint)lanesPerCoin) + (uint)(part % lanesPerCoin);
        }

        return table;
    }

    private T[] MakeTile(T[] values, Func<int, int> indexOf)
    {
        var tile = new T[Tile.Length<T>(_tilePeriod)];
        for (int i = 0; i < tile.Length; i++)
            tile[i] = values[values.Length == 1 ? 0 : indexOf(i)];
        return tile;
    }
}
