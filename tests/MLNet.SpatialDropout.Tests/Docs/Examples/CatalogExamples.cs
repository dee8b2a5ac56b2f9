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
        var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.3);   // drops while its chain is fitted
        IDataView seen = mlContext.Data.SpatialDropout(train, stage.Options);   // what it trains on; drops whenever it is read
        // end

        Assert.AreSame(train, stage.Fit(train).Transform(train));
        Assert.IsTrue(Recordings.Read(seen).Any(row => Recordings.CountLost(row) > 0));
        float[][] trained = Recordings.Read(stage.Fit(train).TransformForTraining(train));
        Assert.IsTrue(trained.Zip(Recordings.Read(seen)).All(pair => pair.First.SequenceEqual(pair.Second)));
    }

    [TestMethod]
    public void Stage_by_channels()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);

        // snippet: catalog_channels
        var pipeline = mlContext.Transforms.NormalizeMeanVariance("Features")
            .Append(mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.3))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        // end

        Assert.HasCount(3, pipeline.Fit(train));
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
            Rate = 0.3,
            Copies = 4,
            KeepOriginal = true,
            Scaling = DropoutScaling.None,
        });
        // end

        Assert.HasCount(5 * 40, Recordings.Read(stage.Fit(train).TransformForTraining(train)));
    }

    [TestMethod]
    public void Plain_dropout()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);

        // snippet: catalog_plain
        var stage = mlContext.Transforms.Dropout("Features", rate: 0.2);   // a fifth of all values, wherever they stand
        // end

        float[] values = [.. Recordings.Read(stage.Fit(train).TransformForTraining(train)).SelectMany(row => row)];
        Assert.AreEqual(0.2, values.Count(value => value == 0) / (double)values.Length, 0.01);
        Assert.ThrowsExactly<AssertFailedException>(() => Recordings.Lost(values.AsSpan(0, Recording.Length)));
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
            Rate = 0.3,
            Scaling = DropoutScaling.None,
            Seed = 1,    // the same damage whenever the view is made
        });
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(outage));
        // end

        var undamaged = mlContext.MulticlassClassification.Evaluate(model.Transform(testData));
        Assert.IsGreaterThan(undamaged.LogLoss, metrics.LogLoss);
    }
}
