using System.CommandLine;
using Examples;
using Spectre.Console;

namespace TorchCnn;

/// <summary>The command line of this example.</summary>
public sealed class TorchCnnCommand : ExampleCommand
{
    private static readonly TorchCnnSettings Defaults = new();

    private readonly RecordingFileOptions _files = new();

    private readonly Option<double> _rate = ExampleOptions.Rate("The probability that dropout drops, 0 to 1.", Defaults.Rate);

    private readonly Option<int> _epochs = ExampleOptions.WholeNumber(
        "--epochs", "How often a network sees the training recordings; at least 1.", Defaults.Epochs, minimum: 1);

    private readonly Option<int> _seeds = ExampleOptions.WholeNumber(
        "--seeds", "How many seeds each kind is trained with; at least 1.", Defaults.Seeds, minimum: 1);

    private readonly Option<string> _output = ExampleOptions.OutputFolder(Defaults.OutputFolder);

    /// <inheritdoc/>
    public TorchCnnCommand(IAnsiConsole console, TextWriter error)
        : base(console, error)
    {
    }

    protected override RootCommand CreateCommand()
    {
        var command = new RootCommand(
            "Trains a small convolutional network on recordings of several sensors: without dropout, with Dropout and with"
            + " SpatialDropout1d between the convolutions, and with SpatialDropout1d on the sensors; and tests it with a sensor"
            + " lost.")
        {
            _rate, _epochs, _seeds, _output,
        };
        _files.AddTo(command);
        command.SetAction(parsed => Run(() => Train(Read(parsed)), parsed.GetValue(_output)));
        return command;
    }

    private TorchCnnSettings Read(ParseResult parsed) => new()
    {
        Rate = parsed.GetValue(_rate),
        Epochs = parsed.GetValue(_epochs),
        Seeds = parsed.GetValue(_seeds),
        OutputFolder = parsed.GetValue(_output)!,
        Files = _files.Read(parsed),
    };

    private ExitCode Train(TorchCnnSettings settings)
    {
        try
        {
            new TorchCnnRun(Console).Run(settings);
            return ExitCode.Success;
        }
        catch (NotSupportedException missing)
        {
            Error.WriteLine(missing.Message);
            return ExitCode.Failure;
        }
    }
}
