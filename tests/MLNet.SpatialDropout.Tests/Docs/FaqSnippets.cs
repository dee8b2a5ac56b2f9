using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The code of docs/faq.md, run as it is printed there, with a check that it does what the answer says.</summary>
[TestClass]
public sealed class FaqSnippets
{
    private const int Steps = 128;
    private const int Channels = 6;
    private const int Rows = 200;

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void What_the_trainer_reads()
    {
        MLContext mlContext = _mlContext;
        IDataView train = Ones();

        // snippet: seen
        var stage = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            LostChannels = [0],
        });
        IDataView seen = stage.Fit(train).TransformForTraining(train);    // what a trainer reads
        float[] row = seen.GetColumn<float[]>("Features").First();
        string step = string.Join(' ', row[..6]);                         // one step: the lost channel reads 0 here ...
        string nextStep = string.Join(' ', row[6..12]);                   // ... and here
        // end

        Assert.AreEqual(step, nextStep);
        Assert.HasCount(1, step.Split(' ').Where(value => value == "0"));
    }

    [TestMethod]
    public void Damage_of_what_a_model_reads()
    {
        MLContext mlContext = _mlContext;
        IDataView test = mlContext.Data.LoadFromEnumerable(SensorColumns.Generate(40));

        // snippet: damaged_columns
        IDataView damaged = mlContext.Data.SpatialDropout(test, new SpatialDropoutOptions
        {
            Columns = ["Acceleration", "Rotation", "Temperature"],    // what Concatenate joins, not "Features"
            LostChannels = [1],                                       // the second of them is lost in every row
        });
        // end

        Assert.IsTrue(damaged.GetColumn<float[]>("Rotation").All(row => row.All(value => value == 0)));
        Assert.IsFalse(damaged.GetColumn<float[]>("Acceleration").Any(row => row.Contains(0)));
        Assert.IsFalse(damaged.GetColumn<float>("Temperature").Contains(0));
    }

    [TestMethod]
    public void Retraining()
    {
        MLContext mlContext = _mlContext;
        IDataView oldRows = Labelled(seed: 1), newRows = Labelled(seed: 2);
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3, Copies = 4, KeepOriginal = true, Seed = 1 };

        // snippet: retraining
        var trainer = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy();
        var first = trainer.Fit(mlContext.Data.SpatialDropout(oldRows, options));
        var retrained = trainer.Fit(mlContext.Data.SpatialDropout(newRows, options), first.Model);
        // end

        Assert.IsGreaterThan(0.7, mlContext.MulticlassClassification.Evaluate(retrained.Transform(oldRows)).MicroAccuracy);
        float[] weights = Weights(first.Model), after = Weights(retrained.Model);
        Assert.IsFalse(weights.SequenceEqual(after), "trained on");

        IDataView Labelled(int seed)
        {
            var random = new Random(seed);
            IDataView rows = mlContext.Data.LoadFromEnumerable(SensorColumns.Generate(Rows));
            return mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity")
                .Append(mlContext.Transforms.Concatenate("Features", "Acceleration", "Rotation"))
                .Fit(rows).Transform(mlContext.Data.ShuffleRows(rows, seed: random.Next()));
        }

        static float[] Weights(MaximumEntropyModelParameters model)
        {
            VBuffer<float>[] weights = [];
            model.GetWeights(ref weights, out _);
            return [.. weights.SelectMany(each => each.DenseValues())];
        }
    }

    [TestMethod]
    public void Declared_dimensions()
    {
        MLContext mlContext = _mlContext;
        IDataView train = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(_ => new DeclaredRecording()));

        // snippet: declared
        var stage = mlContext.Transforms.SpatialDropout("Features");    // [VectorType(128, 6)]: 128 steps of 6 channels
        // end

        SpatialDropoutTransformer fitted = stage.Fit(train);
        CollectionAssert.AreEqual(new[] { 128, 6 }, fitted.Plan.Shape.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 6 }, fitted.Plan.NoiseShape.ToArray());
        Assert.IsTrue(Read(fitted.TransformForTraining(train)).All(IsSameInAllSteps));
        Assert.Throws<ArgumentException>(
            () => mlContext.Transforms.SpatialDropout("Features", channels: 128).Fit(train), "the wrong axis");
        Assert.Throws<ArgumentException>(() => stage.Fit(Ones()), "one dimension says nothing of channels");
    }

    [TestMethod]
    public void The_data_of_an_unfinished_chain()
    {
        MLContext mlContext = _mlContext;
        IDataView train = Recordings.Load(mlContext);    // no reading is 0

        // snippet: unfinished
        var before = mlContext.Transforms.NormalizeMinMax("Features");
        var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6);

        IDataView view = before.Fit(train).Transform(train);
        var preview = stage.Fit(view).TransformForTraining(view).Preview(maxRows: 5);    // one row and its four copies
        // end

        Assert.HasCount(5, preview.RowView);
        Assert.IsTrue(preview.RowView.Any(row => Values(row).Contains(0)));

        DataDebuggerPreview plain = before.Append(stage).Preview(train, maxRows: 5);
        Assert.HasCount(5, plain.RowView);
        Assert.IsFalse(plain.RowView.Any(row => Values(row).Contains(0)), "the preview of a chain shows plain rows");

        static float[] Values(DataDebuggerPreview.RowInfo row) =>
            [.. ((VBuffer<float>)row.Values.Last(pair => pair.Key == "Features").Value).DenseValues()];
    }

    [TestMethod]
    public void Sensors_in_columns_of_their_own()
    {
        MLContext mlContext = _mlContext;
        IDataView data = mlContext.Data.LoadFromEnumerable(SensorColumns.Generate(Rows));
        IDataView train = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity").Fit(data).Transform(data);
        var trainer = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy();

        // snippet: columns
        string[] sensors = ["Acceleration", "Rotation", "Temperature"];    // scalars, or vectors of any length
        var pipeline = mlContext.Transforms.SpatialDropout(sensors)
            .Append(mlContext.Transforms.Concatenate("Features", sensors))
            .Append(trainer);
        // end

        Assert.IsNotNull(pipeline.Fit(train).Transform(train));

        // The answer says that Groups with the lengths of the columns do the same to the joined vector.
        var columns = new SpatialDropoutOptions { Columns = sensors, Seed = 7 };
        var groups = new SpatialDropoutOptions { OutputColumnName = "Features", Groups = [9, 6, 1], Seed = 7 };
        var join = mlContext.Transforms.Concatenate("Features", sensors);
        IDataView dropped = mlContext.Data.SpatialDropout(train, columns);
        float[][] expected = Read(join.Fit(dropped).Transform(dropped));
        float[][] actual = Read(mlContext.Data.SpatialDropout(join.Fit(train).Transform(train), groups));
        Assert.IsTrue(expected.Zip(actual).All(pair => pair.First.SequenceEqual(pair.Second)));
        Assert.IsTrue(expected.Any(row => row.Contains(0)));
    }

    [TestMethod]
    public void Columns_of_the_same_sensors()
    {
        MLContext mlContext = _mlContext;

        // snippet: same_sensors
        var stage = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            Columns = ["Series", "Spectrum"],    // 128 steps and 64 frequencies of the same 6 sensors
            Channels = 6,
            Copies = 4,
            KeepOriginal = true,
        });
        // end

        IDataView both = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(_ => new SeriesAndSpectrum()));
        IDataView seen = stage.Fit(both).TransformForTraining(both);
        float[][] ofSeries = [.. seen.GetColumn<float[]>("Series")];
        float[][] ofSpectrum = [.. seen.GetColumn<float[]>("Spectrum")];
        Assert.HasCount(5 * Rows, ofSeries);
        Assert.IsTrue(ofSeries.Zip(ofSpectrum).All(pair => IsSameInAllSteps([.. pair.First, .. pair.Second])));
        Assert.IsTrue(ofSeries.Any(row => row.Contains(0)));
    }

    [TestMethod]
    public void Channels_that_fail_together()
    {
        // snippet: devices
        var devices = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Groups = [3, 3],    // two devices of three channels each
        };
        // end

        float[][] rows = Read(_mlContext.Data.SpatialDropout(Ones(), devices));
        Assert.IsTrue(rows.All(row => row.Chunk(3).All(device => device.Distinct().Count() == 1)));
        Assert.IsTrue(rows.All(IsSameInAllSteps));
        Assert.IsTrue(rows.Any(row => row[0] != row[3]), "devices drop one by one");
    }

    [TestMethod]
    public void A_chain_built_in_a_loop()
    {
        MLContext mlContext = _mlContext;
        IDataView data = mlContext.Data.LoadFromEnumerable(SensorColumns.Generate(Rows));
        IDataView train = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity").Fit(data).Transform(data);
        string[] sensors = ["Acceleration", "Rotation", "Temperature"];
        var trainer = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy();

        // snippet: loop
        var chain = new EstimatorChain<ITransformer>();
        foreach (string sensor in sensors)
            chain = chain.Append<ITransformer>(mlContext.Transforms.NormalizeMinMax(sensor));

        var pipeline = chain
            .Append(mlContext.Transforms.SpatialDropout(sensors))
            .Append(mlContext.Transforms.Concatenate("Features", sensors))
            .Append(trainer);
        // end

        var model = pipeline.Fit(train);
        Assert.IsNotNull(model.Transform(train));
        Assert.IsNotNull(model.OfType<SpatialDropoutTransformer>().Single(), "the stage is directly in the chain");

        var byHelper = WithDropout(new EstimatorChain<ITransformer>())
            .Append(mlContext.Transforms.Concatenate("Features", sensors))
            .Append(trainer);
        Assert.IsNotNull(byHelper.Fit(train).Transform(train));

        EstimatorChain<ITransformer> WithDropout(EstimatorChain<ITransformer> stages) =>
            stages.Append<ITransformer>(mlContext.Transforms.SpatialDropout(sensors));
    }

    [TestMethod]
    public void Options_in_a_file()
    {
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Groups = [3, 3],
            DroppedChannels = (1, 1),
            Fill = DropoutFill.Missing,
        };

        // snippet: json
        string json = JsonSerializer.Serialize(options);
        SpatialDropoutOptions restored = JsonSerializer.Deserialize<SpatialDropoutOptions>(json)!;    // equal to options
        // end

        Assert.AreEqual(options, restored);
    }

    [TestMethod]
    public void Stuck_sensors()
    {
        // snippet: stuck
        var stuck = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Fill = DropoutFill.LastValue,
            OutageSteps = (1, 128),    // for one step up to all 128
            Copies = 4,
            KeepOriginal = true,
        };
        // end

        float[] row = [.. Enumerable.Range(1, 128 * Channels)];
        DropoutPlan plan = DropoutPlan.Create(stuck with { Seed = 1 }, row.Length);
        for (uint id = 0; id < 100; id++)
        {
            var dropped = new float[row.Length];
            plan.Apply(new MaskKey(id), row, dropped);
            for (int i = Channels; i < row.Length; i++)
                Assert.IsTrue(dropped[i] == row[i] || dropped[i] == dropped[i - Channels], "its own, or that of the step before");
            CollectionAssert.AreEqual(row[..Channels], dropped[..Channels]);
        }
    }

    [TestMethod]
    public void Stretches_of_time()
    {
        // snippet: gaps
        var gaps = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Shape = [8, 16, 6],
            NoiseShape = [8, 1, 1],
        };
        // end

        float[][] rows = Read(_mlContext.Data.SpatialDropout(Ones(), gaps));
        Assert.IsTrue(rows.All(row => row.Chunk(16 * Channels).All(window => window.Distinct().Count() == 1)));
        Assert.IsTrue(rows.Any(row => row[0] != row[16 * Channels]), "windows drop one by one");
    }

    [TestMethod]
    public void At_least_two_are_kept()
    {
        // snippet: min_kept
        var atLeastTwo = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 3,
            Rate = 0.5,
            MinKept = 2,
        };
        // end

        IDataView ones = Ones();
        Assert.AreEqual(2, Read(_mlContext.Data.SpatialDropout(ones, atLeastTwo)).Min(row => row[..3].Sum()));
        Assert.AreEqual(
            0, Read(_mlContext.Data.SpatialDropout(ones, atLeastTwo with { MinKept = 0 })).Min(row => row[..3].Sum()),
            "without MinKept some rows lose everything");
    }

    [TestMethod]
    public void Masks_of_a_seed()
    {
        // snippet: seed
        var fixedMasks = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Rate = 0.3, Seed = 7 };
        // end

        float[][] rows = Read(_mlContext.Data.SpatialDropout(Ones(), fixedMasks));
        float[][] again = Read(new MLContext(2).Data.SpatialDropout(Ones(), fixedMasks));
        float[][] others = Read(_mlContext.Data.SpatialDropout(Ones(), fixedMasks with { Seed = 8 }));
        Assert.IsTrue(rows.Zip(again).All(pair => pair.First.SequenceEqual(pair.Second)));
        Assert.IsFalse(rows.Zip(others).All(pair => pair.First.SequenceEqual(pair.Second)));
    }

    private static bool IsSameInAllSteps(float[] row) => row.Chunk(Channels).All(step => step.SequenceEqual(row.Take(Channels)));

    private static float[][] Read(IDataView view) => [.. view.GetColumn<float[]>("Features")];

    private IDataView Ones() => _mlContext.Data.LoadFromEnumerable(
        Enumerable.Range(0, Rows).Select(_ => new Recording { Features = [.. Enumerable.Repeat(1f, Steps * Channels)] }));

    private sealed class Recording
    {
        [VectorType(Steps * Channels)]
        public float[] Features { get; set; } = [];
    }

    private sealed class DeclaredRecording
    {
        [VectorType(Steps, Channels)]
        public float[] Features { get; set; } = [.. Enumerable.Repeat(1f, Steps * Channels)];
    }

    private sealed class SeriesAndSpectrum
    {
        [VectorType(Steps * Channels)]
        public float[] Series { get; set; } = [.. Enumerable.Repeat(1f, Steps * Channels)];

        [VectorType(64 * Channels)]
        public float[] Spectrum { get; set; } = [.. Enumerable.Repeat(1f, 64 * Channels)];
    }
}
