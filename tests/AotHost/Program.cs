using System.Globalization;
using MLNet.SpatialDropout;

// Prints the mask of each row of golden-masks.csv, whose path is the only argument: as the plan draws it, and as rows of both
// element types show it.
foreach (string line in File.ReadLines(args[0]).Skip(1))
{
    string[] fields = line.Split(',');
    int channels = fields[11].Length;
    var options = new DropoutOptions
    {
        Channels = channels,
        Rates = fields[5] == "" ? null : [.. fields[5].Split(' ').Select(ParseDouble)],
        SharedAcrossRows = bool.Parse(fields[6]),
        DroppedChannels = fields[7] == "" ? null : (ParseInt(fields[7]), ParseInt(fields[8])),
        MinKept = ParseInt(fields[9]),
        RowProbability = ParseDouble(fields[10]),
        Seed = ParseInt(fields[0]),
    };
    if (fields[4] != "")
        options = options with { Rate = ParseDouble(fields[4]) };
    DropoutPlan plan = DropoutPlan.Create(options, length: 3 * channels);
    var key = new MaskKey(ParseUlong(fields[1]), ParseUlong(fields[2]), uint.Parse(fields[3], CultureInfo.InvariantCulture));

    var keep = new bool[channels];
    plan.DrawMask(key, keep);
    float[] singles = [.. Enumerable.Repeat(1f, plan.Length)];
    plan.Apply(key, singles, singles);
    double[] doubles = [.. Enumerable.Repeat(1d, plan.Length)];
    plan.Apply(key, doubles, doubles);

    Console.WriteLine($"{Show(keep, true)} {Show(singles, 1f)} {Show(doubles, 1d)}");
}

// Options describe themselves by reflection, which trimming could break.
Console.WriteLine(new DropoutOptions { Channels = 3, Rates = [0.1, 0.2, 0.3], Fill = DropoutFill.Missing, Seed = 7 });

static int ParseInt(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static ulong ParseUlong(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

static double ParseDouble(string text) => double.Parse(text, CultureInfo.InvariantCulture);

static string Show<T>(T[] values, T kept) => string.Concat(values.Select(value => Equals(value, kept) ? '1' : '0'));
