using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The examples in the documentation of estimator and transformer; see <see cref="PublicApiTests"/>.</summary>
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
    public void Estimator_options()
    {
        var mlContext = new MLContext(seed: 1);

        // snippet: estimator_options
        var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6);
        int? seed = stage.Options.Seed;   // drawn from the MLContext, where none was set
        // end

        Assert.IsNotNull(seed);
        Assert.AreEqual(seed, new MLContext(seed: 1).Transforms.SpatialDropout("Features", channels: 6).Options.Seed);
        Assert.AreNotEqual(seed, new MLContext(seed: 2).Transforms.SpatialDropout("Features", channels: 6).Options.Seed);
    }

    [TestMethod]
    public void Estimator_schema()
    {
        var mlContext = new MLContext(seed: 1);
        SchemaShape inputSchema = SchemaShapeProbe.Of(Recordings.Load(mlContext));

        // snippet: estimator_schema
        var stage = mlContext.Transforms.SpatialDropout("Dropped", channels: 6, inputColumnName: "Features");
        SchemaShape promised = stage.GetOutputSchema(inputSchema);   // with the column "Dropped", a vector as "Features" is
        // end

        SchemaShape.Column dropped = promised.Single(column => column.Name == "Dropped");
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
    public void Estimator_text()
    {
        var mlContext = new MLContext(seed: 1);

        // snippet: estimator_text
        var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.3, seed: 7);
        Console.WriteLine(stage);
        // SpatialDropout by SpatialDropoutOptions { OutputColumnName = Features, Channels = 6, Rate = 0.3, Seed = 7 }
        // end

        Assert.AreEqual(
            "SpatialDropout by SpatialDropoutOptions { OutputColumnName = Features, Channels = 6, Rate = 0.3, Seed = 7 }",
            stage.ToString());
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
    public void Transformer_plan()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);

        // snippet: transformer_plan
        DropoutPlan plan = mlContext.Transforms.SpatialDropout("Features", channels: 6).Fit(train).Plan;
        int steps = plan.Shape[0];   // 128: the column's vectors are of length 128 * 6
        // end

        Assert.AreEqual(128, steps);
        Assert.AreEqual(128 * 6, plan.Length);
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
    public void Transformer_text()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);
        var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.3, seed: 7);

        // snippet: transformer_text
        Console.WriteLine(stage.Fit(train));
        // SpatialDropout of Features: rows of [128, 6], noise [1, 6], rate 0.3, fill Zero, scaling Inverted, seed 7
        // end

        Assert.AreEqual(
            "SpatialDropout of Features: rows of [128, 6], noise [1, 6], rate 0.3, fill Zero, scaling Inverted, seed 7",
            stage.Fit(train).ToString());
    }
}
