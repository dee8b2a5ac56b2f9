using CsCheck;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class NoiseBroadcastTests
{
    // Shapes of 1 to 5 axes of 1 to 5, each axis of the noise 1 or the axis' size.
    private static readonly Gen<(int[] Shape, int[] Noise)> Shapes =
        from axes in Gen.Select(Gen.Int[1, 5], Gen.Bool).Array[1, 5]
        select (axes.Select(axis => axis.Item1).ToArray(), axes.Select(axis => axis.Item2 ? axis.Item1 : 1).ToArray());

    [TestMethod]
    [DataRow(new[] { 3, 3 }, new[] { 1, 3 }, 1, 3, "012")]
    [DataRow(new[] { 3, 4 }, new[] { 3, 1 }, 4, 12, "012")]
    [DataRow(new[] { 2, 3, 2 }, new[] { 2, 1, 2 }, 1, 12, "010101232323")]
    [DataRow(new[] { 2, 3, 2 }, new[] { 1, 3, 1 }, 2, 6, "012")]
    [DataRow(new[] { 2, 3 }, new[] { 1, 1 }, 6, 6, "0")]
    [DataRow(new[] { 2, 3 }, new[] { 2, 3 }, 1, 6, "012345")]
    [DataRow(new[] { 3, 1, 2 }, new[] { 3, 1, 1 }, 2, 6, "012")]
    [DataRow(new[] { 1 }, new[] { 1 }, 1, 1, "0")]
    public void Finds_runs_and_period(int[] shape, int[] noise, int runLength, int period, string coinOfRun)
    {
        var broadcast = new NoiseBroadcast(shape, noise);

        Assert.AreEqual(runLength, broadcast.RunLength);
        Assert.AreEqual(period, broadcast.Period);
        Assert.AreEqual(coinOfRun.Length, broadcast.RunsPerPeriod);
        for (int coin = 0; coin < broadcast.CoinCount; coin++)
        {
            bool[] kept = Spread(broadcast, coin);
            Assert.AreEqual(coinOfRun, string.Concat(kept.Select((keep, run) => keep ? (char)('0' + coin) : coinOfRun[run])));
            Assert.AreEqual(coinOfRun.Count(c => c == '0' + coin), kept.Count(keep => keep));
        }
    }

    [TestMethod]
    public void Agrees_with_indexing_axis_by_axis() => Shapes.Sample((shape, noise) =>
    {
        var broadcast = new NoiseBroadcast(shape, noise);
        int length = shape.Aggregate(1, (product, size) => product * size);
        Assert.AreEqual(noise.Aggregate(1, (product, size) => product * size), broadcast.CoinCount);

        var options = new DropoutOptions
        {
            Shape = shape,
            NoiseShape = noise,
            Rate = 0.5,
            Seed = 3,
            Scaling = DropoutScaling.None,
        };
        float[] ones = Enumerable.Repeat(1f, length).ToArray();
        float[] expected = ReferenceDropout.Apply<float>(options, new MaskKey(9), ones);

        var runs = new bool[broadcast.RunsPerPeriod];
        ReferenceDropout.Mask(options, new MaskKey(9), broadcast.CoinCount).CopyTo(runs, 0);
        broadcast.Spread<bool>(runs);
        float[] actual = [.. Enumerable.Range(0, length).Select(element => runs[broadcast.RunOf(element)] ? 1f : 0f)];
        CollectionAssert.AreEqual(expected, actual);
    });

    [TestMethod]
    [DataRow(new[] { 3, 3, 1 }, 4, false, 1, "0001112", "3:0 3:1 1:2")]
    [DataRow(new[] { 3, 3, 1 }, 4, true, 4, "0001112", "12:0 12:1 4:2")]
    [DataRow(new[] { 0, 2, 0, 1 }, 1, false, 1, "113", "2:1 1:3")]
    [DataRow(new[] { 0, 1 }, 5, false, 5, "1", "5:1")]
    [DataRow(new[] { 4 }, 1, true, 1, "0000", "4:0")]
    [DataRow(new[] { 1, 1, 1 }, 2, false, 1, "012", "1:0 1:1 1:2")]
    public void Groups_are_pieces_of_one_coin(
        int[] groups, int steps, bool channelsFirst, int runLength, string coinOfRun, string pieces)
    {
        int channels = groups.Sum();
        NoiseBroadcast broadcast = channelsFirst
            ? new NoiseBroadcast([channels, steps], [channels, 1], groups)
            : new NoiseBroadcast([steps, channels], [1, channels], groups);

        Assert.AreEqual(groups.Length, broadcast.CoinCount);
        Assert.AreEqual(channels, broadcast.ChannelCount);
        Assert.AreEqual(runLength, broadcast.RunLength);
        Assert.AreEqual(groups.All(size => size == 1), broadcast.RunsAreCoins);
        Assert.AreEqual(pieces, string.Join(' ', broadcast.Pieces().Select(piece => $"{piece.Length}:{piece.Coin}")));
        var runs = new int[Math.Max(groups.Length, channels)];
        for (int coin = 0; coin < groups.Length; coin++)
            runs[coin] = coin;
        broadcast.Spread<int>(runs);
        Assert.AreEqual(coinOfRun, string.Concat(runs.Take(channels)));
        Assert.AreEqual(coinOfRun, string.Concat(Enumerable.Range(0, channels).Select(broadcast.CoinOfChannel)));
    }

    private static bool[] Spread(NoiseBroadcast broadcast, int coin)
    {
        var runs = new bool[broadcast.RunsPerPeriod];
        runs[coin] = true;
        broadcast.Spread<bool>(runs);
        return runs;
    }
}
