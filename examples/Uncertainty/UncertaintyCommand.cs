using System.CommandLine;
using Examples;
using Spectre.Console;

namespace Uncertainty;

/// <summary>The command line of this example.</summary>
public sealed class UncertaintyCommand : ExampleCommand
{
    // One pass has no spread; the upper bound only catches typing errors.
    private const int MinimumPasses = 2;
    private const int MaximumPasses = 10_000;

    private static readonly UncertaintySettings Defaults = new();

    private readonly RecordingFileOptions _files = new();

    private readonly Option<int> _passes = ExampleOptions.WholeNumber(
        "--passes", $"Dropped-out passes over each test recording, {MinimumPasses} to {MaximumPasses}.", Defaults.Passes,
        MinimumPasses, MaximumPasses);

    private readonly Option<double> _rate = ExampleOptions.Rate(
        "The probability, 0 to 1, that a sensor drops, in training and in the passes.", Defaults.Rate);

    private readonly Option<int> _seed = ExampleOptions.Seed(
        "Of generated recordings, masks and trainer: the same seed gives the same numbers.", Defaults.Seed);

    private readonly Option<string> _output = ExampleOptions.OutputFolder(Defaults.OutputFolder);

    private readonly TrainerFactory _createTrainer;

    /// <param name="console">Prints help and report.</param>
    /// <param name="error">Prints errors, one line each.</param>
    /// <param name="createTrainer">Creates the trainers.</param>
    public UncertaintyCommand(IAnsiConsole console, TextWriter error, TrainerFactory createTrainer)
        : base(console, error) => _createTrainer = createTrainer;

    protected override RootCommand CreateCommand()
    {
        var command = new RootCommand(
            "Monte-Carlo dropout over a trained model: scores each test recording many times with sensors dropped at random,"
            + " and shows how the spread of these passes relates to error, with all sensors and with one lost.")
        {
            _passes, _rate, _seed, _output,
        };
        _files.AddTo(command);
        command.SetAction(parsed => Run(() => Test(Read(parsed)), parsed.GetValue(_output)));
        return command;
    }

    private UncertaintySettings Read(ParseResult parsed) => new()
    {
        Passes = parsed.GetValue(_passes),
        Rate = parsed.GetValue(_rate),
        Seed = parsed.GetValue(_seed),
        OutputFolder = parsed.GetValue(_output)!,
        Files = _files.Read(parsed),
    };

    private ExitCode Test(UncertaintySettings settings)
    {
        new UncertaintyRun(Console, Error, _createTrainer).Run(settings);
        return ExitCode.Success;
    }
}
