using System.Globalization;
using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The tables that eng/golden_masks.py wrote, an independent implementation in another language.</summary>
[TestClass]
public sealed class GoldenTests
{
    [TestMethod]
    public void Masks()
    {
        string[][] table = Read("golden-masks.csv");
        Assert.HasCount(288, table);
        foreach (string[] fields in table)
        {
            string mask = fields[11];
            var options = new DropoutOptions
            {
                Channels = mask.Length,
                Rate = fields[4] == "" ? null : ParseDouble(fields[4]),
                Rates = fields[5] == "" ? null : [.. fields[5].Split(' ').Select(ParseDouble)],
                SharedAcrossRows = bool.Parse(fields[6]),
                DroppedChannels = ParseRange(fields[7], fields[8]),
                MinKept = ParseInt(fields[9]),
                RowProbability = ParseDouble(fields[10]),
                Seed = ParseInt(fields[0]),
            };
            using NativePlan plan = NativePlan.Create(options, 3 * mask.Length);
            Assert.AreEqual(mask, string.Concat(plan.DrawMasks([ParseKey(fields)])), string.Join(',', fields));
        }
    }

    [TestMethod]
    public void Rows()
    {
        string[][] table = Read("golden-rows.csv");
        Assert.HasCount(320, table);
        foreach (string[] fields in table)
        {
            string[] expected = fields[14].Split(' ');
            var options = new DropoutOptions
            {
                Channels = fields[4] == "" ? expected.Length / ParseInt(fields[6]) : null,
                Groups = fields[4] == "" ? null : [.. fields[4].Split(' ').Select(ParseInt)],
                Layout = bool.Parse(fields[5]) ? ChannelLayout.ChannelsFirst : ChannelLayout.ChannelsLast,
                Rates = fields[7] == "" ? null : [.. fields[7].Split(' ').Select(ParseDouble)],
                DroppedChannels = ParseRange(fields[8], fields[9]),
                MinKept = ParseInt(fields[10]),
                OutageSteps = ParseRange(fields[11], fields[12]),
                Fill = DropoutFill.Parse(fields[13].Replace(';', ',')),
                Seed = ParseInt(fields[0]),
            };
            using NativePlan plan = NativePlan.Create(options, expected.Length);
            CheckRow<float>(plan, ParseKey(fields), expected);
            CheckRow<double>(plan, ParseKey(fields), expected);
        }
    }

    private static void CheckRow<T>(NativePlan plan, MaskKey key, string[] expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] row = [.. Enumerable.Range(1, expected.Length).Select(T.CreateChecked)];
        T[] values = [.. expected.Select(value => T.Parse(value, CultureInfo.InvariantCulture))];
        Bits.AreEqual<T>(values, plan.Apply([key], row));
    }

    private static string[][] Read(string table) =>
    [
        .. File.ReadLines(Repository.PathOf($"tests/MLNet.SpatialDropout.Core.Tests/{table}")).Skip(1)
            .Select(line => line.Split(',')),
    ];

    private static MaskKey ParseKey(string[] fields) => new(
        ulong.Parse(fields[1], CultureInfo.InvariantCulture), ulong.Parse(fields[2], CultureInfo.InvariantCulture),
        uint.Parse(fields[3], CultureInfo.InvariantCulture));

    private static CountRange? ParseRange(string min, string max) => min == "" ? null : (ParseInt(min), ParseInt(max));

    private static int ParseInt(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double ParseDouble(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
