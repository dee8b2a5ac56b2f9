using System.Diagnostics;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>
/// Times two pieces of work alternately, in many short turns. A disturbance of the machine hits both, so the ratio of
/// neighbouring turns hardly changes.
/// </summary>
internal static class InterleavedTimer
{
    private const int MostRounds = 101;
    private const int FewestRounds = 7;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan TurnAtLeast = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2.2);

    // Tiered compilation optimizes hot methods in the background, 100 ms after the last new method was compiled.
    private static readonly TimeSpan PauseForTheCompiler = TimeSpan.FromMilliseconds(130);

    /// <summary>The time of the first divided by that of the second, and nanoseconds per call of each.</summary>
    public static (Spread Ratio, double FirstNanoseconds, double SecondNanoseconds) Measure(Action first, Action second)
    {
        for (int i = 0; i < 2; i++)
        {
            RunFor(WarmUp, first);
            RunFor(WarmUp, second);
            Thread.Sleep(PauseForTheCompiler);
        }

        int firstCalls = CallsPerTurn(first);
        int secondCalls = CallsPerTurn(second);
        var firstTimes = new List<double>();
        var secondTimes = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (firstTimes.Count < FewestRounds
            || (firstTimes.Count < MostRounds && Stopwatch.GetElapsedTime(start) < Budget))
        {
            firstTimes.Add(Time(first, firstCalls));
            secondTimes.Add(Time(second, secondCalls));
        }

        return (
            Spread.Of(firstTimes.Zip(secondTimes, (a, b) => a / b)),
            Spread.Of(firstTimes).Median,
            Spread.Of(secondTimes).Median);
    }

    private static void RunFor(TimeSpan time, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        do
            work();
        while (Stopwatch.GetElapsedTime(start) < time);
    }

    private static int CallsPerTurn(Action work) =>
        (int)Math.Max(1, Math.Ceiling(TurnAtLeast.TotalNanoseconds / Time(work, calls: 1)));

    private static double Time(Action work, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            work();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }
}
