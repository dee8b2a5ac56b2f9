using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace SensorOutage;

/// <summary>The command line: its options, what they may be, and what becomes of a failure.</summary>
public sealed class SensorOutageCommand
{
    private readonly SensorOutageOptions _options = new();
    private readonly RootCommand _root;
    private readonly IAnsiConsole _console;
    private readonly TextWriter _error;
    private readonly TrainerFactory _createTrainer;

    /// <param name="console">Where help and report go.</param>
    /// <param name="error">Where it is said what went wrong, in one line each.</param>
    /// <param name="createTrainer">Makes the trainers.</param>
    public SensorOutageCommand(IAnsiConsole console, TextWriter error, TrainerFactory createTrainer)
    {
        (_console, _error, _createTrainer) = (console, error, createTrainer);
        _root = _options.CreateCommand();
        _root.SetAction(parsed => (int)Run(_options.Read(parsed)));
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

    private ExitCode Run(SensorOutageSettings settings)
    {
        try
        {
            return new SensorOutageRun(_console, _error, _createTrainer).Run(settings);
        }
        catch (TsFormatException unusable)
        {
            _error.WriteLine(unusable.Message);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            _error.WriteLine($"--output is '{settings.OutputFolder}', which cannot be written to: {unwritable.Message}");
        }

        return ExitCode.BadUsage;
    }
}
