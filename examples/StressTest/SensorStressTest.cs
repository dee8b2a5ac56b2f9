using Microsoft.ML;
using MLNet.SpatialDropout;

namespace StressTest;

/// <summary>Scores the model with each sensor lost in turn.</summary>
public sealed class SensorStressTest
{
    private readonly MLContext _mlContext;
    private readonly StressTestSettings _settings;
    private readonly ModelFile _model;
    private readonly string _dataPath;
    private readonly IDataView _data;
    private readonly ModelKind _kind;

    /// <summary>Loads the files and checks that they fit together.</summary>
    /// <exception cref="UnfitFileException">A file cannot be read, or does not fit the other or the settings.</exception>
    /// <exception cref="Examples.TsFormatException">A <c>.ts</c> file cannot be read.</exception>
    public SensorStressTest(MLContext mlContext, string modelPath, string dataPath, StressTestSettings settings)
    {
        (_mlContext, _settings, _dataPath) = (mlContext, settings, dataPath);
        _model = ModelFile.Load(mlContext, modelPath);
        _data = DataFile.Load(mlContext, dataPath, settings, _model);
        _kind = FitCheck.Check(_model, dataPath, _data.Schema, settings);
    }

    /// <exception cref="UnfitFileException">The rows cannot be read, or there is nothing to measure on them.</exception>
    public StressReport Run()
    {
        double clean = Measure(_data);
        if (double.IsNaN(clean))
            throw new UnfitFileException(
                _dataPath,
                _kind == ModelKind.Regression
                    ? "R2 cannot be measured: it needs labels that differ, and a prediction for each of them"
                    : $"has no row with a label ('{_settings.Label}') that the model knows");

        // OrderBy puts NaN (no score) first, which is the worst loss, and keeps the order of equal ones.
        SensorLoss[] losses = [.. Enumerable.Range(0, _settings.Channels)
            .Select(channel => new SensorLoss(_settings.NameOf(channel), Measure(Lose(channel))))
            .OrderBy(loss => loss.Metric)];
        return new StressReport(Path.GetFileName(_model.Path), _kind, clean, losses);
    }

    /// <summary>The data with one sensor lost in every row.</summary>
    private IDataView Lose(int lost) => _mlContext.Data.SpatialDropout(_data, new SpatialDropoutOptions
    {
        OutputColumnName = _settings.Features,
        Channels = _settings.Channels,
        Layout = _settings.Layout,
        Rates = [.. Enumerable.Range(0, _settings.Channels).Select(channel => channel == lost ? 1.0 : 0.0)],
        Fill = _settings.Fill,
    });

    private double Measure(IDataView data)
    {
        try
        {
            return MetricReader.Read(_mlContext, _kind, _model.Transformer.Transform(data), _settings.Label);
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidDataException or InvalidOperationException
            or IOException)
        {
            throw new UnfitFileException(_dataPath, $"cannot be read to its end, or scored: {unreadable.Message}");
        }
    }
}
