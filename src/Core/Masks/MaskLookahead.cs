namespace MLNet.SpatialDropout;

/// <summary>
/// Masks of a cursor's rows, drawn several rows ahead once the rows' keys count up, as they mostly do. Not thread-safe, like a
/// cursor.
/// </summary>
internal sealed class MaskLookahead
{
    private readonly CoinSampler _sampler;
    private readonly int _masksPerRow;
    private readonly uint[] _keep;

    // The rows whose masks are drawn.
    private MaskKey _first;
    private int _rows;

    /// <param name="sampler">Draws the masks. It must be able to draw ahead.</param>
    public MaskLookahead(CoinSampler sampler)
    {
        _sampler = sampler;
        _masksPerRow = sampler.MasksPerRow;
        _keep = new uint[sampler.MaskLengthAhead];
    }

    /// <summary>The masks of the coins of a row, followed by others.</summary>
    public Span<uint> MasksOf(in MaskKey key)
    {
        ulong offset = key.Low - _first.Low;
        if (offset < (ulong)_rows && IsOfSameRows(in key))
            return _keep.AsSpan((int)offset * _masksPerRow);

        Draw(in key, follows: _rows > 0 && offset == (ulong)_rows && IsOfSameRows(in key));
        return _keep;
    }

    private bool IsOfSameRows(in MaskKey key) => key.High == _first.High && key.Copy == _first.Copy;

    private void Draw(in MaskKey key, bool follows)
    {
        if (follows)
            _sampler.DrawAhead(in key, _sampler.RowsAhead, _keep);
        else
            _sampler.Draw(in key, _keep);
        _first = key;
        _rows = follows ? _sampler.RowsAhead : 1;
    }
}
