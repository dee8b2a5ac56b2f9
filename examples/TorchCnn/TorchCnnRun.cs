using System.Globalization;
using Examples;
using Microsoft.ML;
using MLNet.SpatialDropout;
using Spectre.Console;

namespace TorchCnn;

/// <summary>One run from settings to report.</summary>
public sealed class TorchCnnRun
{
    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;

    /// <param name="console">Prints the report.</param>
    public TorchCnnRun(IAnsiConsole console) => (_console, _output) = (console, console.Profile.Out.Writer);

    /// <exception cref="NotSupportedException">libtorch does not load.</exception>
    /// <exception cref="TsFormatException">A file given cannot be used.</exception>
    /// <exception cref="IOException">The picture cannot be written.</exception>
    public void Run(TorchCnnSettings settings)
    {
        // If libtorch is missing, fails before any work with a message that names the cure.
        TorchBackend.Create(new MLContext());
        DataSet data = DataSet.ReadOrGenerate(settings.Files, seed: 1);
        Directory.CreateDirectory(settings.OutputFolder);

        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Summary}; rate {settings.Rate}, {settings.Epochs} epochs, {settings.Seeds} seeds"));

        var experiment = new CnnExperiment(data, settings);
        var results = new List<CnnResult>();
        foreach (DropoutKind kind in Enum.GetValues<DropoutKind>())
        {
            _output.WriteLine($"[{results.Count + 1}/4] training: {NameOf(kind)}");
            results.Add(experiment.Run(kind));
        }

        _output.WriteLine();
        _output.WriteLine("Accuracy on the test recordings, mean of the seeds ± standard deviation; a lost sensor reads zero:");
        _console.Write(MakeTable(results));
        string picture = Path.GetFullPath(Path.Combine(settings.OutputFolder, "loss.png"));
        LossPlot.SavePng(picture, data.Name, results);
        _output.WriteLine($"Picture: {picture}");
    }

    /// <summary>The name of a kind in the report.</summary>
    internal static string NameOf(DropoutKind kind) => kind switch
    {
        DropoutKind.None => "no dropout",
        DropoutKind.Dropout => "Dropout between",
        DropoutKind.SpatialDropout1d => "SpatialDropout1d between",
        _ => "SpatialDropout1d on sensors",
    };

    private static Table MakeTable(IReadOnlyList<CnnResult> results)
    {
        Table table = ReportTable.Create("dropout").AddNumberColumns("clean", "1 lost, mean", "1 lost, worst", "last loss");
        foreach (CnnResult result in results)
            table.AddRow(
                NameOf(result.Kind),
                Percent(result.Outcomes, outcome => outcome.Clean),
                Percent(result.Outcomes, outcome => outcome.LostMean),
                Percent(result.Outcomes, outcome => outcome.LostWorst),
                result.Outcomes.Average(outcome => outcome.Losses[^1]).ToString("0.000", CultureInfo.InvariantCulture));
        return table;
    }

    private static string Percent(IReadOnlyList<CnnOutcome> outcomes, Func<CnnOutcome, double> accuracy)
    {
        double[] values = [.. outcomes.Select(accuracy)];
        double mean = values.Average();
        double deviation = values.Length < 2 ? 0 : Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{100 * mean:0.0} ± {100 * deviation:0.0} %");
    }
}
