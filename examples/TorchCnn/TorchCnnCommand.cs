using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SensorOutage;
using Spectre.Console;

namespace TorchCnn;

/// <summary>The command line: its options, what they may be, and what becomes of a failure.</summary>
public sealed class TorchCnnCommand
{
    private const int Success = 0;
    private const int CannotRun = 1;
    private const int BadUsage = 2;

    private static readonly TorchCnnSettings Defaults = new();

    private readonly Option<string?> _train = new("--train")
    {
        Description = "A .ts file of the UEA/UCR archives to train on, instead of generated recordings; needs --test.",
    };

    private readonly Option<string?> _test = new("--test") { Description = "The .ts file to test on." };

    private readonly Option<double> _rate = new("--rate")
    {
        Description = "The probability that dropout drops, 0 to 1.",
        DefaultValueFactory = _ => Defaults.Rate,
        CustomParser = result => Parse<double>(result, rate => rate is >= 0 and <= 1, "a number from 0 to 1"),
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "How often a network sees the training recordings; at least 1.",
        DefaultValueFactory = _ => Defaults.Epochs,
        CustomParser = result => Parse<int>(result, epochs => epochs >= 1, "a whole number of at least 1"),
    };

    private readonly Option<int> _seeds = new("--seeds")
    {
        Description = "How many seeds each kind is trained with; at least 1.",
        DefaultValueFactory = _ => Defaults.Seeds,
        CustomParser = result => Parse<int>(result, seeds => seeds >= 1, "a whole number of at least 1"),
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "The folder for the picture; made if it is not there.",
        DefaultValueFactory = _ => Defaults.OutputFolder,
    };

    private readonly IAnsiConsole _console;
    private readonly TextWriter _error;
    private readonly RootCommand _root;

    /// <param name="console">Where help and report go.</param>
    /// <param name="error">Where it is said what went wrong, in one line each.</param>
    public TorchCnnCommand(IAnsiConsole console, TextWriter error)
    {
        (_console, _error) = (console, error);
        _root = new RootCommand(
            "Trains a small convolutional network on recordings of several sensors: without dropout, with Dropout and with"
            + " SpatialDropout1d between the convolutions, and with SpatialDropout1d on the sensors; and tests it with a sensor"
            + " lost.")
        {
            _train, _test, _rate, _epochs, _seeds, _output,
        };
        _root.Validators.Add(CheckFiles);
        _root.SetAction(parsed => Run(Read(parsed)));
    }

    /// <returns>The exit code of the process.</returns>
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

    private TorchCnnSettings Read(ParseResult parsed) => new()
    {
        Rate = parsed.GetValue(_rate),
        Epochs = parsed.GetValue(_epochs),
        Seeds = parsed.GetValue(_seeds),
        OutputFolder = parsed.GetValue(_output)!,
        Files = parsed.GetValue(_train) is { } train ? (train, parsed.GetValue(_test)!) : null,
    };

    private int Run(TorchCnnSettings settings)
    {
        try
        {
            new TorchCnnRun(_console).Run(settings);
            return Success;
        }
        catch (NotSupportedException missing)
        {
            _error.WriteLine(missing.Message);
            return CannotRun;
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
