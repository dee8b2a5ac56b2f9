using System.Globalization;
using Examples.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace StressTest.Tests;

/// <summary>Tables with a header as data, for models that read columns.</summary>
[TestClass]
public sealed class TableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _mlContext = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("test.csv", ',')]
    [DataRow("test.tsv", '\t')]
    public void Columns_are_lost_before_the_model_joins_them(string name, char separator)
    {
        string model = SaveColumnModel();
        string data = WriteTable(name, separator, "gyro", "label", "acc", "temp, outside");

        StressReport report = Test(model, data, new StressTestSettings { Columns = ["acc", "gyro", "temp, outside"], Label = "label" });

        Assert.AreEqual(1, report.Clean);
        Assert.AreEqual("gyro", report.Losses[0].Sensor);
        Assert.IsLessThan(0.7, report.Worst);
    }

    [TestMethod]
    public void A_joined_column_that_the_model_makes_itself_is_refused()
    {
        string model = SaveColumnModel();
        string data = WriteTable("test.csv", ',', "gyro", "label", "acc", "temp, outside");

        Assert.Contains(
            "The data have no column 'Features'. If the model has one, the model creates it itself. The model reads",
            Refused(() => Test(model, data, new StressTestSettings { Groups = [1, 1, 1], Label = "label" })));
    }

    [TestMethod]
    public void A_vector_is_found_by_the_names_of_its_slots()
    {
        string train = WriteTable("train.csv", ',', "acc", "gyro", "temp, outside", "label");
        IDataView rows = LoadVector(train);
        string model = Save(
            _mlContext.Transforms.Conversion.MapValueToKey("Label")
                .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(rows), rows.Schema);

        // In another order, with the names of the slots in the header.
        string data = WriteTable("test.csv", ',', "temp, outside", "Label", "gyro", "acc");
        StressReport report = Test(model, data, new StressTestSettings { Channels = 3 });

        Assert.AreEqual(1, report.Clean);
        CollectionAssert.AreEquivalent(
            new[] { "acc", "gyro", "temp, outside" }, report.Losses.Select(loss => loss.Sensor).ToArray());
        Assert.AreEqual("gyro", report.Losses[0].Sensor);
    }

    [TestMethod]
    public void A_vector_without_names_takes_the_columns_that_no_other_one_takes()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Readings.Make(seed: 2));
        rows = _mlContext.Transforms.SelectColumns("Activity", "Features").Fit(rows).Transform(rows);
        string model = Save(
            _mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity")
                .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(rows), rows.Schema);

        var lines = new List<string> { $"Activity,{string.Join(',', Enumerable.Range(0, 20).Select(slot => $"f{slot}"))}" };
        lines.AddRange(Readings.Make(seed: 3).Select(row =>
            $"{row.Activity},{string.Join(',', row.Features.Select(value => value.ToString(CultureInfo.InvariantCulture)))}"));
        string data = _folder.Write("test.csv", string.Join('\n', lines));

        Assert.AreEqual("channel 2", Test(model, data, new StressTestSettings { Channels = 4 }).Losses[0].Sensor);
        string narrow = _folder.Write("narrow.csv", "Activity,f0\nactivity1,0\n");
        Assert.Contains(
            "the model wants column 'Features' of Vector<Single, 20>; the file has 1 columns that no other column of the model is"
                + " called after",
            Refused(() => Test(model, narrow, new StressTestSettings { Channels = 4 })));
    }

    [TestMethod]
    public void What_a_table_lacks_is_refused()
    {
        string model = SaveColumnModel();
        StressTestSettings settings = new() { Columns = ["acc", "gyro"], Label = "label" };

        Assert.Contains(
            "the model wants a column 'acc'; the file has gyro, label",
            Refused(() => Test(model, WriteTable("lacking.csv", ',', "gyro", "label"), settings)));
        Assert.Contains(
            "is empty; its first line must name the columns",
            Refused(() => Test(model, _folder.Write("empty.csv", ""), settings)));
        string bare = _folder.PathOf("bare.zip");
        _mlContext.Model.Save(_mlContext.Model.Load(model, out _), inputSchema: null, bare);
        Assert.Contains(
            "was saved without the columns of its data, so a table cannot be read for it; use an .idv file",
            Refused(() => Test(bare, WriteTable("test.csv", ',', "gyro", "label", "acc"), settings)));
    }

    [TestMethod]
    public void The_slots_of_a_series_say_how_many_sensors_it_has()
    {
        string header = string.Join(',', Enumerable.Range(0, 10).SelectMany(step => Enumerable.Range(0, 7).Select(s => $"s{s}x {step}")));
        string row = string.Join(',', Enumerable.Range(0, 70));
        string file = _folder.Write("series.csv", $"{header},Amount\n{row},1\n{row},2\n{row},3\n");
        IDataView rows = _mlContext.Data.LoadFromTextFile(file, new TextLoader.Options
        {
            Columns = [new("Features", DataKind.Single, 0, 69), new("Amount", DataKind.Single, 70)],
            Separators = [','],
            HasHeader = true,
        });
        string model = Save(
            _mlContext.Regression.Trainers.FastTree("Amount", minimumExampleCountPerLeaf: 1).Fit(rows), rows.Schema);

        var wrong = new SensorStressTest(_mlContext, model, file, new StressTestSettings { Channels = 10, Label = "Amount" });
        Assert.AreEqual(
            "Note: --channels is 10, but the slots of column 'Features' look like 7 sensors: s0x, s1x, s2x, s3x, s4x, s5x, s6x.",
            wrong.Note);
        var right = new SensorStressTest(_mlContext, model, file, new StressTestSettings { Channels = 7, Label = "Amount" });
        Assert.IsNull(right.Note);
        Assert.AreEqual("s0x", right.Run().Losses.Select(loss => loss.Sensor).Min());
    }

    private static string Refused(Action action) => Assert.ThrowsExactly<UnfitFileException>(action).Message;

    // The telling sensor is gyro.
    private string WriteTable(string name, char separator, params string[] columns)
    {
        var random = new Random(4);
        var lines = new List<string> { string.Join(separator, columns.Select(Quote)) };
        for (int row = 0; row < 90; row++)
        {
            int truth = row % 3;
            lines.Add(string.Join(separator, columns.Select(column => column switch
            {
                "label" or "Label" => $"class {truth}",
                "gyro" => (truth + 1 + (0.1f * random.NextSingle())).ToString(CultureInfo.InvariantCulture),
                _ => random.NextSingle().ToString(CultureInfo.InvariantCulture),
            })));
        }

        return _folder.Write(name, string.Join('\n', lines));
    }

    private static string Quote(string name) => name.Contains(',') ? $"\"{name}\"" : name;

    private string SaveColumnModel()
    {
        string path = WriteTable("train.csv", ',', "acc", "gyro", "temp, outside", "label");
        IDataView rows = _mlContext.Data.LoadFromTextFile(path, new TextLoader.Options
        {
            Columns =
            [
                new("acc", DataKind.Single, 0), new("gyro", DataKind.Single, 1), new("temp, outside", DataKind.Single, 2),
                new("label", DataKind.String, 3),
            ],
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
        });
        return Save(
            _mlContext.Transforms.Conversion.MapValueToKey("label")
                .Append(_mlContext.Transforms.Concatenate("Features", "acc", "gyro", "temp, outside"))
                .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy("label")).Fit(rows),
            rows.Schema);
    }

    private IDataView LoadVector(string path) => _mlContext.Data.LoadFromTextFile(path, new TextLoader.Options
    {
        Columns = [new("Features", DataKind.Single, 0, 2), new("Label", DataKind.String, 3)],
        Separators = [','],
        HasHeader = true,
        AllowQuoting = true,
    });

    private string Save(ITransformer model, DataViewSchema schema)
    {
        string path = _folder.PathOf("model.zip");
        _mlContext.Model.Save(model, schema, path);
        return path;
    }

    private StressReport Test(string model, string data, StressTestSettings settings) =>
        new SensorStressTest(_mlContext, model, data, settings).Run();
}
