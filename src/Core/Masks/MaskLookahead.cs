namespace MLNet.SpatialDropout;

/// <summary>
/// Masks of a cursor's rows, drawn several rows ahead as soon as the rows' keys follow each other, as they mostly do. Not
/// thread-safe, as a cursor is not.
/// </summary>
internal sealed class MaskLookahead
{
    private readonly CoinSampler _sampler;
    private readonly int _masksPerRow;
    private readonly uint[] _keep;

    // The rows whose masks are there.
    private MaskKey _first;
    private int _rows;

    /// <param name="sampler">What draws the masks; it must be able to draw ahead.</param>
    public MaskLookahead(CoinSampler sampler)
    {
        _sampler = sampler;
        _masksPerRow = sampler.MasksPerRow;
        _keep = new uint[sampler.MaskLengthAhead];
    }

    /// <summary>The masks of the coins of a row, and others behind them.</summary>
    public Span<uint> MasksOf(in MaskKey row)
    {
        ulong offset = row.Low - _first.Low;
        if (offset < (ulong)_rows && IsOfSameRows(in row))
            return _keep.AsSpan((int)offset * _masksPerRow);

        Draw(in row, follows: _rows > 0 && offset == (ulong)_rows && IsOfSameRows(in row));
        return _keep;
    }

    private bool IsOfSameRows(in MaskKey row) => row.High == _first.High && row.Copy == _first.Copy;

    private void Draw(in MaskKey row, bool follows)
    {
        if (follows)
            _sampler.DrawAhead(in row, _sampler.RowsAhead, _keep);
        else
            _sampler.Draw(in row, _keep);
        _first = row;
        _rows = follows ? _sampler.RowsAhead : 1;
    }
}
