namespace MLNet.SpatialDropout;

/// <summary>
/// The blocks of random words that a row needs, in this order: those of its coins; that of the row as a whole and those of the
/// fills, if they are drawn. If they fit into one vector, they are drawn together, and the rows with the next keys too.
/// </summary>
internal sealed class RowBlocks
{
    /// <param name="coins">The number of coins of a row.</param>
    /// <param name="drawsRow">Whether something is drawn for the row as a whole.</param>
    /// <param name="drawsFills">Whether a fill is drawn for each coin.</param>
    public RowBlocks(int coins, bool drawsRow, bool drawsFills)
    {
        DrawsRow = drawsRow;
        DrawsFills = drawsFills;
        int ofCoins = (coins + Philox4x32.WordsPerBlock - 1) / Philox4x32.WordsPerBlock;
        int ofRow = drawsRow ? 1 : 0;
        int count = ofCoins + ofRow + (drawsFills ? ofCoins : 0);
        RowWords = ofCoins * Philox4x32.WordsPerBlock;
        FillWords = RowWords + (ofRow * Philox4x32.WordsPerBlock);
        WordsPerRow = count * Philox4x32.WordsPerBlock;
        Room = drawsFills ? FillWords + CoinStream.RoomFor(coins) : Math.Max(FillWords, CoinStream.RoomFor(coins));

        uint[] lanes = CoinStream.LaneNumbers();
        FitVector = count <= lanes.Length / 2;
        RowsPerVector = FitVector ? lanes.Length / 2 / count : 1;
        RowOfLane = Array.ConvertAll(lanes, lane => lane / (uint)count);
        BlockOfLane = Array.ConvertAll(lanes, lane => (int)(lane % count) switch
        {
            int block when block < ofCoins => (uint)block,
            int block when block < ofCoins + ofRow => CoinStream.RowBlock,
            int block => CoinStream.FillBlock + (uint)(block - ofCoins - ofRow),
        });
        IsCoin = [.. Enumerable.Range(0, CoinStream.WordsPerVector)
            .Select(word => word % WordsPerRow < RowWords ? uint.MaxValue : 0)];
    }

    public bool DrawsRow { get; }

    public bool DrawsFills { get; }

    public bool HasOnlyCoins => !DrawsRow && !DrawsFills;

    /// <summary>
    /// Where the words of the row as a whole are among those of the row, in the order of <see cref="CoinStream.RowWords"/>.
    /// </summary>
    public int RowWords { get; }

    /// <summary>Where the words of the fills are among those of the row.</summary>
    public int FillWords { get; }

    /// <summary>The distance in words between rows that are drawn together.</summary>
    public int WordsPerRow { get; }

    /// <summary>The number of words that are written for a row, undefined ones included.</summary>
    public int Room { get; }

    /// <summary>Whether one vector draws all blocks of a row.</summary>
    public bool FitVector { get; }

    /// <summary>How many rows one vector draws. 1 if a row does not leave room for another one.</summary>
    public int RowsPerVector { get; }

    /// <summary>The number of the block of each lane, as <see cref="IPhiloxLanes{TLanes}.Load"/> reads it.</summary>
    public uint[] BlockOfLane { get; }

    /// <summary>The row of each lane, counted from the first one of the vector.</summary>
    public uint[] RowOfLane { get; }

    /// <summary>For each word of a vector all bits set if it is that of a coin, and none if not.</summary>
    public uint[] IsCoin { get; }
}
