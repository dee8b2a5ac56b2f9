using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// A prediction engine is for one thread at a time, so servers keep engines in a pool. Those of a loaded model that was trained
/// with the stage all predict the same.
/// </summary>
[TestClass]
public sealed class PredictionPoolTests
{
    private static readonly SensorRow[] Test = SensorRow.Generate(90, seed: 2);

    private readonly MLContext _mlContext = new(1);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.zip");

    [TestCleanup]
    public void DeleteModel() => File.Delete(_path);

    [TestMethod]
    [DataRow(null)]
    [DataRow("Features")]
    public void Threads_get_the_scores_of_the_model(string? inputColumnName)
    {
        string features = inputColumnName is null ? "Features" : "Damaged";
        IDataView train = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(90));
        ITransformer model = _mlContext.Transforms.NormalizeMinMax("Features")
            .Append(_mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
            {
                OutputColumnName = features,
                InputColumnName = inputColumnName,
                Channels = SensorRow.Sensors,
                Copies = 4,
                KeepOriginal = true,
            }))
            .Append(_mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("IsFast", features))
            .Fit(train);
        float[] expected = [.. model.Transform(_mlContext.Data.LoadFromEnumerable(Test)).GetColumn<float>("Score")];
        _mlContext.Model.Save(model, train.Schema, _path);
        var pool = new DefaultObjectPool<PredictionEngine<SensorRow, Prediction>>(new EnginePolicy(_path), maximumRetained: 4);

        var actual = new float[8 * Test.Length];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            for (int row = 0; row < Test.Length; row++)
            {
                PredictionEngine<SensorRow, Prediction> engine = pool.Get();
                actual[(thread * Test.Length) + row] = engine.Predict(Test[row]).Score;
                pool.Return(engine);
            }
        });

        for (int thread = 0; thread < 8; thread++)
            CollectionAssert.AreEqual(expected, actual[(thread * Test.Length)..((thread + 1) * Test.Length)]);
    }

    private sealed class EnginePolicy(string path) : IPooledObjectPolicy<PredictionEngine<SensorRow, Prediction>>
    {
        public PredictionEngine<SensorRow, Prediction> Create()
        {
            var mlContext = new MLContext();
            return mlContext.Model.CreatePredictionEngine<SensorRow, Prediction>(mlContext.Model.Load(path, out _));
        }

        public bool Return(PredictionEngine<SensorRow, Prediction> engine) => true;
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
