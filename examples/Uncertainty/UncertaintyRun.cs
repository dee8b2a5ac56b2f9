using System.Globalization;
using Examples;
using Spectre.Console;

namespace Uncertainty;

/// <summary>One run from settings to report.</summary>
public sealed class UncertaintyRun
{
    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly TrainerFactory _createTrainer;

    /// <param name="console">Prints the report.</param>
    /// <param name="error">Prints errors, such as that another trainer is used.</param>
    /// <param name="createTrainer">Creates the trainers.</param>
    public UncertaintyRun(IAnsiConsole console, TextWriter error, TrainerFactory createTrainer) =>
        (_console, _output, _error, _createTrainer) = (console, console.Profile.Out.Writer, error, createTrainer);

    /// <exception cref="TsFormatException">A file given cannot be used.</exception>
    /// <exception cref="IOException">The picture cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The output folder cannot be written to.</exception>
    public void Run(UncertaintySettings settings)
    {
        DataSet data = DataSet.ReadOrGenerate(settings.Files, settings.Seed);

        // Created before the work, so that a bad folder fails at once.
        Directory.CreateDirectory(settings.OutputFolder);

        (UncertaintyExperiment experiment, TrainerKind trainer) = Train(data, settings);
        using (experiment)
        {
            Describe(data, settings, trainer);
            UncertaintyResult[] results = [experiment.TestClean(), experiment.TestLost()];
            Report(data, results, settings.OutputFolder);
        }
    }

    private (UncertaintyExperiment Experiment, TrainerKind Trainer) Train(DataSet data, UncertaintySettings settings)
    {
        try
        {
            return (new UncertaintyExperiment(data, settings, TrainerKind.LightGbm, _createTrainer), TrainerKind.LightGbm);
        }
        catch (Exception exception) when (NativeLibrary.IsMissing(exception))
        {
            _error.WriteLine(NativeLibrary.Explain(TrainerKind.LightGbm));
            return (new UncertaintyExperiment(data, settings, TrainerKind.Lbfgs, _createTrainer), TrainerKind.Lbfgs);
        }
    }

    private void Describe(DataSet data, UncertaintySettings settings, TrainerKind trainer)
    {
        _output.WriteLine(data.Summary);
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{TrainerCatalog.NameOf(trainer)} with spatial dropout: rate {settings.Rate}, each recording"
            + $" + {UncertaintyExperiment.TrainingCopies} copies, seed {settings.Seed};"
            + $" {settings.Passes} passes over each test recording"));
    }

    private void Report(DataSet data, IReadOnlyList<UncertaintyResult> results, string outputFolder)
    {
        _output.WriteLine();
        _output.WriteLine("Accuracy on the test recordings, clean and with each sensor lost (reading zero) in turn:");
        _console.Write(UncertaintyTables.Accuracies(results));
        _output.WriteLine();
        _output.WriteLine(
            "The same predictions in bins of equal size by their spread; errors are those of the plain prediction:");
        _console.Write(UncertaintyTables.Bins(results));
        _output.WriteLine();
        _output.WriteLine("What tells wrong predictions from right ones (AUC: 0.5 is nothing; rank correlation: 0 is nothing):");
        _console.Write(UncertaintyTables.Measures(results));

        string picture = Path.GetFullPath(Path.Combine(outputFolder, "uncertainty.png"));
        UncertaintyPlot.SavePng(picture, data.Name, results);
        _output.WriteLine($"Picture: {picture}");
    }
}
