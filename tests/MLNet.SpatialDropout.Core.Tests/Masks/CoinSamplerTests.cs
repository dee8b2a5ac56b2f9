using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CsCheck;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class CoinSamplerTests
{
    private static readonly MaskKey[] Rows =
    [
        new(0), new(ulong.MaxValue - 3), new(0xFFFFFFFF), new(5, 9), new(ulong.MaxValue, ulong.MaxValue, 2),
        new(1, 0, uint.MaxValue),
    ];

    private static DropoutOptions ByRate => new() { PerElement = true, Rate = 0.4, Seed = -7 };

    [TestMethod]
    public void Masks_of_1_to_200_coins_are_those_of_the_reference()
    {
        for (int coins = 1; coins <= 200; coins++)
        {
            foreach (DropoutOptions options in new[] { ByRate, ByOwnRate(coins) })
            {
                var sampler = new CoinSampler(options, options.Seed!.Value, coins);
                var keep = new uint[sampler.MaskLength];
                foreach (MaskKey row in Rows)
                {
                    Assert.IsTrue(sampler.Draw(in row, keep));
                    AreEqual(options, row, keep.AsSpan(0, coins));
                }
            }
        }
    }

    [TestMethod]
    public void Rows_drawn_ahead_have_the_masks_of_the_reference()
    {
        bool drewAhead = false;
        for (int coins = 1; coins <= 20; coins++)
        {
            foreach (DropoutOptions options in new[] { ByRate, ByOwnRate(coins) })
            {
                var sampler = new CoinSampler(options, options.Seed!.Value, coins);
                if (sampler.RowsAhead == 1)
                    continue;

                drewAhead = true;
                foreach (MaskKey row in Rows)
                {
                    var keep = new uint[sampler.MaskLengthAhead];
                    sampler.DrawAhead(in row, sampler.RowsAhead, keep);
                    for (int ahead = 0; ahead < sampler.RowsAhead; ahead++)
                    {
                        MaskKey next = row with { Low = row.Low + (ulong)ahead };
                        AreEqual(options, next, keep.AsSpan(ahead * sampler.MasksPerRow, coins));
                    }
                }
            }
        }

        Assert.AreEqual(new RowBlocks(coins: 1, drawsRow: false, drawsFills: false).RowsPerVector > 1, drewAhead);
    }

    [TestMethod]
    public void A_row_drawn_into_a_vector_has_the_words_of_a_row_drawn_into_memory()
    {
        for (int coins = 1; coins <= 20; coins++)
        {
            foreach (DropoutOptions options in Variants(coins))
            {
                var sampler = new CoinSampler(options, options.Seed!.Value, coins);
                var blocks = new RowBlocks(coins, options.OutageSteps is not null, options.Fill.Fills is not null);
                Assert.AreEqual(
                    blocks.FitVector && blocks.WordsPerRow <= Vector512<uint>.Count, sampler.DrawsVector, $"{coins} coins, {options}");
                if (!sampler.DrawsVector)
                    continue;

                IEnumerable<int> used = Enumerable.Range(0, coins)
                    .Concat(Enumerable.Range(blocks.RowWords, blocks.WordsPerRow - blocks.RowWords));
                foreach (MaskKey row in Rows.Where(row => row.High == 0))
                {
                    var words = new uint[sampler.MaskLength];
                    Assert.IsTrue(sampler.Draw(in row, words));
                    Vector512<uint> vector = sampler.DrawVector(in row);
                    CollectionAssert.AreEqual(
                        used.Select(word => words[word]).ToArray(), used.Select(word => vector[word]).ToArray(),
                        $"{row}, {coins} coins, {options}");
                    if (options.OutageSteps is { } range)
                        Assert.AreEqual(sampler.StepsOf(words, range, steps: 9), sampler.StepsOf(vector, range, steps: 9));
                }
            }
        }
    }

    [TestMethod]
    [DataRow(1, null, 1.0)]
    [DataRow(0, 1, 1.0)]
    [DataRow(0, null, 0.5)]
    public void Draws_no_vector_where_more_than_words_and_rates_says_what_drops(int minKept, int? dropped, double touched) =>
        Assert.IsFalse(new CoinSampler(Special(shared: false, minKept, dropped, touched), seed: 7, coins: 3).DrawsVector);

    [TestMethod]
    [DataRow(true, 0, null, 1.0)]
    [DataRow(false, 1, null, 1.0)]
    [DataRow(false, 0, 1, 1.0)]
    [DataRow(false, 0, null, 0.5)]
    public void Draws_no_rows_ahead_where_they_are_no_coins_by_rate_alone(bool shared, int minKept, int? dropped, double touched)
    {
        DropoutOptions options = Special(shared, minKept, dropped, touched);

        Assert.AreEqual(1, new CoinSampler(options, seed: 7, coins: 3).RowsAhead);
    }

    // Forwards, backwards and in jumps, with other copies and keys in between: a cursor may ask for any order.
    [TestMethod]
    public void A_lookahead_gives_each_row_its_own_masks() =>
        Gen.Select(Gen.Int[1, 12], Gen.Select(Gen.ULong[0, 200], Gen.Int[1, 100], AnyTurns).Array[1, 8])
        .Sample((coins, runs) =>
        {
            var sampler = new CoinSampler(ByRate, ByRate.Seed!.Value, coins);
            Assert.AreEqual(new RowBlocks(coins, drawsRow: false, drawsFills: false).RowsPerVector > 1, sampler.RowsAhead > 1);
            if (sampler.RowsAhead == 1)
                return;

            var lookahead = new MaskLookahead(sampler);
            foreach ((ulong start, int count, (ulong High, uint Copy)[] turns) in runs)
            {
                for (int i = 0; i < count; i++)
                {
                    foreach ((ulong high, uint copy) in turns)
                    {
                        var row = new MaskKey(start + (ulong)i, high, copy);
                        AreEqual(ByRate, row, lookahead.MasksOf(in row)[..coins]);
                    }
                }
            }
        });

    // The first of the key's three parts counts rows. A change of either other part alone is another row.
    [TestMethod]
    [DataRow(1UL, 0U)]
    [DataRow(0UL, 1U)]
    [DataRow(ulong.MaxValue, uint.MaxValue)]
    public void Masks_drawn_ahead_are_not_those_of_another_copy_or_high_half(ulong high, uint copy)
    {
        const int Coins = 4;
        var sampler = new CoinSampler(ByRate, ByRate.Seed!.Value, Coins);
        Assert.AreEqual(new RowBlocks(Coins, drawsRow: false, drawsFills: false).RowsPerVector > 1, sampler.RowsAhead > 1);
        if (sampler.RowsAhead == 1)
            return;

        var lookahead = new MaskLookahead(sampler);

        // Forwards and backwards around the rows where a batch of masks starts or ends.
        foreach (MaskKey first in new MaskKey[] { new(0), new(3, high, copy), new(5), new(5, high, copy), new(64), new(0) })
        {
            for (ulong i = 0; i < 60; i++)
            {
                MaskKey row = first with { Low = first.Low + i };
                AreEqual(ByRate, row, lookahead.MasksOf(in row)[..Coins]);
            }
        }
    }

    [TestMethod]
    public void Booleans_are_the_masks_at_every_length()
    {
        for (int length = 0; length <= 70; length++)
        {
            uint[] masks = [.. Enumerable.Range(0, length).Select(i => i * 7 % 5 < 3 ? uint.MaxValue : 0)];
            var keep = new bool[length + 1];
            CoinMasks.ToBooleans(masks, keep);

            CollectionAssert.AreEqual(masks.Select(mask => mask != 0).Append(false).ToArray(), keep);
            Assert.IsTrue(MemoryMarshal.AsBytes<bool>(keep).IndexOfAnyExcept<byte>(0, 1) < 0);
        }
    }

    // The high halves and copies of consecutive rows: one pair, or several in turns.
    private static Gen<(ulong High, uint Copy)[]> AnyTurns => Gen.Select(Gen.ULong[0, 1], Gen.UInt[0, 1]).Array[1, 3];

    // Includes rates 0 and 1, whose thresholds are 0 and a number of more than 32 bits.
    private static DropoutOptions ByOwnRate(int coins) => ByRate with
    {
        Rate = null,
        Rates = [.. Enumerable.Range(0, coins).Select(coin => coin * 3 % 5 / 4.0)],
    };

    // With other words than those of the coins, and without.
    private static IEnumerable<DropoutOptions> Variants(int coins) =>
        from options in new[] { ByRate, ByOwnRate(coins), ByRate with { Rate = 1 }, ByRate with { SharedAcrossRows = true } }
        from fill in new[] { DropoutFill.Zero, DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing) }
        from steps in new CountRange?[] { null, (2, 5) }
        select options with { Fill = fill, OutageSteps = steps };

    private static DropoutOptions Special(bool shared, int minKept, int? dropped, double touched) => ByRate with
    {
        SharedAcrossRows = shared,
        MinKept = minKept,
        Rate = dropped is null ? 0.4 : null,
        DroppedChannels = dropped is null ? null : (1, dropped.Value),
        RowProbability = touched,
    };

    private static void AreEqual(DropoutOptions options, MaskKey row, ReadOnlySpan<uint> keep)
    {
        uint[] expected = [.. ReferenceDropout.Mask(options, row, keep.Length).Select(kept => kept ? uint.MaxValue : 0)];
        CollectionAssert.AreEqual(expected, keep.ToArray(), $"{row}, {keep.Length} coins, {options}");
    }
}
