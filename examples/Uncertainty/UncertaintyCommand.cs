using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SensorOutage;
using Spectre.Console;

namespace Uncertainty;

/// <summary>The command line: its options, what they may be, and what becomes of a failure.</summary>
public sealed class UncertaintyCommand
{
    private const int Success = 0;
    private const int BadUsage = 2;

    // One pass has no spread; the upper bound only catches a slip of the finger.
    private const int MinimumPasses = 2;
    private const int MaximumPasses = 10_000;

    private static readonly UncertaintySettings Defaults = new();

    private readonly Option<string?> _train = new("--train")
    {
        Description = "A .ts file of the UEA/UCR archives to train on, instead of generated recordings; needs --test.",
        HelpName = "file",
    };

    private readonly Option<string?> _test = new("--test") { Description = "The .ts file to test on.", HelpName = "file" };

    private readonly Option<int> _passes = new("--passes")
    {
        Description = $"Dropped-out passes over each test recording, {MinimumPasses} to {MaximumPasses}.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Passes,
        CustomParser = result => Parse<int>(
            result,
            passes => passes is >= MinimumPasses and <= MaximumPasses,
            $"a whole number from {MinimumPasses} to {MaximumPasses}"),
    };

    private readonly Option<double> _rate = new("--rate")
    {
        Description = "The probability, 0 to 1, that a sensor drops, in training and in the passes.",
        HelpName = "probability",
        DefaultValueFactory = _ => Defaults.Rate,
        CustomParser = result => Parse<double>(result, rate => rate is >= 0 and <= 1, "a number from 0 to 1"),
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Of generated recordings, masks and trainer: the same seed gives the same numbers.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Seed,
        CustomParser = result => Parse<int>(result, _ => true, "a whole number"),
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "The folder for the picture; made if it is not there.",
        HelpName = "folder",
        DefaultValueFactory = _ => Defaults.OutputFolder,
    };

    private readonly IAnsiConsole _console;
    private readonly TextWriter _error;
    private readonly TrainerFactory _createTrainer;
    private readonly RootCommand _root;

    /// <param name="console">Where help and report go.</param>
    /// <param name="error">Where it is said what went wrong, in one line each.</param>
    /// <param name="createTrainer">Makes the trainers.</param>
    public UncertaintyCommand(IAnsiConsole console, TextWriter error, TrainerFactory createTrainer)
    {
        (_console, _error, _createTrainer) = (console, error, createTrainer);
        _root = new RootCommand(
            "Monte-Carlo dropout over a trained model: scores each test recording many times with sensors dropped at random,"
            + " and shows how the spread of these passes relates to error, with all sensors and with one lost.")
        {
            _train, _test, _passes, _rate, _seed, _output,
        };
        _root.Validators.Add(CheckFiles);
        _root.SetAction(parsed => Run(Read(parsed)));
    }

    /// <returns>The exit code of the process: 0, or 2 if an option or a file cannot be used.</returns>
    public int Invoke(IReadOnlyList<string> args)
    {
        ParseResult parsed = _root.Parse(args);
        foreach (ParseError error in parsed.Errors)
            _error.WriteLine(error.Message);
        return parsed.Errors.Count > 0
            ? BadUsage
            : parsed.Invoke(new InvocationConfiguration
            {
                Output = _console.Profile.Out.Writer,
                Error = _error,
                EnableDefaultExceptionHandler = false,
            });
    }

    private static T Parse<T>(ArgumentResult result, Func<T, bool> isAllowed, string allowed)
        where T : struct, ISpanParsable<T>
    {
        string text = result.Tokens.Single().Value;
        if (!T.TryParse(text, CultureInfo.InvariantCulture, out T value) || !isAllowed(value))
            result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}', but must be {allowed}.");
        return value;
    }

    private void CheckFiles(CommandResult result)
    {
        if ((result.GetResult(_train) is null) != (result.GetResult(_test) is null))
            result.AddError("--train and --test go together: give both files, or neither for generated recordings.");
    }

    private UncertaintySettings Read(ParseResult parsed) => new()
    {
        Passes = parsed.GetValue(_passes),
        Rate = parsed.GetValue(_rate),
        Seed = parsed.GetValue(_seed),
        OutputFolder = parsed.GetValue(_output)!,
        Files = parsed.GetValue(_train) is { } train ? (train, parsed.GetValue(_test)!) : null,
    };

    private int Run(UncertaintySettings settings)
    {
        try
        {
            new UncertaintyRun(_console, _error, _createTrainer).Run(settings);
            return Success;
        }
        catch (TsFormatException unusable)
        {
            _error.WriteLine(unusable.Message);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            _error.WriteLine($"--output is '{settings.OutputFolder}', which cannot be written to: {unwritable.Message}");
        }

        return BadUsage;
    }
}
