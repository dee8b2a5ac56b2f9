using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SensorOutage;
using Spectre.Console;

namespace AutoML;

/// <summary>The command line: its options, what they may be, and what becomes of a failure.</summary>
public sealed class AutoMLCommand
{
    private static readonly AutoMLSettings Defaults = new();

    private readonly Option<string?> _train = new("--train")
    {
        Description = "A .ts file of the UEA/UCR archives to train on, instead of generated recordings; needs --test.",
        HelpName = "file",
    };

    private readonly Option<string?> _test = new("--test") { Description = "The .ts file to test on.", HelpName = "file" };

    private readonly Option<int> _trials = new("--trials")
    {
        Description = "The stages that the search tries; at least 1.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Trials,
        CustomParser = result => ParseInteger(result, minimum: 1),
    };

    private readonly Option<int> _models = new("--models")
    {
        Description = "The models that each of the other experiments tries; at least 1.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Models,
        CustomParser = result => ParseInteger(result, minimum: 1),
    };

    private readonly Option<int> _seconds = new("--seconds")
    {
        Description = "The time that each of these experiments has at most; at least 1.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Seconds,
        CustomParser = result => ParseInteger(result, minimum: 1),
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Of generated recordings, masks, trainers and tuners.",
        HelpName = "number",
        DefaultValueFactory = _ => Defaults.Seed,
        CustomParser = result => ParseInteger(result, int.MinValue),
    };

    private readonly IAnsiConsole _console;
    private readonly TextWriter _error;
    private readonly RootCommand _root;

    /// <param name="console">Where help and report go.</param>
    /// <param name="error">Where it is said what went wrong, in one line each.</param>
    public AutoMLCommand(IAnsiConsole console, TextWriter error)
    {
        (_console, _error) = (console, error);
        _root = new RootCommand(
            "Spatial dropout in experiments of Microsoft.ML.AutoML: a stage whose rate, copies and scaling are searched, a fixed"
            + " stage before trainers that are searched, and a stage as the pre-featurizer of the older API.")
        {
            _train, _test, _trials, _models, _seconds, _seed,
        };
        _root.Validators.Add(CheckFiles);
        _root.SetAction(parsed => (int)Run(Read(parsed)));
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

    private static int ParseInteger(ArgumentResult result, int minimum)
    {
        string text = result.Tokens.Single().Value;
        bool isWhole = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        if (!isWhole || number < minimum)
        {
            string allowed = minimum == int.MinValue ? "a whole number" : $"a whole number of at least {minimum}";
            result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}', but must be {allowed}.");
        }

        return number;
    }

    private void CheckFiles(CommandResult result)
    {
        if ((result.GetResult(_train) is null) != (result.GetResult(_test) is null))
            result.AddError("--train and --test go together: give both files, or neither for generated recordings.");
    }

    private AutoMLSettings Read(ParseResult parsed) => new()
    {
        Trials = parsed.GetValue(_trials),
        Models = parsed.GetValue(_models),
        Seconds = parsed.GetValue(_seconds),
        Seed = parsed.GetValue(_seed),
        Files = parsed.GetValue(_train) is { } train ? (train, parsed.GetValue(_test)!) : null,
    };

    private ExitCode Run(AutoMLSettings settings)
    {
        try
        {
            new AutoMLRun(_console).Run(settings);
            return ExitCode.Success;
        }
        catch (TsFormatException unusable)
        {
            _error.WriteLine(unusable.Message);
            return ExitCode.BadUsage;
        }
        catch (Exception exception) when (NativeLibrary.IsMissing(exception))
        {
            _error.WriteLine(NativeLibrary.Explain(TrainerKind.LightGbm));
            return ExitCode.NoTrainer;
        }
        catch (AggregateException exception) when (exception.InnerException is TimeoutException)
        {
            _error.WriteLine($"--seconds is {settings.Seconds}, in which no model was finished: give more.");
            return ExitCode.BadUsage;
        }
    }
}
