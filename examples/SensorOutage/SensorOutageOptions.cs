using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SensorOutage;

/// <summary>The options of the command line. Each refusal names the option, the value and what is allowed.</summary>
internal sealed class SensorOutageOptions
{
    private const string AllTrainers = "lightgbm,sdca,lbfgs";

    private static readonly SensorOutageSettings Defaults = new();

    private readonly Option<string?> _train = new("--train")
    {
        Description = "A .ts file of the UEA/UCR archives to train on, instead of generated recordings; needs --test.",
        HelpName = "file",
    };

    private readonly Option<string?> _test = new("--test")
    {
        Description = "The .ts file to test on. Shorter recordings are padded with zeros.",
        HelpName = "file",
    };

    private readonly Option<double> _rate = new("--rate")
    {
        Description = "The probability, 0 to 1, that the stage drops a sensor.",
        HelpName = "probability",
        DefaultValueFactory = _ => Defaults.Rate,
        CustomParser = ParseRate,
    };

    private readonly Option<int> _copies = new("--copies")
    {
        Description = "Dropped-out copies of each training recording, beside the recording itself; at least 1.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Copies,
        CustomParser = result => ParseInteger(result, minimum: 1),
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Of generated recordings, masks and trainers: the same seed gives the same numbers.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Seed,
        CustomParser = result => ParseInteger(result, int.MinValue),
    };

    private readonly Option<IReadOnlyList<TrainerKind>> _trainers = new("--trainers")
    {
        Description = $"Which to compare, separated by commas: some of {AllTrainers} (the default).",
        HelpName = "names",
        CustomParser = ParseTrainers,
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "The folder for the picture; made if it is not there.",
        HelpName = "folder",
        DefaultValueFactory = _ => Defaults.OutputFolder,
    };

    public RootCommand CreateCommand()
    {
        var command = new RootCommand(
            "Shows what a lost sensor does to a classifier, and what spatial dropout at training time does about it: trains"
            + " LightGBM, SDCA and L-BFGS without and with the stage, tests them with sensors lost, prints a table and writes"
            + " a picture.")
        {
            _train, _test, _rate, _copies, _seed, _trainers, _output,
        };
        command.Validators.Add(CheckFiles);
        return command;
    }

    public SensorOutageSettings Read(ParseResult parsed) => new()
    {
        Rate = parsed.GetValue(_rate),
        Copies = parsed.GetValue(_copies),
        Seed = parsed.GetValue(_seed),
        Trainers = parsed.GetValue(_trainers) ?? Defaults.Trainers,
        OutputFolder = parsed.GetValue(_output)!,
        Files = parsed.GetValue(_train) is { } train && parsed.GetValue(_test) is { } test ? (train, test) : null,
    };

    private void CheckFiles(CommandResult result)
    {
        bool hasTrain = result.GetResult(_train) is not null;
        bool hasTest = result.GetResult(_test) is not null;
        if (hasTrain && !hasTest)
            result.AddError("--train is given without --test: give both files, or neither for generated recordings.");
        if (hasTest && !hasTrain)
            result.AddError("--test is given without --train: give both files, or neither for generated recordings.");
    }

    private static double ParseRate(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate);
        return isNumber && rate is >= 0 and <= 1
            ? rate
            : Refuse<double>(result, "--rate", text, "a number from 0 to 1, such as 0.3");
    }

    private static int ParseInteger(ArgumentResult result, int minimum)
    {
        string text = result.Tokens[0].Value;
        bool isWhole = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        string option = ((OptionResult)result.Parent!).Option.Name;
        string allowed = minimum == int.MinValue ? "a whole number" : $"a whole number of at least {minimum}";
        return isWhole && number >= minimum ? number : Refuse<int>(result, option, text, allowed);
    }

    private static IReadOnlyList<TrainerKind>? ParseTrainers(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        var trainers = new List<TrainerKind>();
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            // By name alone: Enum.TryParse would take numbers, too.
            TrainerKind? kind = Enum.GetValues<TrainerKind>().Cast<TrainerKind?>()
                .FirstOrDefault(kind => name.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase));
            if (kind is null)
                return Refuse<IReadOnlyList<TrainerKind>>(
                    result, "--trainers", text, $"one or more of {AllTrainers}, separated by commas");
            trainers.Add(kind.Value);
        }

        return [.. trainers.Distinct()];
    }

    private static T? Refuse<T>(ArgumentResult result, string option, string value, string allowed)
    {
        result.AddError($"{option} is '{value}', but must be {allowed}.");
        return default;
    }
}
