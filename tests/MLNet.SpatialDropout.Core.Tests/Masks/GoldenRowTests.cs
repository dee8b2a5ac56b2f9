using System.Globalization;
using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The table of rows that eng/golden_masks.py wrote: what a row of the values 1, 2, 3, ... becomes, with groups, fills and
/// outages.
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
        Assert.HasCount(320, table);
        void Has(Func<string[], bool> row, string what) => Assert.IsTrue(
            table.Any(fields => row(fields) && CountDropped(fields[14]) is var dropped && dropped > 0
                && dropped < fields[14].Split(' ').Length),
            what);
        Has(row => row[4] == "9 6 1" && row[5] == "true" && row[6] == "5", "channels first, several steps");
        Has(row => row[4] == "3 3 1" && row[5] == "false" && row[6] == "5", "channels last, several steps");
        Has(row => row[4] == "2 0 4 1", "an empty group among others");
        Has(row => row[4] == "70 1 70" && row[6] == "1", "a group longer than any vector");
        Has(row => row[4].Split(' ').Length == 40, "more groups than lanes");
        Has(row => row[7] != "" && row[10] != "0", "rates with a minimum");
        Has(row => row[8] != row[9], "counts");
        Has(row => row[2] != "0", "mask keys of more than 64 bits");
        foreach (string fill in new[] { "0", "NaN", "-40", "PerChannel(", "LastValue", "OneOf(0; NaN)", "OneOf(0; NaN; LastValue" })
        {
            foreach (string first in new[] { "true", "false" })
            {
                bool IsOfKind(string[] row) => row[13].StartsWith(fill, StringComparison.Ordinal) && row[5] == first;
                Has(row => IsOfKind(row) && row[4] == "" && row[11] == "", $"{fill}, all steps, channels");
                Has(row => IsOfKind(row) && row[4] != "" && row[11] == "", $"{fill}, all steps, groups");
                Has(row => IsOfKind(row) && row[11] != row[12], $"{fill}, some steps");
                Has(row => IsOfKind(row) && row[2] != "0", $"{fill}, mask keys of more than 64 bits");
                Has(row => IsOfKind(row) && row[3] != "0", $"{fill}, copies");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Table))]
    public void Row(
        string seed, string low, string high, string copy, string groups, string channelsFirst, string steps, string rates,
        string droppedMin, string droppedMax, string minKept, string outageMin, string outageMax, string fill, string row)
    {
        string[] expected = row.Split(' ');
        var options = new DropoutOptions
        {
            Channels = groups == "" ? expected.Length / ParseInt(steps) : null,
            Groups = groups == "" ? null : [.. groups.Split(' ').Select(ParseInt)],
            Layout = channelsFirst == "true" ? ChannelLayout.ChannelsFirst : ChannelLayout.ChannelsLast,
            Rates = rates == "" ? null : [.. rates.Split(' ').Select(rate => double.Parse(rate, CultureInfo.InvariantCulture))],
            DroppedChannels = droppedMin == "" ? null : (ParseInt(droppedMin), ParseInt(droppedMax)),
            MinKept = ParseInt(minKept),
            OutageSteps = outageMin == "" ? null : (ParseInt(outageMin), ParseInt(outageMax)),
            Fill = DropoutFill.Parse(fill.Replace(';', ',')),
            Seed = ParseInt(seed),
        };
        var key = new MaskKey(
            ulong.Parse(low, CultureInfo.InvariantCulture), ulong.Parse(high, CultureInfo.InvariantCulture), (uint)ParseInt(copy));
        Assert.AreEqual((options.Channels ?? options.Groups!.Sum()) * ParseInt(steps), expected.Length);

        Check<float>(options, key, expected);
        Check<double>(options, key, expected);
    }

    private static void Check<T>(DropoutOptions options, MaskKey key, string[] expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] row = [.. Enumerable.Range(1, expected.Length).Select(T.CreateChecked)];
        T[] values = [.. expected.Select(value => T.Parse(value, CultureInfo.InvariantCulture))];
        Bits.AreEqual<T>(values, ReferenceDropout.Apply<T>(options, key, row), "the scalar reference:");

        DropoutPlan plan = DropoutPlan.Create(options, row.Length);
        var dropped = new T[row.Length];
        plan.Apply<T>(key, row, dropped);
        Bits.AreEqual<T>(values, dropped, $"{typeof(T).Name}:");

        plan.ApplyRows<T>(key, row, row);
        Bits.AreEqual<T>(values, row, $"{typeof(T).Name}, as the first of consecutive rows:");
    }

    // The values that differ from 1, 2, 3, ...
    private static int CountDropped(string row) =>
        row.Split(' ').Where((value, i) => value != (i + 1).ToString(CultureInfo.InvariantCulture)).Count();

    private static int ParseInt(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
