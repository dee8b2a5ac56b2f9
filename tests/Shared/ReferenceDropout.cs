using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The judge: masks and values as docs/masks.md defines them, one coin and one element at a time. It shares nothing with the
/// library but the options.
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

    /// <summary>The coins of a row in order: true where kept.</summary>
    public static bool[] Mask(SpatialDropoutOptions options, RowKey row, int coins)
    {
        ulong seed = unchecked((ulong)(long)options.Seed!.Value);
        ulong low = options.SharedAcrossRows ? 0 : row.Low;
        ulong high = options.SharedAcrossRows ? 0 : row.High;
        uint[] key = [Low(seed), High(seed)];
        if (high != 0)
            key = Philox([Low(high), High(high), 0, 0], key)[..2];

        ulong threshold = (ulong)Math.Floor(options.Rate * 4294967296.0);
        var keep = new bool[coins];
        for (int j = 0; j < coins; j++)
            keep[j] = Philox([(uint)(j / 4), row.Copy, Low(low), High(low)], key)[j % 4] >= threshold;
        return keep;
    }

    /// <summary>The dropped-out row.</summary>
    public static T[] Apply<T>(SpatialDropoutOptions options, RowKey row, ReadOnlySpan<T> source)
        where T : IFloatingPointIeee754<T>
    {
        (int[] shape, int[] noise) = Shapes(options, source.Length);
        bool[] keep = Mask(options, row, noise.Aggregate(1, (product, size) => product * size));
        T fill = T.CreateTruncating(options.Fill.Value!.Value);
        bool scales = options.Scaling == DropoutScaling.Inverted
            || (options.Scaling is null && options.Fill == DropoutFill.Zero);
        T scale = T.CreateTruncating(scales ? (float)(1 / (1 - options.Rate)) : 1f);

        var result = new T[source.Length];
        for (int i = 0; i < source.Length; i++)
        {
            bool kept = keep[Coin(i, shape, noise)];
            result[i] = !kept ? fill : scale == T.One ? source[i] : source[i] * scale;
        }

        return result;
    }

    private static (int[] Shape, int[] Noise) Shapes(SpatialDropoutOptions options, int length)
    {
        if (options.Shape is { } shape)
            return ([.. shape], [.. options.NoiseShape ?? shape]);

        int channels = options.Channels!.Value;
        int time = length / channels;
        return options.Layout == ChannelLayout.TimeByChannel
            ? ([time, channels], [1, channels])
            : ([channels, time], [channels, 1]);
    }

    // The position of an element on each axis; position 0 on the axes that share a coin; and back to a number.
    private static int Coin(int element, int[] shape, int[] noise)
    {
        var position = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            position[axis] = element % shape[axis];
            element /= shape[axis];
        }

        int coin = 0;
        for (int axis = 0; axis < shape.Length; axis++)
            coin = (coin * noise[axis]) + (noise[axis] == 1 ? 0 : position[axis]);
        return coin;
    }

    private static uint Low(ulong value) => (uint)(value & 0xFFFFFFFF);

    private static uint High(ulong value) => (uint)(value >> 32);
}
