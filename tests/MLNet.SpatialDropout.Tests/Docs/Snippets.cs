using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The code of the README and the guides, run as it is printed there. A snippet is the code between its two marks.
/// </summary>
[TestClass]
public sealed class Snippets
{
    private const int Time = 128;
    private const int Channels = 6;

    private readonly List<Recording> _recordings = Generate(60);

    [TestMethod]
    public void Stage()
    {
        List<Recording> recordings = _recordings;
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.zip");

        var mlContext = new MLContext(seed: 1);
        IDataView train = mlContext.Data.LoadFromEnumerable(recordings);

        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity")
            .Append(mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(mlContext.Transforms.SpatialDropout("Features", channels: 6))
            .Append(mlContext.MulticlassClassification.Trainers.LightGbm());

        var model = pipeline.Fit(train);                    // trains on each row and four dropped-out copies of it
        IDataView scored = model.Transform(train);          // predicts from plain data
        mlContext.Model.Save(model, train.Schema, path);    // loads where this package is not installed

        Assert.HasCount(recordings.Count, scored.GetColumn<uint>("PredictedLabel").ToArray());
        Assert.IsNotNull(new MLContext().Model.Load(path, out _));
        File.Delete(path);
    }

    [TestMethod]
    public void Outage()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = mlContext.Transforms.CopyColumns("Label", "Activity")
            .Fit(mlContext.Data.LoadFromEnumerable(_recordings))
            .Transform(mlContext.Data.LoadFromEnumerable(_recordings));
        var trainer = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy();

        // snippet: outage
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.3, copies: 4))
            .Append(trainer);
        // end

        Assert.IsNotNull(pipeline.Fit(train).Transform(train));
    }

    [TestMethod]
    public void View()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView test = mlContext.Data.LoadFromEnumerable(_recordings);
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity")
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Fit(test);

        var sensors = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };
        var report = mlContext.MulticlassClassification.EvaluateOutages(model, test, sensors);
        Console.WriteLine(report);    // a table

        Assert.HasCount(6, report.SingleLosses);
        Assert.IsTrue(report.ChangesScores);

        // snippet: view
        IDataView outage = mlContext.Data.SpatialDropout(test, new SpatialDropoutOptions
        {
            OutputColumnName = "Features",    // a column of the data, before the model's own transforms
            Channels = 6,
            Rate = 0.3,
            Seed = 1,    // the same damage whenever the view is made
        });
        // end

        float[][] rows = [.. outage.GetColumn<float[]>("Features")];
        Assert.AreEqual(0.3, rows.Average(row => row.Take(6).Count(value => value == 0) / 6.0), 0.1);
    }

    [TestMethod]
    public void Plan()
    {
        float[] row = Enumerable.Repeat(1f, Time * Channels).ToArray();

        float[] batch = Enumerable.Repeat(1f, 3 * 128 * 6).ToArray();

        // snippet: plan
        var plan = DropoutPlan.Create(new DropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
        plan.Apply(new MaskKey(42), source: row, destination: row);    // row 42, in place
        plan.ApplyRows(new MaskKey(0), batch, batch);                  // rows 0, 1, 2, ... of a batch, in place
        // end

        Assert.IsLessThanOrEqualTo(2, batch.Distinct().Count());
        Assert.IsLessThanOrEqualTo(2, row.Distinct().Count());
        Assert.IsTrue(row.AsSpan(0, Channels).SequenceEqual(row.AsSpan(Channels, Channels)));
    }

    [TestMethod]
    public void Record_batch_of_a_worker()
    {
        KeyedRow[] rows =
            [.. _recordings.Take(10).Select((row, i) => new KeyedRow { Session = $"session {i}", Features = row.Features })];
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Rate = 0.3,
            Copies = 2,
            MaskKeyColumnName = "Session",
            Seed = 7,
        };
        var mlContext = new MLContext();
        float[][] view = [.. mlContext.Data.SpatialDropout(mlContext.Data.LoadFromEnumerable(rows), options)
            .GetColumn<float[]>("Features")];

        // The worker has the last four of the ten rows.
        string[] sessions = [.. rows.Skip(6).Select(row => row.Session)];
        float[] values = [.. rows.Skip(6).SelectMany(row => row.Features)];

        // snippet: batch
        // Once per worker: a plan for the options of the stage or view.
        var plan = DropoutPlan.Create(options, length: 128 * 6);

        // For each batch: one mask key per row. A column of integers takes MaskKey.FromInteger.
        MaskKey[] firstCopies = [.. sessions.Select(session => MaskKey.FromText(session))];
        float[] first = new float[values.Length];
        plan.ApplyRows(firstCopies, values, first);

        // With Copies = 2: the second copy of each row.
        MaskKey[] secondCopies = [.. firstCopies.Select(key => key with { Copy = 1 })];
        float[] second = new float[values.Length];
        plan.ApplyRows(secondCopies, values, second);
        // end

        CollectionAssert.AreEqual(view[12..].Where((_, i) => i % 2 == 0).SelectMany(row => row).ToArray(), first);
        CollectionAssert.AreEqual(view[12..].Where((_, i) => i % 2 == 1).SelectMany(row => row).ToArray(), second);
    }

    [TestMethod]
    public void Column_of_a_worker()
    {
        ThreeColumns[] rows = [.. _recordings.Take(10).Select((row, i) => new ThreeColumns
        {
            Session = $"session {i}",
            First = 1,
            Second = row.Features[..384],
            Third = row.Features[384..386],
        })];
        var options = new SpatialDropoutOptions
        {
            Columns = ["First", "Second", "Third"],
            Rate = 0.5,
            MaskKeyColumnName = "Session",
            Seed = 7,
        };
        var mlContext = new MLContext();
        IDataView data = mlContext.Data.LoadFromEnumerable(rows);

        // snippet: column_plan
        var plan = DropoutPlan.Create(options with { Groups = [0, 384, 0] }, length: 384);
        // end

        MaskKey[] keys = [.. rows.Select(row => MaskKey.FromText(row.Session))];
        float[] second = [.. rows.SelectMany(row => row.Second)];
        plan.ApplyRows(keys, second, second);
        float[][] view = [.. mlContext.Data.SpatialDropout(data, options).GetColumn<float[]>("Second")];
        CollectionAssert.AreEqual(view.SelectMany(row => row).ToArray(), second);
        Assert.IsTrue(view.Any(row => row.All(value => value == 0)) && view.Any(row => !row.Contains(0)));

        IReadOnlyList<DropoutPlan> plans = mlContext.Transforms.SpatialDropout(options).Fit(data).Plans;
        Assert.HasCount(3, plans);
        Assert.AreEqual(plans[1].ToString(), plan.ToString());
    }

    [TestMethod]
    public void Other_stages()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = mlContext.Data.LoadFromEnumerable(_recordings);

        // snippet: stages
        var gentle = mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.2, copies: 8, seed: 7);
        var plain = mlContext.Transforms.Dropout("Features", rate: 0.2);    // single values instead of whole channels
        var exact = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            DroppedChannels = (1, 2),           // one or two sensors are lost in each copy ...
            Fill = DropoutFill.Constant(-1),    // ... and then read -1
            Copies = 4,                         // four dropped-out copies of each row ...
            KeepOriginal = true,                // ... after the row itself
        });
        // end

        Assert.AreEqual(
            (8, true, DropoutScaling.None), (gentle.Options.Copies, gentle.Options.KeepOriginal, gentle.Options.Scaling));
        Assert.IsTrue(plain.Options.PerElement);
        float[][] rows = [.. exact.Fit(train).TransformForTraining(train).GetColumn<float[]>("Features")];
        Assert.HasCount(5 * _recordings.Count, rows);
        int[] lost = [.. rows.Select(row => row[..Channels].Count(value => value == -1))];
        for (int row = 0; row < lost.Length; row++)
            Assert.IsTrue(row % 5 == 0 ? lost[row] == 0 : lost[row] is 1 or 2, $"row {row} has lost {lost[row]}");
    }

    private static List<Recording> Generate(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => new Recording
        {
            Activity = i % 2 == 0 ? "walking" : "running",
            Features = [.. Enumerable.Range(0, Time * Channels).Select(_ => (i % 2) + random.NextSingle())],
        })];
    }

    public sealed class Recording
    {
        public string Activity { get; set; } = "";

        [VectorType(128 * 6)]
        public float[] Features { get; set; } = [];
    }

    private sealed class ThreeColumns
    {
        public string Session { get; set; } = "";

        public float First { get; set; }

        [VectorType(384)]
        public float[] Second { get; set; } = [];

        [VectorType(2)]
        public float[] Third { get; set; } = [];
    }

    private sealed class KeyedRow
    {
        public string Session { get; set; } = "";

        [VectorType(128 * 6)]
        public float[] Features { get; set; } = [];
    }
}
