using System.Diagnostics;
using System.Globalization;
using Examples;
using Spectre.Console;

namespace Shards;

/// <summary>One run from settings to verdict.</summary>
public sealed class ShardsRun
{
    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly WorkerRunner _runWorker;

    /// <param name="console">Prints the report.</param>
    /// <param name="error">Prints errors.</param>
    /// <param name="runWorker">Does a job in a process of its own.</param>
    public ShardsRun(IAnsiConsole console, TextWriter error, WorkerRunner runWorker) =>
        (_console, _output, _error, _runWorker) = (console, console.Profile.Out.Writer, error, runWorker);

    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The output folder cannot be written to.</exception>
    public async Task<ExitCode> RunAsync(ShardsSettings settings)
    {
        string folder = Path.GetFullPath(settings.OutputFolder);
        Directory.CreateDirectory(folder);

        IReadOnlyList<KeyedRecording> recordings = RecordingFiles.Generate(settings.Recordings, settings.Seed);
        int featureCount = recordings[0].Features.Length;
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{recordings.Count} recordings of {Worker.Channels} channels x {featureCount / Worker.Channels} steps in"
            + $" {settings.Shards} shards, each recording + {Worker.Copies} copies, seed {settings.Seed}"));
        string[] shards = WriteInputs(folder, recordings, settings.Shards);

        var results = new List<ResultFile>();
        foreach (MaskSource masks in Enum.GetValues<MaskSource>())
        {
            if (await RunAsync(folder, shards, masks, settings.Seed, featureCount).ConfigureAwait(false) is not { } files)
                return ExitCode.Failure;
            results.AddRange(files);
        }

        _output.WriteLine();
        _console.Write(ShardsTable.Create(results));
        bool[] verdicts = [.. Enum.GetValues<MaskSource>().Select(masks =>
            Judge([.. results.Where(file => file.Masks == masks)], featureCount))];
        _output.WriteLine($"Files: {folder}");
        return verdicts[(int)MaskSource.Key] ? ExitCode.Success : ExitCode.Failure;
    }

    private static string[] WriteInputs(string folder, IReadOnlyList<KeyedRecording> recordings, int count)
    {
        IReadOnlyList<IReadOnlyList<KeyedRecording>> shards = RecordingFiles.Cut(recordings, count);
        string[] paths = [.. Enumerable.Range(1, count).Select(shard => InputPath(folder, $"shard-{shard}-of-{count}"))];
        for (int shard = 0; shard < count; shard++)
            RecordingFiles.Write(paths[shard], shards[shard]);
        RecordingFiles.Write(InputPath(folder, "single"), recordings);
        return paths;
    }

    /// <returns>The results of the shards, joined, and of the single run, in this order; null if a worker failed.</returns>
    private async Task<List<ResultFile>?> RunAsync(
        string folder, string[] shards, MaskSource masks, int seed, int featureCount)
    {
        string suffix = masks == MaskSource.Key ? "by-key" : "by-row-id";
        string PathOf(string input) => Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(input)}-{suffix}.rows");
        WorkerJob JobOf(string input) => new(input, PathOf(input), seed, masks);

        WorkerJob[] jobs = [.. shards.Select(JobOf)];
        WorkerJob whole = JobOf(InputPath(folder, "single"));
        string joined = PathOf("joined");

        // If a worker failed, results of an earlier run would pass for its own.
        foreach (string path in jobs.Append(whole).Select(job => job.Output).Append(joined))
            File.Delete(path);

        _output.WriteLine($"Masks by {ShardsTable.NameOf(masks)}: {jobs.Length} processes at a time, then one for all");
        long start = Stopwatch.GetTimestamp();
        WorkerResult[] parts = await Task.WhenAll(jobs.Select(job => _runWorker(job))).ConfigureAwait(false);
        if (!AllSucceeded(parts))
            return null;
        RowFile.Join(jobs.Select(job => job.Output), joined);
        TimeSpan together = Stopwatch.GetElapsedTime(start);

        WorkerResult single = await _runWorker(whole).ConfigureAwait(false);
        if (!AllSucceeded([single]))
            return null;

        ResultFile Measure(string name, string path, TimeSpan elapsed) =>
            ResultFile.Measure(name, masks, path, featureCount, elapsed);
        return
        [
            .. parts.Select((part, index) =>
                Measure($"shard {index + 1} of {parts.Length}", part.Job.Output, part.Elapsed)),
            Measure("shards, joined", joined, together),
            Measure("single run", whole.Output, single.Elapsed),
        ];
    }

    private bool AllSucceeded(IEnumerable<WorkerResult> results)
    {
        WorkerResult[] failed = [.. results.Where(result => result.ExitCode != 0)];
        foreach (WorkerResult result in failed)
            _error.WriteLine(
                $"The worker for {Path.GetFileName(result.Job.Input)} failed with exit code {result.ExitCode}: {result.Error}");
        return failed.Length == 0;
    }

    /// <returns>Whether the joined result equals that of the single run.</returns>
    private bool Judge(List<ResultFile> files, int featureCount)
    {
        (ResultFile joined, ResultFile single) = (files[^2], files[^1]);
        string masks = $"Masks by {ShardsTable.NameOf(joined.Masks)}";
        if (RowFile.AreEqual(joined.Path, single.Path))
        {
            _output.WriteLine($"{masks}: the joined shards equal the single run, byte for byte.");
            return true;
        }

        int differing = RowFile.Read(joined.Path, featureCount).Zip(RowFile.Read(single.Path, featureCount))
            .Count(rows => !rows.First.HasBytesOf(rows.Second)) + Math.Abs(joined.Rows - single.Rows);
        string reason = joined.Masks == MaskSource.RowId ? ": row IDs start anew in each shard" : "";
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{masks}: the joined shards differ from the single run in {differing:N0} of {single.Rows:N0} rows{reason}."));
        return false;
    }

    private static string InputPath(string folder, string name) => Path.Combine(folder, $"{name}.idv");
}
