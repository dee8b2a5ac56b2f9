using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A saved model is plain ML.NET: it loads without this package and contains no dropout.</summary>
[TestClass]
public sealed class SavedModelTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("saved-model").FullName;

    private IDataView Data => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(40));

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(null)]
    [DataRow("Features")]
    public void Loads_with_the_same_scores_and_without_the_stage(string? inputColumnName)
    {
        ITransformer model = Fit(inputColumnName);

        _mlContext.Model.Save(model, Data.Schema, ModelPath);
        ITransformer loaded = new MLContext().Model.Load(ModelPath, out DataViewSchema schema);

        CollectionAssert.AreEqual(Scores(model), Scores(loaded));
        IDataView normalized = _mlContext.Transforms.NormalizeMinMax("Features").Fit(Data).Transform(Data);
        ViewRow<float>.AreEqual(
            ViewRow<float>.Read(normalized),
            ViewRow<float>.Read(loaded.Transform(Data), inputColumnName is null ? "Features" : "Damaged"));
        Assert.AreEqual(Data.Schema.Count, schema.Count);
        Assert.IsFalse(Stages(loaded).Any(stage => stage.GetType().Assembly == typeof(SpatialDropoutTransformer).Assembly
            || stage is SpatialDropoutTransformer));
    }

    [TestMethod]
    public void A_reloaded_stage_accepts_any_schema()
    {
        ITransformer stage = _mlContext.Transforms.SpatialDropout("Features", SensorRow.Sensors)
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression("IsFast"))
            .Fit(Data).OfType<SpatialDropoutTransformer>().Single();
        IDataView other = _mlContext.Data.LoadFromEnumerable(new[] { new { Other = 1f } });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => stage.Transform(other));

        _mlContext.Model.Save(stage, Data.Schema, ModelPath);

        Assert.AreSame(other, _mlContext.Model.Load(ModelPath, out _).Transform(other));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("Features")]
    public async Task Loads_in_a_process_that_does_not_have_this_library(string? inputColumnName)
    {
        ITransformer model = Fit(inputColumnName);
        _mlContext.Model.Save(model, Data.Schema, ModelPath);

        float[] scores = await ForeignProcess.Score(_mlContext, ModelPath, Data, _folder);

        CollectionAssert.AreEqual(Scores(model), scores);
    }

    private string ModelPath => Path.Combine(_folder, "model.zip");

    private TransformerChain<ITransformer> Fit(string? inputColumnName) => _mlContext.Transforms.NormalizeMinMax("Features")
        .Append(_mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = inputColumnName is null ? "Features" : "Damaged",
            InputColumnName = inputColumnName,
            Channels = SensorRow.Sensors,
            Copies = 2,
        }))
        .Append((IEstimator<ITransformer>)_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(
            labelColumnName: "IsFast", featureColumnName: inputColumnName is null ? "Features" : "Damaged"))
        .Fit(Data);

    private float[] Scores(ITransformer model) => [.. model.Transform(Data).GetColumn<float>("Score")];

    private static IEnumerable<ITransformer> Stages(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Stages) : [model];
}
