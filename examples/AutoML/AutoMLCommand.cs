using System.CommandLine;
using Examples;
using Spectre.Console;

namespace AutoML;

/// <summary>The command line of this example.</summary>
public sealed class AutoMLCommand : ExampleCommand
{
    private static readonly AutoMLSettings Defaults = new();

    private readonly RecordingFileOptions _files = new();

    private readonly Option<int> _trials = ExampleOptions.WholeNumber(
        "--trials", "The stages that the search tries; at least 1.", Defaults.Trials, minimum: 1);

    private readonly Option<int> _models = ExampleOptions.WholeNumber(
        "--models", "The models that each of the other experiments tries; at least 1.", Defaults.Models, minimum: 1);

    private readonly Option<int> _seconds = ExampleOptions.WholeNumber(
        "--seconds", "The time that each of these experiments has at most; at least 1.", Defaults.Seconds, minimum: 1);

    private readonly Option<int> _seed =
        ExampleOptions.Seed("Of generated recordings, masks, trainers and tuners.", Defaults.Seed);

    /// <inheritdoc/>
    public AutoMLCommand(IAnsiConsole console, TextWriter error)
        : base(console, error)
    {
    }

    protected override RootCommand CreateCommand()
    {
        var command = new RootCommand(
            "Spatial dropout in experiments of Microsoft.ML.AutoML: a stage whose rate, copies and scaling are searched, a fixed"
            + " stage before trainers that are searched, and a stage as the pre-featurizer of the older API.")
        {
            _trials, _models, _seconds, _seed,
        };
        _files.AddTo(command);
        command.SetAction(parsed => Run(() => Experiment(Read(parsed))));
        return command;
    }

    private AutoMLSettings Read(ParseResult parsed) => new()
    {
        Trials = parsed.GetValue(_trials),
        Models = parsed.GetValue(_models),
        Seconds = parsed.GetValue(_seconds),
        Seed = parsed.GetValue(_seed),
        Files = _files.Read(parsed),
    };

    private ExitCode Experiment(AutoMLSettings settings)
    {
        try
        {
            new AutoMLRun(Console).Run(settings);
            return ExitCode.Success;
        }
        catch (Exception exception) when (NativeLibrary.IsMissing(exception))
        {
            Error.WriteLine(NativeLibrary.Explain(TrainerKind.LightGbm));
            return ExitCode.Failure;
        }
        catch (AggregateException exception) when (exception.InnerException is TimeoutException)
        {
            Error.WriteLine($"--seconds is {settings.Seconds}, in which no model was finished: give more.");
            return ExitCode.BadUsage;
        }
    }
}
