using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The examples in the documentation of the flags; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class IndicateLostExamples
{
    private static readonly SpatialDropoutOptions Options =
        new() { OutputColumnName = "Features", Channels = 6, Copies = 4, KeepOriginal = true, Seed = 1 };

    [TestMethod]
    public void Catalog()
    {
        var mlContext = new MLContext(seed: 1);
        SpatialDropoutOptions options = Options;

        // snippet: lost_catalog
        var flags = mlContext.Transforms.IndicateLost("Lost", options);
        // end

        Assert.Contains("Lost", flags.ToString());
    }

    [TestMethod]
    public void Pipeline()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);

        // snippet: lost_options
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Copies = 4,
            KeepOriginal = true,
        };
        var pipeline = mlContext.Transforms.SpatialDropout(options)
            .Append(mlContext.Transforms.IndicateLost("Lost", options))
            .Append(mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(mlContext.Transforms.Concatenate("Features", "Features", "Lost"))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        // end

        AssertWorks(mlContext, pipeline, train);
    }

    [TestMethod]
    public void Estimator()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);
        SpatialDropoutOptions options = Options;

        // snippet: lost_estimator
        var pipeline = mlContext.Transforms.SpatialDropout(options)
            .Append(mlContext.Transforms.IndicateLost("Lost", options))
            .Append(mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(mlContext.Transforms.Concatenate("Features", "Features", "Lost"))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        // end

        AssertWorks(mlContext, pipeline, train);
    }

    [TestMethod]
    public void Estimator_schema()
    {
        var mlContext = new MLContext(seed: 1);
        SchemaShape inputSchema = SchemaShapeProbe.Of(Recordings.Load(mlContext));
        SpatialDropoutOptions options = Options;

        // snippet: lost_schema
        var indicator = mlContext.Transforms.IndicateLost("Lost", options);
        SchemaShape output = indicator.GetOutputSchema(inputSchema);   // with the column "Lost", a vector of Single
        // end

        SchemaShape.Column lost = output.Single(column => column.Name == "Lost");
        Assert.AreEqual((SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single), (lost.Kind, lost.ItemType));
    }

    [TestMethod]
    public void Estimator_fit()
    {
        var mlContext = new MLContext(seed: 1);
        SpatialDropoutOptions options = Options;
        IDataView outage = mlContext.Data.SpatialDropout(Recordings.Load(mlContext), options);

        // snippet: lost_fit
        ITransformer indicator = mlContext.Transforms.IndicateLost("Lost", options).Fit(outage);
        IDataView flagged = indicator.Transform(outage);   // "Lost" of a row is [0, 1, 0, 0, 0, 0] if channel 1 is lost
        // end

        float[][] flags = Recordings.Read(flagged, "Lost");
        Assert.IsTrue(flags.Any(row => row is [0, 1, 0, 0, 0, 0]));
        foreach ((float[] expected, float[] actual) in Recordings.Read(outage).Zip(flags))
            CollectionAssert.AreEqual(Recordings.Lost(expected).Select(lost => lost ? 1f : 0f).ToArray(), actual);
    }

    private static void AssertWorks(MLContext mlContext, IEstimator<ITransformer> pipeline, IDataView train)
    {
        IDataView scored = pipeline.Fit(train).Transform(train);
        Assert.AreEqual(1, mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        Assert.IsTrue(Recordings.Read(scored, "Lost").All(flags => flags is [0, 0, 0, 0, 0, 0]), "no sensor is lost");
    }
}
