using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace Examples;

/// <summary>The base of the examples' commands: parses the command line and reports errors.</summary>
public abstract class ExampleCommand
{
    /// <param name="console">Prints help and report.</param>
    /// <param name="error">Prints errors, one line each.</param>
    protected ExampleCommand(IAnsiConsole console, TextWriter error) => (Console, Error) = (console, error);

    protected IAnsiConsole Console { get; }

    protected TextWriter Error { get; }

    /// <returns>The exit code of the process.</returns>
    public int Invoke(IReadOnlyList<string> args)
    {
        if (!Console.Profile.Out.IsTerminal)
            Console.Profile.Width = ReportTable.Width;

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

    /// <summary>The options and the action.</summary>
    protected abstract RootCommand CreateCommand();

    /// <summary>Runs the example, and reports files of the command line that cannot be read or written.</summary>
    /// <param name="work">The example.</param>
    /// <param name="outputFolder">The value of <c>--output</c>; null if the example writes nothing.</param>
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
