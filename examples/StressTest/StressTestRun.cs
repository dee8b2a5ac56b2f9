using System.Globalization;
using Microsoft.ML;
using MLNet.SpatialDropout;
using Spectre.Console;

namespace StressTest;

/// <summary>One run from settings to report.</summary>
public sealed class StressTestRun
{
    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;

    /// <param name="console">Prints the report.</param>
    public StressTestRun(IAnsiConsole console) => (_console, _output) = (console, console.Profile.Out.Writer);

    /// <exception cref="UnfitFileException">A file cannot be read, or does not fit the other or the settings.</exception>
    /// <exception cref="Examples.TsFormatException">A <c>.ts</c> file cannot be read.</exception>
    /// <exception cref="IOException">The output folder cannot be written to.</exception>
    public void Run(StressTestSettings settings)
    {
        // Created before the work, so that a bad folder fails at once.
        Directory.CreateDirectory(settings.OutputFolder);

        if (settings.Files is var (model, data))
            Run([model], data, settings);
        else
            Demonstrate(settings);
    }

    private void Demonstrate(StressTestSettings settings)
    {
        _output.WriteLine("Demonstration: training LightGBM on a generated wearable, without and with spatial dropout");
        (IReadOnlyList<string> models, string data, StressTestSettings fitting) = Demonstration.Make(settings);
        foreach (string model in models)
            _output.WriteLine($"Model: {model}");
        _output.WriteLine($"Data: {data}");
        _output.WriteLine();
        Run(models, data, fitting);
    }

    private void Run(IReadOnlyList<string> models, string data, StressTestSettings settings)
    {
        var mlContext = new MLContext();

        // All are created first, so that files that do not fit fail before any row is scored.
        SensorStressTest[] tests = [.. models.Select(model => new SensorStressTest(mlContext, model, data, settings))];
        var reports = new List<StressReport>();
        foreach (SensorStressTest test in tests)
        {
            if (test.Note is { } note)
                _output.WriteLine(note);
            StressReport report = test.Run();
            reports.Add(report);
            _output.WriteLine(
                $"{report.ModelName} ({report.Kind.ToString().ToLowerInvariant()}) on {Path.GetFileName(data)};"
                + $" a lost sensor reads {NameOf(settings.Fill)}:");
            _console.Write(StressTable.Create(report));
            _output.WriteLine(StressTable.Conclude(report));
            _output.WriteLine();
        }

        string picture = Path.GetFullPath(Path.Combine(settings.OutputFolder, "stress-test.png"));
        StressPlot.SavePng(picture, reports);
        _output.WriteLine($"Picture: {picture}");
    }

    private static string NameOf(DropoutFill fill) =>
        fill == DropoutFill.Missing ? "missing" : fill.Value?.ToString(CultureInfo.InvariantCulture) ?? $"{fill}";
}
