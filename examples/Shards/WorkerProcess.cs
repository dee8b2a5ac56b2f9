using System.Diagnostics;
using System.Globalization;

namespace Shards;

/// <summary>Runs this program once more, as a worker.</summary>
public static class WorkerProcess
{
    private const string Muxer = "dotnet";

    /// <summary>Does a job in a process of its own; one that fails is a result, not an exception.</summary>
    public static async Task<WorkerResult> RunAsync(WorkerJob job)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(Describe(job))!;
        string error = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return new WorkerResult(job, process.ExitCode, error.Trim(), Stopwatch.GetElapsedTime(start));
    }

    private static ProcessStartInfo Describe(WorkerJob job)
    {
        string program = typeof(WorkerProcess).Assembly.Location;
        string current = Environment.ProcessPath ?? Muxer;
        string suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        bool Is(string name) => Path.GetFileName(current) == name + suffix;

        // Under `dotnet run` this process is the program's own executable; in a test it is the test's.
        ProcessStartInfo start = Is(Path.GetFileNameWithoutExtension(program))
            ? new(current)
            : new(
                Is(Muxer) ? current : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Muxer,
                ["exec", program]);
        foreach (string argument in (string[])
            ["worker", job.Input, job.Output, "--seed", job.Seed.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        if (job.Masks == MaskSource.RowId)
            start.ArgumentList.Add("--by-row-id");
        start.RedirectStandardError = true;
        return start;
    }
}
