using System.Globalization;
using System.Text;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Speed by size of rows, level of memory and instruction set, as a table and a plot.</summary>
internal static class SweepReport
{
    private static readonly (string Name, string? Setting)[] InstructionSets =
        [("all", null), ("AVX2", "DOTNET_EnableAVX512"), ("none", "DOTNET_EnableHWIntrinsic")];

    /// <summary>Measures and writes <c>sweep.md</c> and <c>sweep.png</c>.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        SweepSeries[] series = [.. InstructionSets.Select(set => new SweepSeries(set.Name, SweepProcess.Run(set.Setting)))];
        File.WriteAllText(Path.Combine(folder, "sweep.md"), Table(series));
        SweepPlot.SavePng(Path.Combine(folder, "sweep.png"), series);
        Console.WriteLine($"Wrote sweep.md and sweep.png to {Path.GetFullPath(folder)}.");
    }

    private static string Table(IReadOnlyList<SweepSeries> series)
    {
        var text = new StringBuilder();
        text.AppendLine("# Speed by size of rows").AppendLine()
            .AppendLine($"`ApplyRows` on rows of [time, channels] floats, rate 0.3, GB of rows a second: {Machine.Describe()}.")
            .AppendLine("Each cell: `CopyTo` of the same rows / all vectors of the machine / no AVX-512 / no intrinsics at all.")
            .AppendLine("A cell is empty where one row is larger than the cache, or rows are too many and too small to tell.")
            .AppendLine()
            .AppendLine($"| time x channels | bytes a row | {string.Join(" | ", CacheLevel.All.Select(level => level.Name))} |")
            .AppendLine($"| --- | ---: |{string.Concat(CacheLevel.All.Select(_ => " --- |"))}");
        foreach (int channels in SweepProcess.Channels)
        {
            foreach (int steps in SweepProcess.Steps)
            {
                string cells = string.Join(" | ", CacheLevel.All.Select(level => Cell(series, steps, channels, level.Name)));
                text.AppendLine(CultureInfo.InvariantCulture, $"| {steps} x {channels} | {4 * steps * channels:N0} | {cells} |");
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Cell(IReadOnlyList<SweepSeries> series, int steps, int channels, string level)
    {
        if (series[0].Find(steps, channels, level) is not { } first)
            return "";

        IEnumerable<double> speeds = series.Select(one => one.Find(steps, channels, level)!.DropSpeed).Prepend(first.CopySpeed);
        return string.Join(" / ", speeds.Select(speed => speed.ToString(speed < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)));
    }
}
