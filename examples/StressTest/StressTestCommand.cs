using System.CommandLine;
using System.CommandLine.Parsing;
using SensorOutage;
using Spectre.Console;

namespace StressTest;

/// <summary>The command line, and what becomes of a failure.</summary>
public sealed class StressTestCommand
{
    private readonly StressTestOptions _options = new();
    private readonly RootCommand _root;
    private readonly IAnsiConsole _console;
    private readonly TextWriter _error;

    /// <param name="console">Where help and report go.</param>
    /// <param name="error">Where it is said what went wrong, in one line each.</param>
    public StressTestCommand(IAnsiConsole console, TextWriter error)
    {
        (_console, _error) = (console, error);
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

    private ExitCode Run(StressTestSettings settings)
    {
        try
        {
            new StressTestRun(_console).Run(settings);
            return ExitCode.Success;
        }
        catch (Exception unusable) when (unusable is UnfitFileException or TsFormatException)
        {
            _error.WriteLine(unusable.Message);
        }
        catch (Exception exception) when (NativeLibrary.IsMissing(exception))
        {
            _error.WriteLine(
                "LightGBM's native library, or libgomp that it needs, could not be loaded; on Debian and Ubuntu:"
                + " apt-get install libgomp1.");
            return ExitCode.NoTrainer;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            _error.WriteLine($"--output is '{settings.OutputFolder}', which cannot be written to: {unwritable.Message}");
        }

        return ExitCode.BadUsage;
    }
}
