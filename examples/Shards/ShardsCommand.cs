using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;

namespace Shards;

/// <summary>The command line: its options, what they may be, and what becomes of a failure.</summary>
public sealed class ShardsCommand
{
    private const int MaximumShards = 64;
    private const int MaximumRecordings = 100_000;

    private static readonly ShardsSettings Defaults = new();

    private readonly Option<int> _shards = new("--shards")
    {
        Description = $"Shards, and worker processes at a time: 2 to {MaximumShards}.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Shards,
        CustomParser = result => ParseInteger(result, 2, MaximumShards),
    };

    private readonly Option<int> _recordings = new("--recordings")
    {
        Description = $"Recordings to generate, at least one for each shard; at most {MaximumRecordings}.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Recordings,
        CustomParser = result => ParseInteger(result, 2, MaximumRecordings),
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Of recordings and masks: the same seed gives the same files.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Seed,
        CustomParser = result => ParseInteger(result, int.MinValue, int.MaxValue),
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "The folder for all files; made if it is not there.",
        HelpName = "folder",
        DefaultValueFactory = _ => Defaults.OutputFolder,
    };

    private readonly Argument<string> _workerInput = new("INPUT");
    private readonly Argument<string> _workerOutput = new("OUTPUT");
    private readonly Option<bool> _byRowId = new("--by-row-id");

    private readonly IAnsiConsole _console;
    private readonly TextWriter _error;
    private readonly WorkerRunner _runWorker;
    private readonly RootCommand _root;

    /// <param name="console">Where help and report go.</param>
    /// <param name="error">Where it is said what went wrong, in one line each.</param>
    /// <param name="runWorker">Does a job in a process of its own.</param>
    public ShardsCommand(IAnsiConsole console, TextWriter error, WorkerRunner runWorker)
    {
        (_console, _error, _runWorker) = (console, error, runWorker);
        _root = new RootCommand(
            "Drops out a data set in shards, a process for each, and once more in a single process; and says whether the joined"
            + " shards equal the single run byte for byte: with masks by key, and with masks by row ID.")
        {
            _shards, _recordings, _seed, _output, MakeWorkerCommand(),
        };
        _root.SetAction(async (parsed, _) => (int)await RunAsync(Read(parsed)).ConfigureAwait(false));
    }

    /// <returns>The exit code of the process.</returns>
    public int Invoke(IReadOnlyList<string> args)
    {
        ParseResult parsed = _root.Parse(args);
        foreach (ParseError error in parsed.Errors)
            _error.WriteLine(error.Message);
        return parsed.Errors.Count > 0
            ? (int)ExitCode.BadUsage
            : parsed.Invoke(new InvocationConfiguration
            {
                Output = _console.Profile.Out.Writer,
                Error = _error,
                EnableDefaultExceptionHandler = false,
            });
    }

    // What a run starts; of no use to anyone else.
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

    private async Task<ExitCode> RunAsync(ShardsSettings settings)
    {
        if (Refuse(settings) is { } refusal)
        {
            _error.WriteLine(refusal);
            return ExitCode.BadUsage;
        }

        try
        {
            return await new ShardsRun(_console, _error, _runWorker).RunAsync(settings).ConfigureAwait(false);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            _error.WriteLine($"--output is '{settings.OutputFolder}', which cannot be written to: {unwritable.Message}");
            return ExitCode.BadUsage;
        }
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
            _error.WriteLine(failure.Message);
            return ExitCode.Failure;
        }
    }

    // What no option can see alone.
    private static string? Refuse(ShardsSettings settings) =>
        settings.Recordings < settings.Shards
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"--recordings is '{settings.Recordings}', but must be at least --shards, which is {settings.Shards}.")
            : string.IsNullOrWhiteSpace(settings.OutputFolder)
                ? $"--output is '{settings.OutputFolder}', but must be the name of a folder."
                : null;

    private static int ParseInteger(ArgumentResult result, int minimum, int maximum)
    {
        string text = result.Tokens.Single().Value;
        bool isWhole = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        if (isWhole && number >= minimum && number <= maximum)
            return number;

        string range = minimum == int.MinValue ? "32-bit whole number" : $"whole number from {minimum} to {maximum}";
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}', but must be a {range}.");
        return 0;
    }
}
