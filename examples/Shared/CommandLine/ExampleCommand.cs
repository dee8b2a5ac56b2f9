using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace Examples;

/// <summary>What the examples' commands have in common: how a line is parsed, and what becomes of a failure.</summary>
public abstract class ExampleCommand
{
    /// <param name="console">Where help and report go.</param>
    /// <param name="error">Where it is said what went wrong, in one line each.</param>
    protected ExampleCommand(IAnsiConsole console, TextWriter error) => (Console, Error) = (console, error);

    protected IAnsiConsole Console { get; }

    protected TextWriter Error { get; }

    /// <returns>The exit code of the process.</returns>
    public int Invoke(IReadOnlyList<string> args)
    {
        ParseResult parsed = CreateCommand().Parse(args);
        foreach (ParseError error in parsed.Errors)
            Error.WriteLine(error.Message);
        return parsed.Errors.Count > 0
            ? (int)ExitCode.BadUsage
            : parsed.Invoke(new InvocationConfiguration
            {
                Output = Console.Profile.Out.Writer,
                Error = Error,
                EnableDefaultExceptionHandler = false,
            });
    }

    /// <summary>The options, and the action.</summary>
    protected abstract RootCommand CreateCommand();

    /// <summary>Does the work, and says so where files that the line names cannot be used.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="outputFolder">The value of <c>--output</c>; null where nothing is written.</param>
    protected int Run(Func<ExitCode> work, string? outputFolder = null)
    {
        try
        {
            return (int)work();
        }
        catch (TsFormatException unusable)
        {
            Error.WriteLine(unusable.Message);
        }
        catch (Exception unwritable) when (
            outputFolder is not null && unwritable is (IOException or UnauthorizedAccessException))
        {
            Error.WriteLine($"--output is '{outputFolder}', which cannot be written to: {unwritable.Message}");
        }

        return (int)ExitCode.BadUsage;
    }
}
