using System.CommandLine;
using Examples;
using Spectre.Console;

namespace StressTest;

/// <summary>The command line of this example.</summary>
public sealed class StressTestCommand : ExampleCommand
{
    private readonly StressTestOptions _options = new();

    /// <inheritdoc/>
    public StressTestCommand(IAnsiConsole console, TextWriter error)
        : base(console, error)
    {
    }

    protected override RootCommand CreateCommand()
    {
        RootCommand command = _options.CreateCommand();
        command.SetAction(parsed =>
        {
            StressTestSettings settings = _options.Read(parsed);
            return Run(() => Test(settings), settings.OutputFolder);
        });
        return command;
    }

    private ExitCode Test(StressTestSettings settings)
    {
        try
        {
            new StressTestRun(Console).Run(settings);
            return ExitCode.Success;
        }
        catch (UnfitFileException unfit)
        {
            Error.WriteLine(unfit.Message);
            return ExitCode.BadUsage;
        }
        catch (Exception exception) when (NativeLibrary.IsMissing(exception))
        {
            Error.WriteLine(
                "LightGBM's native library, or libgomp that it needs, could not be loaded; on Debian and Ubuntu:"
                + " apt-get install libgomp1.");
            return ExitCode.Failure;
        }
    }
}
