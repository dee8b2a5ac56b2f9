using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Examples;
using Spectre.Console;

namespace SensorOutage;

/// <summary>The command line of this example.</summary>
public sealed class SensorOutageCommand : ExampleCommand
{
    private const string AllTrainers = "lightgbm,sdca,lbfgs";

    private static readonly SensorOutageSettings Defaults = new();

    private readonly RecordingFileOptions _files = new();

    private readonly Option<double> _rate =
        ExampleOptions.Rate("The probability, 0 to 1, that the stage drops a sensor.", Defaults.Rate);

    private readonly Option<int> _copies = ExampleOptions.WholeNumber(
        "--copies", "Dropped-out copies of each training recording, beside the recording itself; at least 1.", Defaults.Copies,
        minimum: 1);

    private readonly Option<int> _seed = ExampleOptions.Seed(
        "Of generated recordings, masks and trainers: the same seed gives the same numbers.", Defaults.Seed);

    private readonly Option<IReadOnlyList<int>> _groups = new("--groups")
    {
        Description = "How many neighbouring channels each chip has, separated by commas, such as 3,3: a chip fails as a whole."
            + " Default: each channel fails by itself.",
        HelpName = "sizes",
        CustomParser = ParseGroups,
    };

    private readonly Option<IReadOnlyList<TrainerKind>> _trainers = new("--trainers")
    {
        Description = $"Which to compare, separated by commas: some of {AllTrainers} (the default).",
        HelpName = "names",
        CustomParser = ParseTrainers,
    };

    private readonly Option<string> _output = ExampleOptions.OutputFolder(Defaults.OutputFolder);

    private readonly TrainerFactory _createTrainer;

    /// <param name="console">Prints help and report.</param>
    /// <param name="error">Prints errors, one line each.</param>
    /// <param name="createTrainer">Creates the trainers.</param>
    public SensorOutageCommand(IAnsiConsole console, TextWriter error, TrainerFactory createTrainer)
        : base(console, error) => _createTrainer = createTrainer;

    protected override RootCommand CreateCommand()
    {
        var command = new RootCommand(
            "Shows what a lost sensor does to a classifier, and what spatial dropout at training time does about it: trains"
            + " LightGBM, SDCA and L-BFGS without and with the stage, tests them with sensors lost, prints a table and writes"
            + " a picture.")
        {
            _rate, _copies, _seed, _groups, _trainers, _output,
        };
        _files.AddTo(command);
        command.SetAction(parsed => Run(
            () => new SensorOutageRun(Console, Error, _createTrainer).Run(Read(parsed)), parsed.GetValue(_output)));
        return command;
    }

    private SensorOutageSettings Read(ParseResult parsed) => new()
    {
        Rate = parsed.GetValue(_rate),
        Copies = parsed.GetValue(_copies),
        Seed = parsed.GetValue(_seed),
        Groups = parsed.GetValue(_groups),
        Trainers = parsed.GetValue(_trainers) ?? Defaults.Trainers,
        OutputFolder = parsed.GetValue(_output)!,
        Files = _files.Read(parsed),
    };

    private static IReadOnlyList<int>? ParseGroups(ArgumentResult result)
    {
        string[] texts = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
        int[] sizes = [.. texts.Select(text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0)];
        return sizes.Length > 1 && sizes.All(size => size > 0)
            ? sizes
            : ExampleOptions.Refuse<IReadOnlyList<int>>(
                result, "two or more sizes of at least 1, separated by commas, such as 3,3");
    }

    private static IReadOnlyList<TrainerKind>? ParseTrainers(ArgumentResult result)
    {
        var trainers = new List<TrainerKind>();
        foreach (string name in result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            // By name alone: Enum.TryParse would take numbers, too.
            TrainerKind? kind = Enum.GetValues<TrainerKind>().Cast<TrainerKind?>()
                .FirstOrDefault(kind => name.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase));
            if (kind is null)
                return ExampleOptions.Refuse<IReadOnlyList<TrainerKind>>(
                    result, $"one or more of {AllTrainers}, separated by commas");
            trainers.Add(kind.Value);
        }

        return [.. trainers.Distinct()];
    }
}
