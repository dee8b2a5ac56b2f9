using System.Globalization;
using Examples;
using Spectre.Console;

namespace SensorOutage;

/// <summary>One run from settings to report.</summary>
public sealed class SensorOutageRun
{
    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly TrainerFactory _createTrainer;

    /// <param name="console">Prints the report.</param>
    /// <param name="error">Prints errors.</param>
    /// <param name="createTrainer">Creates the trainers.</param>
    public SensorOutageRun(IAnsiConsole console, TextWriter error, TrainerFactory createTrainer) =>
        (_console, _output, _error, _createTrainer) = (console, console.Profile.Out.Writer, error, createTrainer);

    /// <exception cref="TsFormatException">A file given cannot be used.</exception>
    /// <exception cref="IOException">The picture cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The output folder cannot be written to.</exception>
    public ExitCode Run(SensorOutageSettings settings)
    {
        DataSet data = DataSet.ReadOrGenerate(settings.Files, settings.Seed);

        int channels = data.Test.Channels;
        if (settings.Groups is { } groups && groups.Sum(size => (long)size) != channels)
        {
            _error.WriteLine(
                $"--groups is '{string.Join(',', groups)}', but must add up to {channels}, the number of channels of a"
                + " recording.");
            return ExitCode.BadUsage;
        }

        // Created before the work, so that a bad folder fails at once.
        Directory.CreateDirectory(settings.OutputFolder);

        var experiment = new OutageExperiment(data, settings, _createTrainer);
        Describe(data, settings, experiment);

        List<OutageResult> results = Measure(experiment, settings.Trainers);
        if (results.Count == 0)
        {
            _error.WriteLine("No trainer is left to compare.");
            return ExitCode.Failure;
        }

        Report(data, results, settings, experiment.Sensors);
        return ExitCode.Success;
    }

    private void Describe(DataSet data, SensorOutageSettings settings, OutageExperiment experiment)
    {
        _output.WriteLine(data.Summary);
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Spatial dropout: rate {settings.Rate}, each recording + {settings.Copies} copies, seed {settings.Seed}"));
        if (settings.Groups is not null)
            _output.WriteLine($"Chips that fail as a whole: {string.Join("; ", experiment.Sensors.Select(chip => chip.Name))}");
        if (experiment.Losses.FirstDrawnSize is not null)
            _output.WriteLine(
                $"Many {Lost(settings)}: at most {SensorLosses.MaximumPairs} pairs and {SensorLosses.MaximumLargerSets} larger"
                + " sets of each size are tried, drawn with a fixed seed");
        _output.WriteLine();
    }

    private List<OutageResult> Measure(OutageExperiment experiment, IReadOnlyList<TrainerKind> trainers)
    {
        var results = new List<OutageResult>();
        var skipped = new List<TrainerKind>();
        ProgressDisplay.Run(_console, trainers, experiment.StepsOf, (trainer, onStep) =>
        {
            try
            {
                results.Add(experiment.Run(trainer, onStep));
            }
            catch (Exception exception) when (NativeLibrary.IsMissing(exception))
            {
                skipped.Add(trainer);
            }
        });

        foreach (TrainerKind trainer in skipped)
            _error.WriteLine(NativeLibrary.Explain(trainer));
        return results;
    }

    private void Report(
        DataSet data, List<OutageResult> results, SensorOutageSettings settings, IReadOnlyList<Sensor> sensors)
    {
        string picture = Path.GetFullPath(Path.Combine(settings.OutputFolder, $"{FileNameOf(data.Name)}.png"));
        OutagePlot.SavePng(picture, data.Name, results, Lost(settings));

        _output.WriteLine();
        _output.WriteLine(
            $"Accuracy on the test recordings of {data.Name}, clean and with {Lost(settings)} lost (reading zero):");
        _console.Write(OutageTable.Create(results, sensors));
        foreach (OutageResult result in results)
            _output.WriteLine(OutageTable.Conclude(result, sensors));
        if (settings.Groups is not null)
        {
            _output.WriteLine();
            _output.WriteLine("Accuracy when a single chip is lost:");
            _console.Write(OutageTable.CreateSingleLosses(results, sensors));
        }

        _output.WriteLine();
        _output.WriteLine($"Picture: {picture}");
    }

    private static string Lost(SensorOutageSettings settings) => settings.Groups is null ? "sensors" : "chips";

    private static string FileNameOf(string dataSetName) =>
        string.Concat(dataSetName.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
}
