using System.Globalization;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>How fast rows of one size are copied and dropped out, in bytes of rows per nanosecond: GB/s.</summary>
internal sealed record SweepPoint(int Steps, int Channels, string Level, double CopySpeed, double DropSpeed)
{
    public string ToCsv() =>
        string.Create(CultureInfo.InvariantCulture, $"{Steps},{Channels},{Level},{CopySpeed:0.000},{DropSpeed:0.000}");

    public static SweepPoint FromCsv(string line)
    {
        string[] fields = line.Split(',');
        return new(
            int.Parse(fields[0], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), fields[2],
            double.Parse(fields[3], CultureInfo.InvariantCulture), double.Parse(fields[4], CultureInfo.InvariantCulture));
    }
}
