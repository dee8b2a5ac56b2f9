using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Flags in a chain: the same in training and in prediction, and plain ML.NET afterwards.</summary>
[TestClass]
public sealed class IndicateLostChainTests
{
    private readonly MLContext _mlContext = new(1);

    public static IEnumerable<object[]> Stages() =>
    [
        [new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3 }],
        [new SpatialDropoutOptions { OutputColumnName = "Damaged", InputColumnName = "Features", Groups = [1, 0, 2], Seed = 1 }],
        [new SpatialDropoutOptions { OutputColumnName = "Doubles", Channels = 3, Layout = ChannelLayout.ChannelsFirst,
            Fill = DropoutFill.PerChannel(double.NaN, 0.1, -999), Copies = 3, MaskKeyColumnName = "Class" }],
        [new SpatialDropoutOptions { OutputColumnName = "Features", PerElement = true,
            Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing) }],
        [new SpatialDropoutOptions { Columns = ["Doubles", "Features", "Number"], Copies = 2, KeepOriginal = true }],
        [new SpatialDropoutOptions { Columns = ["Features", "Doubles"], Channels = 3, Fill = DropoutFill.Constant(0.1) }],
    ];

    private IDataView Data
    {
        get
        {
            IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(40));
            return _mlContext.Transforms.Conversion.ConvertType("Number").Fit(data).Transform(data);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Stages))]
    public void Schemas_agree(SpatialDropoutOptions options)
    {
        IDataView data = _mlContext.Transforms.SpatialDropout(options).Fit(Data).Transform(Data);
        LostSensorIndicatorEstimator estimator = _mlContext.Transforms.IndicateLost("Lost", options);
        ITransformer fitted = estimator.Fit(data);
        IDataView flagged = fitted.Transform(data);

        CollectionAssert.AreEqual(
            SchemaShapeProbe.Describe(SchemaShapeProbe.Promised(estimator, data)),
            SchemaShapeProbe.Describe(SchemaShapeProbe.Of(flagged)));
        CollectionAssert.AreEqual(
            (string[])[.. data.Schema.Select(column => column.Name), "Lost"], flagged.Schema.Select(column => column.Name).ToArray());
        Assert.AreEqual(flagged.Schema.ToString(), fitted.GetOutputSchema(data.Schema).ToString());
        Assert.IsTrue(fitted.IsRowToRowMapper);
        CollectionAssert.AreEqual(
            flagged.Schema.Select(column => $"{column.Name} {column.Type}").ToArray(),
            fitted.GetRowToRowMapper(data.Schema).OutputSchema.Select(column => $"{column.Name} {column.Type}").ToArray());
        Assert.IsInstanceOfType<VectorDataViewType>(flagged.Schema["Lost"].Type);
    }

    [TestMethod]
    public void A_column_of_that_name_is_replaced()
    {
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3 };
        LostSensorIndicatorEstimator estimator = _mlContext.Transforms.IndicateLost("Doubles", options);
        IDataView flagged = estimator.Fit(Data).Transform(Data);

        CollectionAssert.AreEqual(
            SchemaShapeProbe.Describe(SchemaShapeProbe.Promised(estimator, Data)),
            SchemaShapeProbe.Describe(SchemaShapeProbe.Of(flagged)));
        Assert.HasCount(3, flagged.GetColumn<float[]>("Doubles").First());
    }

    [TestMethod]
    [DynamicData(nameof(Stages))]
    public void A_trainer_reads_the_flags_of_what_was_dropped(SpatialDropoutOptions options)
    {
        options = options with { Seed = 3, Rate = 0.4 };
        IDataView data = Data;
        var reader = new ReadingEstimator("Lost");

        new EstimatorChain<ITransformer>()
            .Append<ITransformer>(_mlContext.Transforms.SpatialDropout(options))
            .Append<ITransformer>(_mlContext.Transforms.IndicateLost("Lost", options))
            .Append<ITransformer>(reader).Fit(data);

        SpatialDropoutTransformer stage = _mlContext.Transforms.SpatialDropout(options).Fit(data);
        IDataView dropped = stage.TransformForTraining(data);
        float[][] expected = [.. _mlContext.Transforms.IndicateLost("Lost", options).Fit(dropped).Transform(dropped)
            .GetColumn<float[]>("Lost")];
        float[][] actual = [.. reader.Read.Select(row => row.Values)];
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
            CollectionAssert.AreEqual(expected[i], actual[i]);
        Assert.Contains(1f, expected.SelectMany(row => row));
        Assert.Contains(0f, expected.SelectMany(row => row));
    }

    [TestMethod]
    public void The_flags_are_the_mask()
    {
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3, Copies = 3, KeepOriginal = true, Seed = 5 };
        IDataView dropped = _mlContext.Data.SpatialDropout(Data, options);
        float[][] flags = [.. _mlContext.Transforms.IndicateLost("Lost", options).Fit(dropped).Transform(dropped)
            .GetColumn<float[]>("Lost")];

        DropoutPlan plan = _mlContext.Transforms.SpatialDropout(options).Fit(Data).Plan;
        var keep = new bool[3];
        for (int i = 0; i < flags.Length; i++)
        {
            if (i % 4 == 0)
                keep.AsSpan().Fill(true);
            else
                plan.DrawMask(new MaskKey((ulong)(i / 4), 0, (uint)(i % 4) - 1), keep);
            CollectionAssert.AreEqual(keep.Select(kept => kept ? 0f : 1f).ToArray(), flags[i], $"row {i}");
        }
    }

    [TestMethod]
    public void Prediction_flags_what_reads_the_fill_be_it_by_chance()
    {
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3, Fill = DropoutFill.Constant(0.1) };
        SensorRow[] rows = SensorRow.Generate(3);
        for (int step = 0; step < SensorRow.Steps; step++)
        {
            rows[0].Features[(step * SensorRow.Sensors) + 1] = 0.1f;
            rows[1].Features[(step * SensorRow.Sensors) + 2] = step == 2 ? 0.2f : 0.1f;
        }

        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        ITransformer model = _mlContext.Transforms.SpatialDropout(options)
            .Append(_mlContext.Transforms.IndicateLost("Lost", options))
            .Append((IEstimator<ITransformer>)_mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("IsFast", "Lost"))
            .Fit(Data);

        float[][] flags = [.. model.Transform(data).GetColumn<float[]>("Lost")];
        CollectionAssert.AreEqual(new[] { 0f, 1f, 0f }, flags[0]);
        CollectionAssert.AreEqual(new[] { 0f, 0f, 0f }, flags[1]);
        CollectionAssert.AreEqual(new[] { 0f, 0f, 0f }, flags[2]);

        using PredictionEngine<SensorRow, Flags> engine = _mlContext.Model.CreatePredictionEngine<SensorRow, Flags>(model);
        foreach ((SensorRow row, float[] expected) in rows.Zip(flags))
            CollectionAssert.AreEqual(expected, engine.Predict(row).Lost);
    }

    [TestMethod]
    public void Fit_reads_no_row()
    {
        var data = new VirtualView<float>(10, 6, _ => throw new InvalidOperationException("A row was read."));

        foreach (DropoutFill fill in (DropoutFill[])[DropoutFill.Zero, DropoutFill.PerChannel(1, 2)])
            _mlContext.Transforms.IndicateLost(
                "Lost", new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 2, Fill = fill }).Fit(data);

        Assert.AreEqual(0, data.CursorsMade);
    }

    [TestMethod]
    public void A_pass_reads_each_value_once()
    {
        var data = new VirtualView<float>(10, 6, _ => new VBuffer<float>(6, new float[6]));
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 2, Fill = DropoutFill.PerChannel(1, 0) };

        IDataView flagged = _mlContext.Transforms.IndicateLost("Lost", options).Fit(data).Transform(data);
        Assert.AreEqual(10, flagged.GetColumn<float[]>("Lost").Count(flags => flags is [0, 1]));

        Assert.AreEqual(10, data.ValuesRead);
    }

    [TestMethod]
    public void The_estimator_shows_itself() => Assert.AreEqual(
        "IndicateLost 'Lost' by A, B, fill Missing",
        _mlContext.Transforms.IndicateLost(
            "Lost", new SpatialDropoutOptions { Columns = ["A", "B"], Fill = DropoutFill.Missing }).ToString());

    private sealed class Flags
    {
        public float[] Lost { get; set; } = [];
    }
}
