using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What may be right is not refused but logged once.</summary>
[TestClass]
public sealed class WarningTests : DropoutTests
{
    private static readonly SpatialDropoutOptions Options =
        new() { OutputColumnName = "Features", Channels = SensorRow.Sensors, Copies = 2, KeepOriginal = true };

    private readonly MLContext _mlContext = new(1);
    private readonly List<string> _warnings = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _skipped = [];

    public WarningTests() => _mlContext.Log += (_, message) =>
    {
        if (message.Kind == ChannelMessageKind.Warning && message.Message.Contains("Skipped", StringComparison.Ordinal))
            _skipped.Add(message.Message);
        if (message.Kind == ChannelMessageKind.Warning && message.Message.Contains("Spatial dropout", StringComparison.Ordinal))
            _warnings.Add(message.Message);
        if (message.Kind == ChannelMessageKind.Info && message.Message.Contains("Spatial dropout", StringComparison.Ordinal))
            _notes.Add(message.Message);
    };

    private IDataView Data => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(60));

    private SpatialDropoutEstimator Stage => MakeStage(_mlContext, Options);

    private IEstimator<ITransformer> Trainer =>
        _mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(labelColumnName: "IsFast");

    [TestMethod]
    public void An_outer_trainer_beside_a_nested_chain_with_its_own_trainer_reads_plain_data()
    {
        var inner = Stage.Append(_mlContext.Clustering.Trainers.KMeans("Features", numberOfClusters: 2));

        _mlContext.Transforms.CopyColumns("Copy", "Number").Append(inner).Append(Trainer).Fit(Data);

        AssertOneWarning("The trainer in that chain was trained on dropped-out data", "are fitted on plain data");
    }

    [TestMethod]
    public void A_trainer_on_the_scores_of_an_inner_chain_reads_plain_data()
    {
        // Append keeps a chain flat only if it ends with an ITransformer. This one ends with the trainer's own type of model.
        IEstimator<ITransformer> inner = _mlContext.Transforms.CopyColumns("Copy", "Number").Append(Stage)
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(labelColumnName: "IsFast"));
        var outer = inner
            .Append(_mlContext.Transforms.Concatenate("Scores", "Score", "Probability"))
            .Append(_mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("IsFast", "Scores"));

        ITransformer model = outer.Fit(Data);
        model.Transform(Data).Preview();

        AssertOneWarning("The stage is in a nested chain", "are fitted on plain data");
    }

    [TestMethod]
    public void A_stage_fitted_by_itself_drops_nothing_in_Transform()
    {
        SpatialDropoutTransformer stage = Stage.Fit(Data);
        Assert.IsEmpty(_warnings);

        stage.TransformForTraining(Data).Preview();
        Assert.IsEmpty(_warnings);

        IDataView data = Data;
        Assert.AreSame(data, stage.Transform(data));
        stage.Transform(data).Preview();

        AssertOneWarning("No chain fitted this stage", "TransformForTraining");
    }

    [TestMethod]
    public void What_works_as_it_looks_is_not_warned_of()
    {
        var flat = _mlContext.Transforms.NormalizeMinMax("Features").Append(Stage).AppendCacheCheckpoint(_mlContext).Append(Trainer);
        ITransformer model = flat.Fit(Data);
        model.Transform(Data).Preview();
        _mlContext.BinaryClassification.CrossValidate(Data, flat, numberOfFolds: 2, labelColumnName: "IsFast");
        using (var engine = _mlContext.Model.CreatePredictionEngine<SensorRow, Prediction>(model))
            engine.Predict(SensorRow.Generate(1)[0]);

        // A fitted model computes features for another chain.
        var features = _mlContext.Transforms.Concatenate("Scores", "Score");
        features.Append(_mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("IsFast", "Scores"))
            .Fit(model.Transform(Data));

        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    [DataRow("Missing", "SDCA")]
    [DataRow("OneOf(Zero, Missing)", "L-BFGS")]
    [DataRow("PerChannel(0, NaN, 0)", "FastTree")]
    [DataRow("Missing", "FastForest")]
    public void Missing_before_a_trainer_that_leaves_out_rows_with_it(string fill, string trainer)
    {
        var stage = MakeStage(_mlContext, Options with { Fill = DropoutFill.Parse(fill) });

        stage.Append(MakeTrainer(trainer)).Fit(Data);
        Assert.IsNotEmpty(_skipped, "ML.NET's own message");
        AssertOneWarning($"Fill is {fill}", "leaves out rows that have a NaN", "ReplaceMissingValues", "LightGBM");

        _warnings.Clear();
        MakeStage(_mlContext, stage.Options).AppendCacheCheckpoint(_mlContext).Append(MakeTrainer(trainer)).Fit(Data);
        AssertOneWarning($"Fill is {fill}", "leaves out rows that have a NaN");
    }

    // What stages in between do to NaN cannot be seen, so it is no warning.
    [TestMethod]
    [DataRow("SDCA")]
    [DataRow("L-BFGS")]
    [DataRow("FastTree")]
    public void Missing_behind_other_stages_is_noted(string trainer)
    {
        var stage = MakeStage(_mlContext, Options with { Fill = DropoutFill.Missing });

        stage.Append(_mlContext.Transforms.NormalizeMinMax("Features")).Append(MakeTrainer(trainer)).Fit(Data);

        Assert.IsNotEmpty(_skipped, "ML.NET's own message");
        Assert.IsEmpty(_warnings);
        Assert.HasCount(1, _notes);
        Assert.Contains("If no stage in between replaces NaN, it learns nothing", _notes[0]);
        Assert.Contains("ReplaceMissingValues", _notes[0]);
    }

    [TestMethod]
    [DataRow("SDCA")]
    [DataRow("L-BFGS")]
    [DataRow("FastTree")]
    public void Missing_that_is_replaced_before_the_trainer_is_not_warned_of(string trainer)
    {
        SpatialDropoutOptions options = Options with { Fill = DropoutFill.Missing };

        MakeStage(_mlContext, options)
            .Append(_mlContext.Transforms.IndicateLost("Lost", options))
            .Append(_mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(_mlContext.Transforms.ReplaceMissingValues("Features"))
            .Append(_mlContext.Transforms.Concatenate("Features", "Features", "Lost"))
            .Append(MakeTrainer(trainer))
            .Fit(Data);

        Assert.IsEmpty(_skipped, "ML.NET's own message");
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    [DataRow("Missing", "LightGBM")]
    [DataRow("Zero", "FastTree")]
    [DataRow("Zero", "SDCA")]
    public void A_fill_that_the_trainer_reads_is_not_warned_of(string fill, string trainer)
    {
        try
        {
            MakeStage(_mlContext, Options with { Fill = DropoutFill.Parse(fill) }).Append(MakeTrainer(trainer)).Fit(Data);
        }
        catch (Exception exception) when (exception.GetBaseException() is DllNotFoundException missing)
        {
            Assert.Inconclusive($"LightGBM does not load here (it needs libgomp1): {missing.Message}");
        }

        Assert.IsEmpty(_warnings);
        Assert.IsEmpty(_notes);
    }

    private IEstimator<ITransformer> MakeTrainer(string name)
    {
        var trainers = _mlContext.BinaryClassification.Trainers;
        return name switch
        {
            "SDCA" => trainers.SdcaLogisticRegression(labelColumnName: "IsFast"),
            "L-BFGS" => trainers.LbfgsLogisticRegression("IsFast"),
            "FastTree" => trainers.FastTree("IsFast"),
            "FastForest" => trainers.FastForest("IsFast"),
            _ => trainers.LightGbm("IsFast"),
        };
    }

    private void AssertOneWarning(params string[] parts)
    {
        Assert.HasCount(1, _warnings);
        foreach (string part in parts)
            Assert.Contains(part, _warnings[0]);
        Assert.Contains("column 'Features'", _warnings[0]);
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
