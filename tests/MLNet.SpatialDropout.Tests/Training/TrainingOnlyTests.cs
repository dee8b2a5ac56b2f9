using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Active only while a chain is fitted.</summary>
[TestClass]
public sealed class TrainingOnlyTests : DropoutTests
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 17,
    };

    private readonly MLContext _mlContext = new(1);

    private readonly SensorRow[] _rows = SensorRow.Generate(60);

    private IDataView Data => _mlContext.Data.LoadFromEnumerable(_rows);

    [TestMethod]
    public void A_transformer_fitted_on_its_own_is_the_identity()
    {
        IDataView data = Data;
        SpatialDropoutTransformer transformer = MakeStage(_mlContext, Options).Fit(data);

        Assert.AreSame(data, transformer.Transform(data));
        Assert.AreSame(data.Schema, transformer.GetOutputSchema(data.Schema));
        Assert.AreSame(data, transformer.Transform(data), "and stays so");
    }

    [TestMethod]
    public void TransformForTraining_gives_the_dropped_view()
    {
        IDataView data = Data;
        SpatialDropoutTransformer transformer = MakeStage(_mlContext, Options).Fit(data);

        List<ViewRow<float>> dropped = ViewRow<float>.Read(transformer.TransformForTraining(data));

        ViewRow<float>.AreEqual(ViewRow<float>.Read(MakeView(_mlContext, data, Options)), dropped);
        Assert.IsTrue(dropped.Exists(row => row.Values.Contains(0)));
        Assert.AreSame(data, transformer.Transform(data), "looking at it changes nothing");
    }

    [TestMethod]
    public void A_row_to_row_mapper_and_a_prediction_engine_drop_nothing()
    {
        var pipeline = MakeStage(_mlContext, Options with { Rate = 1, Copies = 3 })
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(labelColumnName: "IsFast"));
        var model = pipeline.Fit(Data);

        using var engine = _mlContext.Model.CreatePredictionEngine<SensorRow, Prediction>(model);
        foreach (SensorRow row in _rows)
            Bits.AreEqual<float>(row.Features, engine.Predict(row).Features);

        IRowToRowMapper mapper = ((ITransformer)model.First()).GetRowToRowMapper(Data.Schema);
        Assert.IsTrue(((ITransformer)model.First()).IsRowToRowMapper);
        Assert.AreEqual(Data.Schema.Count, mapper.OutputSchema.Count);
    }

    [TestMethod]
    public void Test_folds_of_cross_validation_are_plain()
    {
        IDataView data = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data).Transform(Data);
        var pipeline = MakeStage(_mlContext, Options with { Rate = 1 })
            .Append(_mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 3));

        var folds = _mlContext.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 3);

        var tested = new List<int>();
        foreach (var fold in folds)
        {
            foreach (SensorRow row in _mlContext.Data.CreateEnumerable<SensorRow>(
                fold.ScoredHoldOutSet, reuseRowObject: false, ignoreMissingColumns: true))
            {
                Bits.AreEqual<float>(_rows[row.Number].Features, row.Features);
                tested.Add(row.Number);
            }

            // A model trained on nothing but zeros gives all rows the same score.
            Assert.HasCount(
                1,
                fold.ScoredHoldOutSet.GetColumn<float[]>("Score")
                    .Select(scores => string.Join(' ', scores)).Distinct().ToArray());
        }

        CollectionAssert.AreEqual(_rows.Select(row => row.Number).ToArray(), tested.Order().ToArray());
    }

    [TestMethod]
    public void With_another_output_column_inference_copies_and_training_drops_the_copy()
    {
        SpatialDropoutOptions options = Options with { InputColumnName = "Features", OutputColumnName = "Damaged", Rate = 1 };
        var chain = MakeStage(_mlContext, options)
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(
                labelColumnName: "IsFast", featureColumnName: "Damaged"));
        var model = chain.Fit(Data);

        IDataView scored = model.Transform(Data);
        ViewRow<float>.AreEqual(ViewRow<float>.Read(Data), ViewRow<float>.Read(scored));
        ViewRow<float>.AreEqual(ViewRow<float>.Read(Data), ViewRow<float>.Read(scored, "Damaged"));
        Assert.HasCount(1, scored.GetColumn<float>("Score").Distinct().ToArray(), "trained on zeros");

        var transformer = (SpatialDropoutTransformer)model.First();
        IDataView training = transformer.TransformForTraining(Data);
        ViewRow<float>.AreEqual(ViewRow<float>.Read(Data), ViewRow<float>.Read(training));
        Assert.IsTrue(ViewRow<float>.Read(training, "Damaged").TrueForAll(row => row.Values.All(value => value == 0)));
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public void Cache_checkpoints_change_nothing(bool before, bool after)
    {
        float[] Scores(bool cacheBefore, bool cacheAfter)
        {
            var mlContext = new MLContext(1);
            IDataView data = mlContext.Data.LoadFromEnumerable(_rows);
            var normalizing = mlContext.Transforms.NormalizeMinMax("Features")
                .Append(mlContext.Transforms.CopyColumns("Copy", "Number"));
            var dropping = (cacheBefore ? normalizing.AppendCacheCheckpoint(mlContext) : normalizing)
                .Append(MakeStage(mlContext, Options with { Copies = 3 }));
            var model = (cacheAfter ? dropping.AppendCacheCheckpoint(mlContext) : dropping)
                .Append(mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(
                    new() { LabelColumnName = "IsFast", NumberOfThreads = 1 }))
                .Fit(data);
            return [.. model.Transform(data).GetColumn<float>("Score")];
        }

        CollectionAssert.AreEqual(Scores(false, false), Scores(before, after));
    }

    [TestMethod]
    public void Several_stages_on_different_columns_of_one_chain()
    {
        SpatialDropoutOptions doubles = Options with { OutputColumnName = "Doubles", Copies = 2, Seed = 5 };
        IEstimator<ITransformer> Joined(MLContext mlContext) => mlContext.Transforms.Conversion
            .ConvertType("Converted", "Doubles")
            .Append(mlContext.Transforms.Concatenate("Joined", "Features", "Converted"));
        float[] Scores(Func<MLContext, IDataView, ITransformer> fit)
        {
            var mlContext = new MLContext(1);
            IDataView data = mlContext.Data.LoadFromEnumerable(_rows);
            IDataView joined = Joined(mlContext).Fit(data).Transform(data);
            return [.. fit(mlContext, data).Transform(joined).GetColumn<float>("Score")];
        }

        IEstimator<ITransformer> Trainer(MLContext mlContext) => mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(
            new() { LabelColumnName = "IsFast", FeatureColumnName = "Joined", NumberOfThreads = 1 });

        float[] chained = Scores((mlContext, data) => MakeStage(mlContext, Options)
            .Append(MakeStage(mlContext, doubles))
            .Append(mlContext.Transforms.Conversion.ConvertType("Converted", "Doubles"))
            .Append(mlContext.Transforms.Concatenate("Joined", "Features", "Converted"))
            .Append(Trainer(mlContext)).Fit(data));
        float[] onViews = Scores((mlContext, data) =>
        {
            IDataView dropped = MakeView(mlContext, MakeView(mlContext, data, Options), doubles);
            return Trainer(mlContext).Fit(Joined(mlContext).Fit(dropped).Transform(dropped));
        });

        CollectionAssert.AreEqual(onViews, chained);
    }

    [TestMethod]
    public void Two_expanding_stages_give_unique_row_IDs()
    {
        SpatialDropoutOptions expanding = Options with { Copies = 3, KeepOriginal = true };
        IDataView once = MakeView(_mlContext, Data, expanding);
        IDataView twice = MakeView(_mlContext, once, expanding with { OutputColumnName = "Doubles" });

        List<ViewRow<float>> rows = ViewRow<float>.Read(twice);
        Assert.HasCount(60 * 4 * 4, rows);
        Assert.HasCount(rows.Count, rows.DistinctBy(row => row.Id).ToArray());
    }

    private sealed class Prediction
    {
        [VectorType(SensorRow.Length)]
        public float[] Features { get; set; } = [];
    }
}
