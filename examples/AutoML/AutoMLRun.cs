using Examples;
using Spectre.Console;

namespace AutoML;

/// <summary>One run from settings to report.</summary>
public sealed class AutoMLRun
{
    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;

    /// <param name="console">Prints the report.</param>
    public AutoMLRun(IAnsiConsole console) => (_console, _output) = (console, console.Profile.Out.Writer);

    /// <exception cref="TsFormatException">A file given cannot be used.</exception>
    public void Run(AutoMLSettings settings)
    {
        DataSet data = DataSet.ReadOrGenerate(settings.Files, settings.Seed);
        SplitData split = SplitData.Create(data);
        if (split.Validation.Recordings.Count == 0)
            throw new TsFormatException(settings.Files!.Value.Train, null, "has no class of two recordings to choose models by");

        _output.WriteLine(
            $"{data.Name}: {split.Train.Recordings.Count} recordings to train, {split.Validation.Recordings.Count} to choose"
            + $" models by, {split.Test.Recordings.Count} to test, {data.Train.Channels} channels x {data.Train.Steps} steps");

        _output.WriteLine("Models are chosen by log-loss (less is better) on recordings with all sensors and with one lost.");
        _output.WriteLine("Accuracy is that on the test recordings, clean and with each sensor lost (reading zero) in turn.");

        var search = new StageSearch(split, settings);
        Report(
            $"1. The stage is searched: {settings.Trials} trials of rate, copies and scaling before LightGBM",
            search.RunWithout(),
            search.RunWith());

        var fixedStage = new FixedStage(split, settings);
        Report(
            $"2. The trainer is searched behind a fixed stage: {settings.Models} models or {settings.Seconds} s each",
            fixedStage.Run(withStage: false),
            fixedStage.Run(withStage: true));

        var preFeaturizer = new PreFeaturizer(split, settings);
        Report(
            $"3. The older API, with the stage as pre-featurizer: {settings.Models} models or {settings.Seconds} s each",
            preFeaturizer.Run(withStage: false),
            preFeaturizer.Run(withStage: true));
    }

    private void Report(string title, ExperimentOutcome without, ExperimentOutcome with)
    {
        _output.WriteLine();
        _output.WriteLine(title);
        _console.Write(OutcomeTable.Create(without, with));
    }
}
