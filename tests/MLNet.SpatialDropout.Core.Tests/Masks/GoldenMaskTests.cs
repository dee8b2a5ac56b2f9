using System.Globalization;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The table that eng/golden_masks.py wrote, an independent implementation in another language.</summary>
[TestClass]
public sealed class GoldenMaskTests
{
    public static IEnumerable<string[]> Table() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden-masks.csv")).Skip(1).Select(line => line.Split(','));

    [TestMethod]
    public void The_table_has_every_kind_of_row()
    {
        string[][] table = [.. Table()];
        Assert.HasCount(288, table);
        void Has(Func<string[], bool> row, string what) =>
            Assert.IsTrue(table.Any(fields => row(fields) && fields[11].Contains('0') && fields[11].Contains('1')), what);
        Has(row => row[0].StartsWith('-'), "negative seeds");
        Has(row => row[2] != "0", "row keys of more than 64 bits");
        Has(row => row[3] == "1000", "copies");
        Has(row => row[5] != "" && row[9] != "0", "rates by channel with a minimum kept");
        Has(row => row[6] == "true", "shared masks");
        Has(row => row[7] != row[8] && row[10] != "1.0", "counts with a row probability");
        Has(row => row[11].Length == 70, "many coins");
        Assert.IsTrue(
            table.Any(row => row[10] == "0.5" && row[7] is not ("" or "0") && !row[11].Contains('0')), "untouched rows");
    }

    [TestMethod]
    [DynamicData(nameof(Table))]
    public void Mask(
        string seed, string low, string high, string copy, string rate, string channelRates, string shared, string droppedMin,
        string droppedMax, string minKept, string rowProbability, string mask)
    {
        var options = new DropoutOptions
        {
            Channels = mask.Length,
            SharedAcrossRows = bool.Parse(shared),
            Rates = channelRates == "" ? null : [.. channelRates.Split(' ').Select(ParseDouble)],
            DroppedChannels = droppedMin == "" ? null : ((int)Parse(droppedMin), (int)Parse(droppedMax)),
            MinKept = (int)Parse(minKept),
            RowProbability = ParseDouble(rowProbability),
            Scaling = DropoutScaling.None,
            Seed = int.Parse(seed, CultureInfo.InvariantCulture),
        };
        if (rate != "")
            options = options with { Rate = ParseDouble(rate) };
        var row = new MaskKey(Parse(low), Parse(high), (uint)Parse(copy));

        var keep = new bool[mask.Length];
        DropoutPlan.Create(options, 3 * mask.Length).DrawMask(row, keep);

        Assert.AreEqual(mask, Show(keep));
        Assert.AreEqual(mask, Show(ReferenceDropout.Mask(options, row, mask.Length)), "the scalar reference");
    }

    private static double ParseDouble(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static ulong Parse(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private static string Show(bool[] keep) => string.Concat(keep.Select(kept => kept ? '1' : '0'));
}
