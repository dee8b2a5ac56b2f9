using System.Diagnostics;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Measures all points in a process of its own, in which some instruction sets are disabled.</summary>
internal static class SweepProcess
{
    public const string Command = "sweep-points";

    public static readonly IReadOnlyList<int> Steps = [1, 4, 16, 64, 256, 1024, 4096];

    public static readonly IReadOnlyList<int> Channels = [1, 3, 6, 12, 16, 17, 64, 512];

    // More rows would take longer without telling more about the memory.
    private const int MostRows = 4_000_000;
    private const int Turns = 9;

    // Avoids 4K aliasing: with equal page offsets of source and destination, loads would wait for earlier stores.
    private const int ApartInPage = 520;

    private static readonly TimeSpan TurnAtLeast = TimeSpan.FromMilliseconds(1);

    // Tiered compilation starts 100 ms after the last new method was compiled.
    private static readonly TimeSpan PauseForTheCompiler = TimeSpan.FromMilliseconds(500);

    /// <summary>Starts the process.</summary>
    /// <param name="setting">A variable of the runtime to set to 0; null for all instruction sets of the machine.</param>
    public static IReadOnlyList<SweepPoint> Run(string? setting)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(SweepProcess).Assembly.Location, Command },
            RedirectStandardOutput = true,
        };
        if (setting is not null)
            start.Environment[setting] = "0";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The process without {setting ?? "nothing"} ended with {process.ExitCode}.");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SweepPoint.FromCsv)];
    }

    /// <summary>Runs in the other process: prints each point.</summary>
    public static void PrintPoints()
    {
        int most = CacheLevel.All.Max(level => level.Bytes) / 2 / sizeof(float);
        var random = new Random(1);
        var source = new float[most];
        foreach (ref float value in source.AsSpan())
            value = random.NextSingle();
        var destination = new float[most + ApartInPage];

        // Twice through the small sizes to warm up, for tiered compilation.
        foreach (bool warmUp in (bool[])[true, true, false])
        {
            foreach ((CacheLevel level, int steps, int channels, int rows) in Sizes(warmUp ? 2 : CacheLevel.All.Count))
            {
                SweepPoint point = Measure(level, steps, channels, rows, source, destination);
                if (!warmUp)
                    Console.WriteLine(point.ToCsv());
            }

            Thread.Sleep(PauseForTheCompiler);
        }
    }

    private static IEnumerable<(CacheLevel Level, int Steps, int Channels, int Rows)> Sizes(int levels) =>
        from level in CacheLevel.All.Take(levels)
        from steps in Steps
        from channels in Channels
        let rows = level.Bytes / 2 / sizeof(float) / (steps * channels)
        where rows is > 0 and <= MostRows
        select (level, steps, channels, rows);

    private static SweepPoint Measure(
        CacheLevel level, int steps, int channels, int rows, float[] source, float[] destination)
    {
        int length = steps * channels;
        DropoutPlan plan = DropoutPlan.Create(
            new() { Channels = channels, Rate = 0.3, Scaling = DropoutScaling.Inverted, Seed = 7 }, length);
        void Copy()
        {
            for (int start = 0; start < rows * length; start += length)
                source.AsSpan(start, length).CopyTo(destination.AsSpan(ApartInPage + start, length));
        }

        void Drop() => plan.ApplyRows(
            new MaskKey(0), source.AsSpan(0, rows * length), destination.AsSpan(ApartInPage, rows * length));

        double bytes = (double)rows * length * sizeof(float);
        var copyTimes = new List<double>();
        var dropTimes = new List<double>();
        for (int turn = 0; turn < Turns; turn++)
        {
            copyTimes.Add(Time(Copy));
            dropTimes.Add(Time(Drop));
        }

        return new(steps, channels, level.Name, bytes / Spread.Of(copyTimes).Median, bytes / Spread.Of(dropTimes).Median);
    }

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        do
        {
            work();
            calls++;
        }
        while (Stopwatch.GetElapsedTime(start) < TurnAtLeast);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }
}
