using System.CommandLine;
using System.Globalization;
using Examples;
using Spectre.Console;

namespace Shards;

/// <summary>The command line of this example.</summary>
public sealed class ShardsCommand : ExampleCommand
{
    private const int MaximumShards = 64;
    private const int MaximumRecordings = 100_000;

    private static readonly ShardsSettings Defaults = new();

    private readonly Option<int> _shards = ExampleOptions.WholeNumber(
        "--shards", $"Shards, and worker processes at a time: 2 to {MaximumShards}.", Defaults.Shards, 2, MaximumShards);

    private readonly Option<int> _recordings = ExampleOptions.WholeNumber(
        "--recordings", $"Recordings to generate, at least one for each shard; at most {MaximumRecordings}.",
        Defaults.Recordings, 2, MaximumRecordings);

    private readonly Option<int> _seed =
        ExampleOptions.Seed("Of recordings and masks: the same seed gives the same files.", Defaults.Seed);

    private readonly Option<string> _output = ExampleOptions.OutputFolder(Defaults.OutputFolder, "all files");

    private readonly Argument<string> _workerInput = new("INPUT");
    private readonly Argument<string> _workerOutput = new("OUTPUT");
    private readonly Option<bool> _byRowId = new("--by-row-id");

    private readonly WorkerRunner _runWorker;

    /// <param name="console">Prints help and report.</param>
    /// <param name="error">Prints errors, one line each.</param>
    /// <param name="runWorker">Does a job in a process of its own.</param>
    public ShardsCommand(IAnsiConsole console, TextWriter error, WorkerRunner runWorker)
        : base(console, error) => _runWorker = runWorker;

    protected override RootCommand CreateCommand()
    {
        var command = new RootCommand(
            "Drops out a data set in shards, a process for each, and once more in a single process; and says whether the joined"
            + " shards equal the single run byte for byte: with masks by key, and with masks by row ID.")
        {
            _shards, _recordings, _seed, _output, MakeWorkerCommand(),
        };
        command.SetAction(parsed => Run(() => DropOut(Read(parsed)), parsed.GetValue(_output)));
        return command;
    }

    // Hidden: only a run starts it.
    private Command MakeWorkerCommand()
    {
        var worker = new Command("worker") { _workerInput, _workerOutput, _seed, _byRowId };
        worker.Hidden = true;
        worker.SetAction(parsed => (int)Work(new WorkerJob(
            parsed.GetValue(_workerInput)!,
            parsed.GetValue(_workerOutput)!,
            parsed.GetValue(_seed),
            parsed.GetValue(_byRowId) ? MaskSource.RowId : MaskSource.Key)));
        return worker;
    }

    private ShardsSettings Read(ParseResult parsed) => new()
    {
        Shards = parsed.GetValue(_shards),
        Recordings = parsed.GetValue(_recordings),
        Seed = parsed.GetValue(_seed),
        OutputFolder = parsed.GetValue(_output)!,
    };

    private ExitCode DropOut(ShardsSettings settings)
    {
        if (settings.Recordings >= settings.Shards)
            return new ShardsRun(Console, Error, _runWorker).RunAsync(settings).GetAwaiter().GetResult();

        Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"--recordings is '{settings.Recordings}', but must be at least --shards, which is {settings.Shards}."));
        return ExitCode.BadUsage;
    }

    private ExitCode Work(WorkerJob job)
    {
        try
        {
            Worker.Run(job);
            return ExitCode.Success;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            Error.WriteLine(failure.Message);
            return ExitCode.Failure;
        }
    }
}
