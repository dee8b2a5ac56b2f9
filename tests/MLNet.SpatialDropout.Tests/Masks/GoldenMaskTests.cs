using System.Globalization;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The table that eng/golden_masks.py wrote, an implementation of its own in another language.</summary>
[TestClass]
public sealed class GoldenMaskTests
{
    public static IEnumerable<string[]> Table() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden-masks.csv")).Skip(1).Select(line => line.Split(','));

    [TestMethod]
    public void The_table_has_every_kind_of_row()
    {
        string[][] table = [.. Table()];
        Assert.HasCount(144, table);
        Assert.IsTrue(table.Any(row => row[0].StartsWith('-')), "negative seeds");
        Assert.IsTrue(table.Any(row => row[2] != "0" && row[5] == "false"), "row keys of more than 64 bits");
        Assert.IsTrue(table.Any(row => row[3] == "1000" && row[6].Contains('0') && row[6].Contains('1')), "copies");
        Assert.IsTrue(table.Any(row => row[6].Length == 70 && row[6].Contains('0') && row[6].Contains('1')), "many coins");
    }

    [TestMethod]
    [DynamicData(nameof(Table))]
    public void Mask(string seed, string low, string high, string copy, string rate, string shared, string mask)
    {
        var options = new SpatialDropoutOptions
        {
            Channels = mask.Length,
            Rate = double.Parse(rate, CultureInfo.InvariantCulture),
            SharedAcrossRows = bool.Parse(shared),
            Seed = int.Parse(seed, CultureInfo.InvariantCulture),
        };
        var row = new RowKey(Parse(low), Parse(high), (uint)Parse(copy));

        var keep = new bool[mask.Length];
        DropoutPlan.Create(options, 3 * mask.Length).DrawMask(row, keep);

        Assert.AreEqual(mask, Show(keep));
        Assert.AreEqual(mask, Show(ReferenceDropout.Mask(options, row, mask.Length)), "the scalar reference");
    }

    private static ulong Parse(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private static string Show(bool[] keep) => string.Concat(keep.Select(kept => kept ? '1' : '0'));
}
