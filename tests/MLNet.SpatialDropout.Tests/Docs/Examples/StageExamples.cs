using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The examples in the documentation of estimator, transformer and plan; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class StageExamples
{
    [TestMethod]
    public void Estimator()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);
        var trainer = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy();

        // snippet: estimator
        var pipeline = mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.3).Append(trainer);
        var model = pipeline.Fit(train);             // the trainer reads dropped-out rows
        IDataView scored = model.Transform(train);   // plain rows are scored
        // end

        CollectionAssert.AreEqual(Recordings.Read(train)[0], Recordings.Read(scored)[0]);
        float[] undropped = Recordings.Read(trainer.Fit(train).Transform(train), "Score")[0];
        CollectionAssert.AreNotEqual(undropped, Recordings.Read(scored, "Score")[0]);
    }

    [TestMethod]
    public void Estimator_schema()
    {
        var mlContext = new MLContext(seed: 1);
        SchemaShape inputSchema = SchemaShapeProbe.Of(Recordings.Load(mlContext));

        // snippet: estimator_schema
        var stage = mlContext.Transforms.SpatialDropout("Dropped", channels: 6, inputColumnName: "Features");
        SchemaShape output = stage.GetOutputSchema(inputSchema);   // with the column "Dropped", a vector like "Features"
        // end

        SchemaShape.Column dropped = output.Single(column => column.Name == "Dropped");
        SchemaShape.Column features = inputSchema.Single(column => column.Name == "Features");
        Assert.AreEqual((features.Kind, features.ItemType), (dropped.Kind, dropped.ItemType));
        Assert.AreEqual(SchemaShape.Column.VectorKind.Vector, dropped.Kind);
    }

    [TestMethod]
    public void Estimator_fit()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);

        // snippet: estimator_fit
        SpatialDropoutTransformer fitted = mlContext.Transforms.SpatialDropout("Features", channels: 6).Fit(train);
        IDataView dropped = fitted.TransformForTraining(train);   // what a trainer would read
        // end

        Assert.IsTrue(Recordings.Read(dropped).Any(row => Recordings.CountLost(row) > 0));
    }

    [TestMethod]
    public void Transformer()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);
        var trainer = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy();

        // snippet: transformer
        var model = mlContext.Transforms.SpatialDropout("Features", channels: 6).Append(trainer).Fit(train);
        SpatialDropoutTransformer stage = model.OfType<SpatialDropoutTransformer>().Single();
        // end

        Assert.AreEqual(Recording.Length, stage.Plan.Length);
    }

    [TestMethod]
    public void Transformer_schema()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);
        SpatialDropoutTransformer fitted = mlContext.Transforms.SpatialDropout("Features", channels: 6).Fit(train);

        // snippet: transformer_schema
        DataViewSchema schema = fitted.GetOutputSchema(train.Schema);   // train.Schema itself: dropping adds no column
        // end

        Assert.AreSame(train.Schema, schema);
    }

    [TestMethod]
    public void Transformer_transform()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);
        SpatialDropoutTransformer fitted = mlContext.Transforms.SpatialDropout("Features", channels: 6).Fit(train);

        // snippet: transformer_transform
        IDataView plain = fitted.Transform(train);   // train itself: nothing is dropped
        // end

        Assert.AreSame(train, plain);
    }

    [TestMethod]
    public void Transformer_training()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);
        SpatialDropoutTransformer fitted = mlContext.Transforms.SpatialDropout("Features", channels: 6).Fit(train);

        // snippet: transformer_training
        var preview = fitted.TransformForTraining(train).Preview(maxRows: 3);   // three rows as a trainer reads them
        // end

        Assert.HasCount(3, preview.RowView);
        Assert.IsTrue(preview.ColumnView.Single(column => column.Column.Name == "Features").Values
            .Any(row => Recordings.CountLost([.. ((VBuffer<float>)row).DenseValues()]) > 0));
    }

    [TestMethod]
    public void Plan_fill()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);
        var stage = mlContext.Transforms.SpatialDropout(
            new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.ChannelMean });

        // snippet: plan_fill
        double mean = stage.Fit(train).Plan.GetFill(channel: 2);   // with Fill = ChannelMean: its mean in the training data
        // end

        IEnumerable<float> channel = Recordings.Read(train).SelectMany(row => row.Where((_, i) => i % 6 == 2));
        Assert.AreEqual(channel.Average(value => (double)value), mean, 1e-9);
    }
}
