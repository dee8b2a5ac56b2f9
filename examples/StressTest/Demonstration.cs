using Examples;
using Microsoft.ML;

namespace StressTest;

/// <summary>Creates files to test: two models of a generated wearable, without and with the stage, and test data.</summary>
public static class Demonstration
{
    private const int Seed = 1;

    /// <summary>Trains, and saves <c>model.zip</c>, <c>model-with-dropout.zip</c> and <c>test.idv</c>.</summary>
    /// <returns>The models' files, that of the data, and settings that fit them.</returns>
    public static (IReadOnlyList<string> Models, string Data, StressTestSettings Settings) Make(StressTestSettings settings)
    {
        DataSet recordings = WearableGenerator.Generate(Seed);
        string data = Path.Combine(settings.OutputFolder, "test.idv");
        Save(recordings.Test.Load(new MLContext()), data);
        string[] models =
        [
            Train(recordings.Train, withDropout: false, Path.Combine(settings.OutputFolder, "model.zip")),
            Train(recordings.Train, withDropout: true, Path.Combine(settings.OutputFolder, "model-with-dropout.zip")),
        ];
        return (models, data, settings with { Channels = recordings.Test.Channels, Names = recordings.Test.ChannelNames });
    }

    private static void Save(IDataView data, string path)
    {
        using FileStream stream = File.Create(path);
        new MLContext().Data.SaveAsBinary(data, stream);
    }

    private static string Train(RecordingSet recordings, bool withDropout, string path)
    {
        var mlContext = new MLContext(Seed);
        IEstimator<ITransformer> trainer = TrainerCatalog.Create(mlContext, TrainerKind.LightGbm, Seed);
        var features = mlContext.Transforms.Conversion.MapValueToKey(nameof(Recording.Label))
            .Append(mlContext.Transforms.NormalizeMinMax(nameof(Recording.Features)));
        var pipeline = withDropout
            ? features
                .Append(mlContext.Transforms.SpatialDropout(nameof(Recording.Features), recordings.Channels, seed: Seed))
                .Append(trainer)
            : features.Append(trainer);

        IDataView train = recordings.Load(mlContext);
        mlContext.Model.Save(pipeline.Fit(train), train.Schema, path);
        return path;
    }
}
