using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A DataFrame is a view. Its scalar columns are sensors like any other. Its vectors have no size.</summary>
[TestClass]
public sealed class DataFrameTests
{
    private static readonly string[] Sensors = ["Clear", "Vague"];

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Scalars_drop_as_those_of_other_sources()
    {
        Reading[] rows = Reading.Generate(200, seed: 1);
        var frame = new DataFrame(
            new BooleanDataFrameColumn("Label", rows.Select(row => row.Label)),
            new SingleDataFrameColumn("Clear", rows.Select(row => row.Features[0])),
            new SingleDataFrameColumn("Vague", rows.Select(row => row.Features[1])));
        IDataView enumerable = _mlContext.Data.LoadFromEnumerable(
            rows.Select(row => new { row.Label, Clear = row.Features[0], Vague = row.Features[1] }));

        float[] scores = Scores(frame, Sensors);

        CollectionAssert.AreEqual(Scores(enumerable, Sensors), scores);
        CollectionAssert.AreNotEqual(Scores(frame, ["Vague"]), scores, "what drops counts");
    }

    // ML.NET's trainers refuse them too.
    [TestMethod]
    public void Vectors_are_refused()
    {
        Reading[] rows = Reading.Generate(20, seed: 1);
        var frame = new DataFrame(
            new BooleanDataFrameColumn("Label", rows.Select(row => row.Label)),
            new VBufferDataFrameColumn<float>("Features", rows.Select(row => new VBuffer<float>(Reading.Sensors, row.Features))));

        foreach (IEstimator<ITransformer> estimator in new IEstimator<ITransformer>[]
        {
            _mlContext.Transforms.SpatialDropout("Features", Reading.Sensors),
            _mlContext.Transforms.SpatialDropout(["Features"]),
        })
        {
            var exception = Assert.Throws<ArgumentException>(() => estimator.Fit(frame));
            Assert.Contains(
                "got Vector<Single> of unknown size. Declare its size with [VectorType(n)], or in a SchemaDefinition.",
                exception.Message);
        }

        var trainer = _mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(new() { NumberOfThreads = 1 });
        Assert.Contains(
            "expected Vector<Single>, got VarVector<Single>",
            Assert.Throws<ArgumentException>(() => trainer.Fit(frame)).Message);
    }

    private static float[] Scores(IDataView train, string[] dropped)
    {
        var mlContext = new MLContext(1);
        ITransformer model = mlContext.Transforms.SpatialDropout(dropped, seed: 7)
            .Append(mlContext.Transforms.Concatenate("Features", Sensors))
            .Append(mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(new() { NumberOfThreads = 1 }))
            .Fit(train);
        return [.. model.Transform(train).GetColumn<float>("Score")];
    }
}
