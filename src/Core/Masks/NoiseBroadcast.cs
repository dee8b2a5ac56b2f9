namespace MLNet.SpatialDropout;

/// <summary>How the coins of a noise shape map to the elements of a row.</summary>
/// <remarks>
/// A row repeats a block of <see cref="Period"/> elements (leading axes with noise 1 repeat it). A block is a sequence of runs of
/// <see cref="RunLength"/> elements (trailing axes with noise 1 make them longer). A run has one coin:
/// <code>
/// [time, channels] x [1, channels]   runs of 1, a block is a time step:  0 1 2 0 1 2 0 1 2
/// [channels, time] x [channels, 1]   one block of runs as long as time:  0 0 0 1 1 1 2 2 2
/// [2, 3, 2]        x [2, 1, 2]       one block, runs share coins:        0 1 0 1 0 1 2 3 2 3 2 3
/// [time, channels], groups [2, 1]    channels share coins:               0 0 1 0 0 1 0 0 1
/// </code>
/// </remarks>
internal sealed class NoiseBroadcast
{
    // The coin of each run of a block. Null if run and coin have the same number.
    private readonly int[]? _coinOfRun;

    // Whether the coins are those of groups of channels. Then each run of a block is a channel.
    private readonly bool _hasGroups;

    /// <param name="shape">The shape of a row.</param>
    /// <param name="noiseShape">A shape of the same rank, each axis 1 or that axis' size.</param>
    /// <param name="groups">
    /// The numbers of neighbouring elements of the noise that share a coin. Null if each has its own coin. Only for a noise shape
    /// with one axis that is not 1.
    /// </param>
    public NoiseBroadcast(IReadOnlyList<int> shape, IReadOnlyList<int> noiseShape, IReadOnlyList<int>? groups = null)
    {
        // Axes of size 1 are left out, so that they do not separate axes that belong together.
        int[] axes = [.. Enumerable.Range(0, shape.Count).Where(axis => shape[axis] > 1)];
        int first = Array.FindIndex(axes, axis => noiseShape[axis] > 1);
        int last = Array.FindLastIndex(axes, axis => noiseShape[axis] > 1);

        ChannelCount = noiseShape.Aggregate(1, (count, size) => count * size);
        CoinCount = groups?.Count ?? ChannelCount;
        _hasGroups = groups is not null;
        RunLength = axes[(last + 1)..].Aggregate(1, (length, axis) => length * shape[axis]);
        if (first < 0)
        {
            Period = RunLength;
        }
        else
        {
            int[] inner = axes[first..(last + 1)];
            int runs = inner.Aggregate(1, (count, axis) => count * shape[axis]);
            Period = runs * RunLength;
            if (runs != ChannelCount)
                _coinOfRun = NumberCoins(shape, noiseShape, inner);
        }

        RunsPerPeriod = Period / RunLength;

        // Groups of one channel each are no groups, and keep the faster ways.
        if (groups is not null && groups.Any(size => size != 1))
            _coinOfRun = [.. groups.SelectMany((size, group) => Enumerable.Repeat(group, size))];
    }

    /// <summary>
    /// The number of elements of the noise: the channels, if that is the layout. It differs from <see cref="CoinCount"/> only if
    /// there are groups.
    /// </summary>
    public int ChannelCount { get; }

    /// <summary>The number of coins of a row.</summary>
    public int CoinCount { get; }

    /// <summary>The number of consecutive elements that share a coin.</summary>
    public int RunLength { get; }

    /// <summary>The number of elements after which the coins repeat.</summary>
    public int Period { get; }

    /// <summary>The number of runs of a period.</summary>
    public int RunsPerPeriod { get; }

    /// <summary>Whether each run of a period has its own coin.</summary>
    public bool RunsAreCoins => _coinOfRun is null;

    /// <summary>The run of an element of the row, counted from the start of its period.</summary>
    public int RunOf(int element) => element % Period / RunLength;

    /// <summary>The coin of a run of a period.</summary>
    public int CoinOfRun(int run) => _coinOfRun is null ? run : _coinOfRun[run];

    /// <summary>The coin of an element of the row.</summary>
    public int CoinOf(int element) => CoinOfRun(RunOf(element));

    /// <summary>The coin of an element of the noise.</summary>
    public int CoinOfChannel(int channel) => _hasGroups && _coinOfRun is not null ? _coinOfRun[channel] : channel;

    /// <summary>The element of the noise of a run of a period.</summary>
    public int ChannelOfRun(int run) => _hasGroups ? run : CoinOfRun(run);

    /// <summary>The element of the noise of an element of the row: its channel, if that is the layout.</summary>
    public int ChannelOf(int element) => ChannelOfRun(RunOf(element));

    /// <summary>The pieces of a period: neighbouring elements with one coin, as long as possible.</summary>
    public IEnumerable<(int Length, int Coin)> Pieces()
    {
        int runs = 0;
        for (int run = 1; run <= RunsPerPeriod; run++)
        {
            runs++;
            if (run < RunsPerPeriod && CoinOfRun(run) == CoinOfRun(run - 1))
                continue;
            yield return (runs * RunLength, CoinOfRun(run - 1));
            runs = 0;
        }
    }

    /// <summary>Turns values of coins into values of runs, in place.</summary>
    /// <param name="values">
    /// At least as many as coins and as runs. On entry, the first <see cref="CoinCount"/> elements are those of the coins. On return,
    /// the first <see cref="RunsPerPeriod"/> elements are those of the runs' coins.
    /// </param>
    public void Spread<T>(Span<T> values)
    {
        if (_coinOfRun is null)
            return;

        // Coins with a higher number than their run, which only groups have, are moved from the first run up, the others from the
        // last run down. So no coin is overwritten before its use.
        for (int run = 0; _hasGroups && run < _coinOfRun.Length; run++)
        {
            if (_coinOfRun[run] > run)
                values[run] = values[_coinOfRun[run]];
        }

        for (int run = _coinOfRun.Length - 1; run >= 0; run--)
        {
            if (_coinOfRun[run] < run)
                values[run] = values[_coinOfRun[run]];
        }
    }

    /// <summary>Turns values of elements of the noise into values of runs, in place.</summary>
    /// <param name="values">
    /// At least as many as runs. On entry, the first <see cref="ChannelCount"/> elements are those of the noise. On return, the first
    /// <see cref="RunsPerPeriod"/> elements are those of the runs.
    /// </param>
    public void SpreadChannels<T>(Span<T> values)
    {
        if (!_hasGroups)
            Spread(values);
    }

    // From the innermost axis outwards. Each position of an axis with noise has its own coins; other axes repeat them.
    private static int[] NumberCoins(IReadOnlyList<int> shape, IReadOnlyList<int> noiseShape, ReadOnlySpan<int> axes)
    {
        int[] coins = [0];
        int count = 1;
        for (int i = axes.Length - 1; i >= 0; i--)
        {
            int axis = axes[i];
            int step = noiseShape[axis] > 1 ? count : 0;
            int[] outer = new int[shape[axis] * coins.Length];
            for (int run = 0; run < outer.Length; run++)
                outer[run] = coins[run % coins.Length] + (run / coins.Length * step);

            coins = outer;
            count *= noiseShape[axis];
        }

        return coins;
    }
}
