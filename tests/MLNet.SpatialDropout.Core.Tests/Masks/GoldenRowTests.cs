using System.Globalization;
using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The table of rows that eng/golden_masks.py wrote: what a row of the values 1, 2, 3, ... becomes, where channels form groups.
/// </summary>
[TestClass]
public sealed class GoldenRowTests
{
    public static IEnumerable<string[]> Table() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden-rows.csv")).Skip(1).Select(line => line.Split(','));

    [TestMethod]
    public void The_table_has_every_kind_of_row()
    {
        string[][] table = [.. Table()];
        Assert.HasCount(96, table);
        void Has(Func<string[], bool> row, string what) => Assert.IsTrue(
            table.Any(fields => row(fields) && fields[11].Split(' ') is var values && values.Contains("0") && values.Any(v => v != "0")),
            what);
        Has(row => row[4] == "9 6 1" && row[5] == "true" && row[6] == "5", "channels first, several steps");
        Has(row => row[4] == "3 3 1" && row[5] == "false" && row[6] == "5", "channels last, several steps");
        Has(row => row[4] == "2 0 4 1", "an empty group among others");
        Has(row => row[4] == "70 1 70" && row[6] == "1", "a group longer than any vector");
        Has(row => row[4].Split(' ').Length == 40, "more groups than lanes");
        Has(row => row[7] != "" && row[10] != "0", "rates with a minimum");
        Has(row => row[8] != row[9], "counts");
        Has(row => row[2] != "0", "mask keys of more than 64 bits");
    }

    [TestMethod]
    [DynamicData(nameof(Table))]
    public void Row(
        string seed, string low, string high, string copy, string groups, string channelsFirst, string steps, string rates,
        string droppedMin, string droppedMax, string minKept, string row)
    {
        var options = new DropoutOptions
        {
            Groups = [.. groups.Split(' ').Select(ParseInt)],
            Layout = channelsFirst == "true" ? ChannelLayout.ChannelsFirst : ChannelLayout.ChannelsLast,
            Rates = rates == "" ? null : [.. rates.Split(' ').Select(rate => double.Parse(rate, CultureInfo.InvariantCulture))],
            DroppedChannels = droppedMin == "" ? null : (ParseInt(droppedMin), ParseInt(droppedMax)),
            MinKept = ParseInt(minKept),
            Seed = ParseInt(seed),
        };
        var key = new MaskKey(
            ulong.Parse(low, CultureInfo.InvariantCulture), ulong.Parse(high, CultureInfo.InvariantCulture), (uint)ParseInt(copy));
        string[] expected = row.Split(' ');
        Assert.AreEqual(options.Groups.Sum() * ParseInt(steps), expected.Length);

        Check<float>(options, key, expected);
        Check<double>(options, key, expected);
    }

    private static void Check<T>(DropoutOptions options, MaskKey key, string[] expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] row = [.. Enumerable.Range(1, expected.Length).Select(T.CreateChecked)];
        T[] values = [.. expected.Select(value => T.Parse(value, CultureInfo.InvariantCulture))];
        var dropped = new T[row.Length];
        DropoutPlan.Create(options, row.Length).Apply<T>(key, row, dropped);

        Bits.AreEqual<T>(values, dropped, $"{typeof(T).Name}:");
        Bits.AreEqual<T>(values, ReferenceDropout.Apply<T>(options, key, row), "the scalar reference:");
    }

    private static int ParseInt(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
