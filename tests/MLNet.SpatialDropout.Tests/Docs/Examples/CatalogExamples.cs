using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The examples in the documentation of the catalog's methods; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class CatalogExamples
{
    [TestMethod]
    public void Stage_or_view()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);

        // snippet: catalog
        var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6);   // drops while its chain is fitted
        IDataView seen = mlContext.Data.SpatialDropout(train, stage.Options);       // what a trainer reads; drops on every pass
        // end

        Assert.AreSame(train, stage.Fit(train).Transform(train));
        Assert.IsTrue(Recordings.Read(seen).Any(row => Recordings.CountLost(row) > 0));
        float[][] trained = Recordings.Read(stage.Fit(train).TransformForTraining(train));
        Assert.HasCount(5 * 40, trained);
        for (int pass = 0; pass < 2; pass++)
            Assert.IsTrue(trained.Zip(Recordings.Read(seen)).All(pair => pair.First.SequenceEqual(pair.Second)));
    }

    [TestMethod]
    public void Stage_by_channels()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);

        // snippet: catalog_channels
        var pipeline = mlContext.Transforms.SpatialDropout("Features", channels: 6)
            .Append(mlContext.MulticlassClassification.Trainers.LightGbm());
        // end

        IDataView scored = pipeline.Fit(train).Transform(train);
        Assert.AreEqual(1, mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy);
    }

    [TestMethod]
    public void Stage_by_columns()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = mlContext.Data.LoadFromEnumerable(SensorColumns.Generate(200));
        IDataView train = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity").Fit(data).Transform(data);

        // snippet: catalog_columns
        var pipeline = mlContext.Transforms.SpatialDropout(["Acceleration", "Rotation", "Temperature"])
            .Append(mlContext.Transforms.Concatenate("Features", "Acceleration", "Rotation", "Temperature"))
            .Append(mlContext.MulticlassClassification.Trainers.LightGbm());
        // end

        IDataView scored = pipeline.Fit(train).Transform(train);
        Assert.AreEqual(1, mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy);

        var stage = mlContext.Transforms.SpatialDropout(["Acceleration", "Rotation", "Temperature"]);
        SensorColumns[] rows =
        [
            .. mlContext.Data.CreateEnumerable<SensorColumns>(
                stage.Fit(train).TransformForTraining(train), reuseRowObject: false),
        ];
        Assert.HasCount(5 * 200, rows);
        Assert.IsTrue(rows.Where((_, i) => i % 5 == 0).All(row => row.Lost.All(lost => lost == 0)), "the row itself comes first");
        Assert.IsTrue(rows.All(row => row.Lost.All(share => share is 0 or 1)), "columns drop as a whole");
        for (int column = 0; column < 3; column++)
            Assert.AreEqual(0.3, rows.Where((_, i) => i % 5 > 0).Average(row => row.Lost[column]), 0.06);
    }

    [TestMethod]
    public void Stage_by_options()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);

        // snippet: catalog_options
        var stage = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            DroppedChannels = (1, 2),
            Copies = 6,
            KeepOriginal = true,
        });
        // end

        int[] lost = [.. Recordings.Read(stage.Fit(train).TransformForTraining(train)).Select(row => Recordings.CountLost(row))];
        Assert.HasCount(7 * 40, lost);
        Assert.AreEqual(40, lost.Count(count => count == 0));
        Assert.AreEqual(6 * 40, lost.Count(count => count is 1 or 2));
    }

    [TestMethod]
    public void Plain_dropout()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);

        // snippet: catalog_plain
        var stage = mlContext.Transforms.Dropout("Features", rate: 0.2);   // a fifth of the values of each copy
        // end

        float[][] rows = Recordings.Read(stage.Fit(train).TransformForTraining(train));
        float[] values = [.. rows.Where((_, i) => i % 5 > 0).SelectMany(row => row)];
        Assert.AreEqual(0.2, values.Count(value => value == 0) / (double)values.Length, 0.01);
        Assert.ThrowsExactly<AssertFailedException>(() => Recordings.Lost(values.AsSpan(0, Recording.Length)));
        Assert.DoesNotContain(0, rows.Where((_, i) => i % 5 == 0).SelectMany(row => row));
    }

    [TestMethod]
    public void View()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView testData = Recordings.Load(mlContext);
        var trainer = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy();
        ITransformer model = trainer.Fit(testData);

        // snippet: catalog_view
        IDataView outage = mlContext.Data.SpatialDropout(testData, new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Seed = 1,    // the same damage whenever the view is made
        });
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(outage));
        // end

        var undamaged = mlContext.MulticlassClassification.Evaluate(model.Transform(testData));
        Assert.IsGreaterThan(undamaged.LogLoss, metrics.LogLoss);
    }
}
