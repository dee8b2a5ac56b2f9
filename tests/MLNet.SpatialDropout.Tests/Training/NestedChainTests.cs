using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The stage throws where ML.NET cannot apply it, and only there.</summary>
[TestClass]
public sealed class NestedChainTests : DropoutTests
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
    };

    private readonly MLContext _mlContext = new(1);

    private IDataView Data => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(30));

    private SpatialDropoutEstimator Stage => MakeStage(_mlContext, Options);

    private IEstimator<ITransformer> Trainer =>
        _mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(labelColumnName: "IsFast");

    [TestMethod]
    public void A_stage_nested_without_its_trainer_is_refused()
    {
        var first = _mlContext.Transforms.CopyColumns("Copy", "Number");
        var inner = _mlContext.Transforms.NormalizeMinMax("Features").Append(Stage);

        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => first.Append(inner).Append(Trainer).Fit(Data));

        StringAssert.Contains(refusal.Message, "The spatial dropout of column 'Features' was never active");
        StringAssert.Contains(refusal.Message, "Append the stage and the trainer one by one to the same chain");
        StringAssert.Contains(refusal.Message, "mlContext.Data.SpatialDropout(view, options)");
    }

    [TestMethod]
    public void A_nested_stage_whose_column_nobody_reads_is_refused_though_other_columns_are_read()
    {
        // MapValueToKey reads the dropped-out view, but only another column.
        var inner = Stage.Append(_mlContext.Transforms.Conversion.MapValueToKey("Label", "Class"));

        Assert.ThrowsExactly<InvalidOperationException>(
            () => _mlContext.Transforms.CopyColumns("Copy", "Number").Append(inner).Append(Trainer).Fit(Data));
    }

    [TestMethod]
    public void A_nested_stage_that_only_a_normalizer_reads_is_refused()
    {
        var inner = Stage.Append(_mlContext.Transforms.NormalizeMeanVariance("Features"));

        Assert.ThrowsExactly<InvalidOperationException>(
            () => _mlContext.Transforms.CopyColumns("Copy", "Number").Append(inner).Append(Trainer).Fit(Data));
    }

    [TestMethod]
    public void A_chain_in_a_variable_of_the_interface_is_nested_by_Append_and_refused()
    {
        IEstimator<ITransformer> pipeline = Stage;
        pipeline = pipeline.Append(_mlContext.Transforms.NormalizeMeanVariance("Features"));
        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => pipeline.Append(Trainer).Fit(Data));
        StringAssert.Contains(refusal.Message, "in a variable of type IEstimator<ITransformer>");
        StringAssert.Contains(refusal.Message, "in loops and helper methods, built on new EstimatorChain<ITransformer>()");

        IEstimator<ITransformer> longer = _mlContext.Transforms.NormalizeMinMax("Features").Append(Stage);
        Assert.ThrowsExactly<InvalidOperationException>(() => longer.Append(Trainer).Fit(Data));
    }

    /// <summary>
    /// Nobody can tell whether a trainer will read the cache that the normalizer fills, so this is refused with the cure.
    /// </summary>
    [TestMethod]
    public void A_nested_stage_before_a_cache_that_a_normalizer_fills_is_refused()
    {
        var inner = Stage.Append(_mlContext.Transforms.CopyColumns("Other", "Number"))
            .AppendCacheCheckpoint(_mlContext)
            .Append(_mlContext.Transforms.NormalizeMeanVariance("Features"));

        Assert.ThrowsExactly<InvalidOperationException>(
            () => _mlContext.Transforms.CopyColumns("Copy", "Number").Append(inner).Append(Trainer).Fit(Data));
    }

    [TestMethod]
    public void A_trainer_of_somebody_elses_works_in_a_flat_chain()
    {
        var trainer = new ReadingEstimator("Features");
        var model = Stage.Append(trainer).Fit(Data);

        Assert.IsTrue(trainer.Read.Exists(row => row.Values.Contains(0)), "it reads the dropped-out data");
        Assert.IsNotNull(model.Transform(Data));
    }

    [TestMethod]
    public void A_model_that_was_never_trained_with_dropout_is_not_saved()
    {
        var stage = MakeStage(_mlContext, Options with { OutputColumnName = "Damaged", InputColumnName = "Features" });
        var model = stage.Append(Trainer).Fit(Data);

        using var stream = new MemoryStream();
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => _mlContext.Model.Save(model, Data.Schema, stream)).Message,
            "name that column to the trainer");
    }

    [TestMethod]
    public void A_trainer_that_reads_another_column_is_refused()
    {
        var stage = MakeStage(_mlContext, Options with { OutputColumnName = "Damaged", InputColumnName = "Features" });
        var model = stage.Append(Trainer).Fit(Data);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => model.Transform(Data)).Message,
            "If no later stage reads its output");
    }

    [TestMethod]
    public void Columns_that_are_joined_before_the_stage_are_refused_with_the_cure()
    {
        var stage = MakeStage(_mlContext, new SpatialDropoutOptions { Columns = ["Features", "Doubles"] });
        var model = _mlContext.Transforms.Conversion.ConvertType("Joined", "Doubles")
            .Append(_mlContext.Transforms.Concatenate("Joined", "Features", "Joined"))
            .Append(stage)
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression("IsFast", "Joined"))
            .Fit(Data);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => model.Transform(Data)).Message,
            "put the stage before the Concatenate that joins them.");
    }

    [TestMethod]
    public void A_chain_that_ends_with_the_stage_is_refused_when_it_is_used()
    {
        var model = _mlContext.Transforms.NormalizeMinMax("Features").Append(Stage).Fit(Data);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => model.Transform(Data)).Message,
            "If the chain ends without a trainer, append it");
        Assert.ThrowsExactly<InvalidOperationException>(() => ((ITransformer)model).GetRowToRowMapper(Data.Schema));
    }

    [TestMethod]
    public void A_preview_of_an_unfinished_chain_shows_plain_rows()
    {
        var chain = _mlContext.Transforms.CopyColumns("Copy", "Number").Append(Stage);

        foreach (DataDebuggerPreview preview in new[] { chain.Preview(Data, 5), chain.Fit(Data).Preview(Data, 5) })
        {
            var features = (VBuffer<float>)preview.RowView[3].Values.Single(value => value.Key == "Features").Value;
            Bits.AreEqual<float>(ViewRow<float>.Read(Data)[3].Values, [.. features.DenseValues()]);
        }

        Assert.ThrowsExactly<InvalidOperationException>(() => chain.Fit(Data).Transform(Data), "it is still refused");
    }

    [TestMethod]
    public void The_cure_for_loops_works()
    {
        var chain = new EstimatorChain<ITransformer>();
        foreach (IEstimator<ITransformer> stage in new[] { _mlContext.Transforms.NormalizeMinMax("Features"), Stage, Trainer })
            chain = chain.Append(stage);

        Assert.IsNotNull(chain.Fit(Data).Transform(Data).Schema.GetColumnOrNull("Score"));
    }

    [TestMethod]
    public void A_stage_nested_together_with_its_trainer_works()
    {
        var normalize = _mlContext.Transforms.NormalizeMeanVariance("Features");
        foreach (IEstimator<ITransformer> inner in new IEstimator<ITransformer>[]
        {
            Stage.Append(Trainer),
            Stage.Append(normalize).Append(Trainer),

            Stage.Append(_mlContext.Transforms.CopyColumns("Other", "Number")).AppendCacheCheckpoint(_mlContext).Append(Trainer),

            // A trainer that does not implement ITrainerEstimator.
            Stage.Append(_mlContext.BinaryClassification.Trainers.FieldAwareFactorizationMachine("Features", "IsFast")),
        })
        {
            var model = _mlContext.Transforms.NormalizeMinMax("Features")
                .Append(inner)
                .Append(_mlContext.Transforms.CopyColumns("S", "Score"))
                .Fit(Data);
            Assert.IsNotNull(model.Transform(Data).Schema.GetColumnOrNull("S"));
        }
    }

    [TestMethod]
    public void Stages_appended_one_by_one_work_however_the_chain_is_put_together()
    {
        var model = _mlContext.Transforms.CopyColumns("Copy", "Number")
            .Append(_mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(Stage)
            .Append(Trainer).Fit(Data);

        Assert.IsNotNull(model.Transform(Data).Schema.GetColumnOrNull("Score"));
    }
}
