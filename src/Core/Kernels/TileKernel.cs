using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>
/// destination[i] = keep(tile[i mod period], source[i]), for many coins in short runs, as with channels last.
/// </summary>
internal readonly ref struct TileKernel<T, TOperator> : IRowKernel<T>
    where T : unmanaged
    where TOperator : struct, IKeepOperator<T>, allows ref struct
{
    private readonly ReadOnlySpan<T> _source;
    private readonly ReadOnlySpan<T> _tile;
    private readonly int _period;
    private readonly TOperator _keep;
    private readonly Span<T> _destination;

    /// <param name="source">The elements of a row.</param>
    /// <param name="tile">Their masks, as a <see cref="Tile"/>.</param>
    /// <param name="period">The period of the tile.</param>
    /// <param name="keep">What an element becomes.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    public TileKernel(ReadOnlySpan<T> source, ReadOnlySpan<T> tile, int period, in TOperator keep, Span<T> destination)
    {
        _source = source;
        _tile = tile[..Tile.Length<T>(period)];
        _period = period;
        _keep = keep;
        _destination = destination[..source.Length];
    }

    public int Length => _source.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<TVector, TVectors>()
        where TVectors : IVectors<T, TVector> =>
        RowKernel.Stream<T, TVector, TVectors, TileMasks<T, TVector, TVectors>, TOperator>(
            in MemoryMarshal.GetReference(_source), ref MemoryMarshal.GetReference(_destination), start: 0,
            (nuint)_source.Length, (nuint)_period, new TileMasks<T, TVector, TVectors>(in MemoryMarshal.GetReference(_tile)),
            _keep);
}
