using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The scalar reference: masks and values as docs/masks.md defines them, one coin and one element at a time. It shares only
/// the options with the library.
/// </summary>
internal static class ReferenceDropout
{
    public static uint[] Philox(uint[] counter, uint[] key)
    {
        uint[] c = [.. counter];
        uint[] k = [.. key];
        for (int round = 0; round < 10; round++)
        {
            ulong a = 0xD2511F53UL * c[0];
            ulong b = 0xCD9E8D57UL * c[2];
            c = [High(b) ^ c[1] ^ k[0], Low(b), High(a) ^ c[3] ^ k[1], Low(a)];
            k = [unchecked(k[0] + 0x9E3779B9), unchecked(k[1] + 0xBB67AE85)];
        }

        return c;
    }

    /// <summary>Whether anything of a row changes.</summary>
    public static bool IsTouched(DropoutOptions options, MaskKey row) =>
        Words(options, row, 0xFFFFFFFF)[0] < Threshold(options.RowProbability);

    /// <summary>The coins of a row in order: true where kept. An untouched row keeps all.</summary>
    public static bool[] Mask(DropoutOptions options, MaskKey row, int coins)
    {
        if (!IsTouched(options, row))
            return [.. Enumerable.Repeat(true, coins)];

        // Ordered by (word, coin): the lowest drop first.
        (uint Word, int Coin)[] tosses =
            [.. Enumerable.Range(0, coins).Select(j => (Words(options, row, (uint)(j / 4))[j % 4], j))];
        var keep = new bool[coins];
        if (options.DroppedChannels is var (min, max))
        {
            int count = min + (int)(Words(options, row, 0xFFFFFFFF)[1] * (ulong)(max - min + 1) / 4294967296UL);
            foreach ((_, int coin) in tosses.Order().Skip(count))
                keep[coin] = true;
        }
        else
        {
            foreach ((uint word, int coin) in tosses)
                keep[coin] = word >= Threshold(Rate(options, coin));
        }

        while (keep.Count(kept => kept) < options.MinKept)
            keep[tosses.Where(toss => !keep[toss.Coin]).Max().Coin] = true;
        return keep;
    }

    /// <summary>The dropped-out row.</summary>
    /// <param name="options">What to drop.</param>
    /// <param name="row">The row and its copy.</param>
    /// <param name="source">The row's elements.</param>
    /// <param name="means">One value per channel, where the fill is the channel's mean.</param>
    public static T[] Apply<T>(DropoutOptions options, MaskKey row, ReadOnlySpan<T> source, double[]? means = null)
        where T : IFloatingPointIeee754<T>
    {
        (int[] shape, int[] noise) = Shapes(options, source.Length);
        int[] coinOfChannel = Coins(options, noise);
        bool[] keep = Mask(options, row, options.Groups?.Count ?? coinOfChannel.Length);
        int steps = (options.Channels ?? options.Groups?.Sum()) is { } channels ? source.Length / channels : 1;
        (int first, int lost) = Outage(options, row, steps);
        bool scales = IsTouched(options, row) && options.Scaling == DropoutScaling.Inverted;

        var result = new T[source.Length];
        for (int i = 0; i < source.Length; i++)
        {
            int channel = Channel(i, shape, noise);
            int coin = coinOfChannel[channel];
            double rate = Rate(options, coin);
            T scale = T.CreateTruncating(scales ? (float)(1 / (1 - rate)) : 1f);
            bool isFirst = options.Layout == ChannelLayout.ChannelsFirst;
            int step = isFirst ? i % steps : i / (source.Length / steps);
            if (!keep[coin] && (options.OutageSteps is null || (step >= first && step < first + lost)))
            {
                int last = Math.Max(first - 1, 0);
                result[i] = FillOf(options, row, coin) switch
                {
                    { Value: { } value } => T.CreateTruncating(value),
                    { Values: { } values } => T.CreateTruncating(values[coin]),
                    var fill when fill == DropoutFill.ChannelMean => T.CreateTruncating(means![channel]),
                    _ => source[isFirst ? (channel * steps) + last : (last * (source.Length / steps)) + channel],
                };
            }
            else
            {
                result[i] = scale == T.One ? source[i] : source[i] * scale;
            }
        }

        return result;
    }

    /// <summary>The coin of each element of a row.</summary>
    public static int[] CoinsOfElements(DropoutOptions options, int length)
    {
        (int[] shape, int[] noise) = Shapes(options, length);
        int[] coinOfChannel = Coins(options, noise);
        return [.. Enumerable.Range(0, length).Select(element => coinOfChannel[Channel(element, shape, noise)])];
    }

    /// <summary>The steps that are lost: the first, and how many.</summary>
    public static (int First, int Count) Outage(DropoutOptions options, MaskKey row, int steps)
    {
        if (options.OutageSteps is not var (min, max))
            return (0, steps);
        uint[] words = Words(options, row, 0xFFFFFFFF);
        int count = min + (int)(words[2] * (ulong)(max - min + 1) / 4294967296UL);
        return ((int)(words[3] * (ulong)(steps - count + 1) / 4294967296UL), count);
    }

    /// <summary>The fill of a coin: the only one, or that which is drawn.</summary>
    public static DropoutFill FillOf(DropoutOptions options, MaskKey row, int coin)
    {
        if (options.Fill.Fills is not { } fills)
            return options.Fill;
        uint word = Words(options, row, 0x40000000 + (uint)(coin / 4))[coin % 4];
        return fills[(int)(word * (ulong)fills.Count / 4294967296UL)];
    }

    /// <summary>The mean of each channel's elements that are not NaN, over all rows.</summary>
    public static double[] Means<T>(DropoutOptions options, IReadOnlyList<T[]> rows)
        where T : IFloatingPointIeee754<T>
    {
        (int[] shape, int[] noise) = Shapes(options, rows[0].Length);
        return [.. Enumerable.Range(0, noise.Aggregate(1, (product, size) => product * size)).Select(channel => rows
            .SelectMany(row => row.Where((value, i) => Channel(i, shape, noise) == channel && !T.IsNaN(value)))
            .Average(value => double.CreateTruncating(value)))];
    }

    private static double Rate(DropoutOptions options, int coin) =>
        options.LostChannels is { } lost ? (lost.Contains(coin) ? 1 : 0) : options.Rates?[coin] ?? options.Rate ?? 0.3;

    private static ulong Threshold(double probability) => (ulong)Math.Floor(probability * 4294967296.0);

    private static uint[] Words(DropoutOptions options, MaskKey row, uint block)
    {
        ulong seed = unchecked((ulong)(long)options.Seed!.Value);
        ulong low = options.SharedAcrossRows ? 0 : row.Low;
        ulong high = options.SharedAcrossRows ? 0 : row.High;
        uint[] key = [Low(seed), High(seed)];
        if (high != 0)
            key = Philox([Low(high), High(high), 0, 0], key)[..2];
        return Philox([block, row.Copy, Low(low), High(low)], key);
    }

    private static (int[] Shape, int[] Noise) Shapes(DropoutOptions options, int length)
    {
        if (options.Shape is { } shape)
            return ([.. shape], [.. options.NoiseShape ?? shape]);

        if (options.PerElement)
            return ([length], [length]);

        int channels = options.Channels ?? options.Groups!.Sum();
        int time = length / channels;
        return options.Layout == ChannelLayout.ChannelsLast
            ? ([time, channels], [1, channels])
            : ([channels, time], [channels, 1]);
    }

    // The coin of each channel: its own, or that of its group.
    private static int[] Coins(DropoutOptions options, int[] noise) => options.Groups is { } groups
        ? [.. groups.SelectMany((size, group) => Enumerable.Repeat(group, size))]
        : [.. Enumerable.Range(0, noise.Aggregate(1, (product, size) => product * size))];

    // Takes the element's position on each axis, sets it to 0 on axes where the noise is 1, and numbers it again.
    private static int Channel(int element, int[] shape, int[] noise)
    {
        var position = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            position[axis] = element % shape[axis];
            element /= shape[axis];
        }

        int channel = 0;
        for (int axis = 0; axis < shape.Length; axis++)
            channel = (channel * noise[axis]) + (noise[axis] == 1 ? 0 : position[axis]);
        return channel;
    }

    private static uint Low(ulong value) => (uint)(value & 0xFFFFFFFF);

    private static uint High(ulong value) => (uint)(value >> 32);
}
