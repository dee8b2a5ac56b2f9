using Examples.Tests;
using Microsoft.ML;
using Spectre.Console;

namespace StressTest.Tests;

[TestClass]
public sealed class StressTestCommandTests : CommandTests
{
    private const string TogetherMessage =
        "--model and --data go together with one of --channels, --groups and --columns: give these three, or none of them for the"
        + " demonstration.";

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    [DataRow("--channels 0", "--channels is '0', but must be a whole number of at least 1.")]
    [DataRow("--channels six", "--channels is 'six', but must be a whole number of at least 1.")]
    [DataRow("--fill stuck", "--fill is 'stuck', but must be a number that a float can hold, missing, or another fill of the library.")]
    [DataRow("--fill 1e39", "--fill is '1e39', but must be a number that a float can hold, missing, or another fill of the library.")]
    [DataRow("--layout rows", "--layout is 'rows', but must be channels-last or channels-first.")]
    [DataRow("--data b.txt", "--data is 'b.txt', but must be a file whose name ends with .idv or .ts or .csv or .tsv.")]
    [DataRow("--names a,b", "--names is 'a,b', but must be 4 names separated by commas, one for each sensor.")]
    [DataRow("--names a,b,b,c", "--names is 'a,b,b,c', but must be different names separated by commas.")]
    [DataRow("--groups 3,3", TogetherMessage)]
    [DataRow("--columns a,b", TogetherMessage)]
    [DataRow("", "a.zip: file not found")]
    public void Refuses_what_it_cannot_use_in_one_line(string options, string message)
    {
        // Each option is given once, so those under test replace the valid ones.
        var line = new Dictionary<string, string> { ["--model"] = "a.zip", ["--data"] = "b.idv", ["--channels"] = "4" };
        foreach (string[] pair in options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2))
            line[pair[0]] = pair[1];

        AssertRefused(message, [.. line.SelectMany(pair => (string[])[pair.Key, pair.Value]), "--output", Folder.FullName]);
    }

    [TestMethod]
    [DataRow("--model a.zip", TogetherMessage)]
    [DataRow("--channels 3", TogetherMessage)]
    [DataRow("--model a.zip --data b.idv", TogetherMessage)]
    [DataRow("--label A", "--label is given without --model and --data, which it belongs to.")]
    [DataRow("--row-group A", "--row-group is given without --model and --data, which it belongs to.")]
    [DataRow(
        "--model a.zip --data b.idv --groups 3,0",
        "--groups is '3,0', but must be whole numbers of at least 1 separated by commas, such as 9,6,1.")]
    [DataRow("--model a.zip --data b.idv --columns a,,b", "--columns is 'a,,b', but must be different names separated by commas.")]
    [DataRow(
        "--model a.zip --data b.idv --columns a,b --features F",
        "--columns are one sensor each, so leave out --features and --layout.")]
    public void Refuses_options_without_their_companions(string line, string message) => AssertRefused(message, line.Split(' '));

    [TestMethod]
    public void Refuses_files_that_cannot_be_read()
    {
        (string model, string data) = MakeFiles();
        string noModel = Folder.Write("no-model.zip", "text");
        string noData = Folder.Write("no-data.idv", "text");
        string noTs = Folder.Write("no-data.ts", "text");

        AssertRefusedStart($"{noModel}: cannot be read as an ML.NET model: ", noModel, data);
        AssertRefusedStart($"{noData}: cannot be read as an ML.NET binary file: ", model, noData);
        AssertRefusedStart($"{noTs}, line 1: ", model, noTs);
        AssertRefusedStart($"{Folder.PathOf("none.idv")}: file not found", model, Folder.PathOf("none.idv"));
    }

    [TestMethod]
    public void Refuses_files_that_do_not_fit()
    {
        (string model, string data) = MakeFiles();

        AssertRefusedStart(
            $"{data}: Channels is 3, which does not fit vectors of length 20 in column 'Features'", model, data, "--channels", "3");
        AssertRefusedStart(
            $"{data}: The data have no column 'X'. If the model has one, the model creates it itself. The model reads Features.",
            model, data, "--features", "X");
        AssertRefusedStart(
            $"{data}: The model does not read column 'Amount' of the data", model, data, "--features", "Amount");
        AssertRefusedStart($"{data}: has no column 'X' (--label); it has Activity, ", model, data, "--label", "X");
        AssertRefusedStart($"{data}: column 'Features' (--label) is Vector", model, data, "--label", "Features");

        // No class of the model is called True or False.
        AssertRefusedStart(
            $"{data}: The data have no row with a value in the label column 'IsHigh' that the model knows",
            model, data, "--label", "IsHigh");
    }

    [TestMethod]
    public void Refuses_data_that_lack_a_column_the_model_wants()
    {
        (string model, string data) = MakeFiles();
        IDataView rows = _mlContext.Data.LoadFromBinary(data);
        string lacking = Readings.Save(
            _mlContext, _mlContext.Transforms.DropColumns("Activity").Fit(rows).Transform(rows), Folder.PathOf("lacking.idv"));

        AssertRefusedStart(
            $"{lacking}: does not fit {model}: the model wants a column 'Activity' of String; the file has IsHigh, ",
            model, lacking);
    }

    [TestMethod]
    public void Refuses_features_of_another_length_than_the_model_wants()
    {
        (string model, string data) = MakeFiles();
        IDataView rows = _mlContext.Data.LoadFromBinary(data);
        string longer = Readings.Save(
            _mlContext,
            _mlContext.Transforms.Concatenate("Features", "Features", "Features").Fit(rows).Transform(rows),
            Folder.PathOf("longer.idv"));

        AssertRefusedStart(
            $"{longer}: does not fit {model}: the model wants column 'Features' of Vector<Single, 20>, but in the file it is",
            model, longer);
    }

    [TestMethod]
    public void Refuses_a_model_that_predicts_nothing()
    {
        (_, string data) = MakeFiles();
        IDataView rows = _mlContext.Data.LoadFromBinary(data);
        string path = Folder.PathOf("normalizer.zip");
        _mlContext.Model.Save(_mlContext.Transforms.NormalizeMinMax("Features").Fit(rows), rows.Schema, path);

        AssertRefusedStart($"{path}: gives no Score; must be a multiclass, binary, regression or ranking model", path, data);
    }

    [TestMethod]
    public void Refuses_data_without_rows()
    {
        (string model, _) = MakeFiles();
        string empty = Readings.Save(
            _mlContext, _mlContext.Data.LoadFromEnumerable(Array.Empty<Reading>()), Folder.PathOf("empty.idv"));

        AssertRefusedStart($"{empty}: The data have no row with a value in the label column 'Label' that the model knows", model, empty);
    }

    [TestMethod]
    public void Reports_the_worst_loss_first_and_draws_it()
    {
        (string model, string data) = MakeFiles();
        string[] args =
            ["--model", model, "--data", data, "--channels", "4", "--names", "a,b,[c],d", "--output", Folder.FullName];
        Assert.AreEqual(0, Invoke(args), Error.ToString());

        string text = Output.ToString();
        string[][] rows = [.. text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        CollectionAssert.AreEqual(new[] { "none", "100.0 %", "0.0" }, rows[0]);
        Assert.AreEqual("[c]", rows[1][0]);
        CollectionAssert.AreEqual(new[] { "any one of them, worst", rows[1][1], rows[1][2] }, rows[^1]);
        Assert.Contains("model.zip leans most on [c]: without it, accuracy goes from 100.0 % to ", text);

        string picture = Folder.PathOf("stress-test.png");
        AssertPicture(picture);
        Assert.AreEqual("", Error.ToString());
    }

    [TestMethod]
    public void Reads_ts_files_and_pads_them_to_the_length_of_the_model()
    {
        (string model, _) = MakeFiles(activityColumn: "Label");

        // Sensor 3 determines the label. Four steps, where the model expects five.
        string[] lines = [.. Enumerable.Range(1, 3).Select(truth =>
            $"0,0,0,0:0,0,0,0:{string.Join(',', Enumerable.Repeat(truth, 4))}:0,0,0,0:activity{truth}")];
        string ts = Folder.Write(
            "test.ts", $"@classLabel true activity1 activity2 activity3\n@data\n{string.Join('\n', lines)}\n");

        string[] args = ["--model", model, "--data", ts, "--channels", "4", "--output", Folder.FullName];
        Assert.AreEqual(0, Invoke(args), Error.ToString());
        Assert.Contains("model.zip leans most on channel 2", Output.ToString());
        AssertRefusedStart($"{ts}: --channels is 5, but the file has 4 dimensions", model, ts, "--channels", "5");
        AssertRefusedStart($"{ts}: --layout must be channels-last", model, ts, "--layout", "channels-first");
    }

    private (string Model, string Data) MakeFiles(string activityColumn = "Activity")
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Readings.Make(seed: 2));
        string data = Readings.Save(_mlContext, rows, Folder.PathOf("test.idv"));
        if (activityColumn != "Activity")
            rows = _mlContext.Transforms.CopyColumns(activityColumn, "Activity").Fit(rows).Transform(rows);

        var pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Label", activityColumn)
            .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        string model = Folder.PathOf("model.zip");
        _mlContext.Model.Save(pipeline.Fit(rows), rows.Schema, model);
        return (model, data);
    }

    private void AssertRefusedStart(string message, string model, string data, params string[] more)
    {
        string[] channels = more.Contains("--channels") ? [] : ["--channels", "4"];
        Error.GetStringBuilder().Clear();
        Output.GetStringBuilder().Clear();
        Assert.AreEqual(2, Invoke(["--model", model, "--data", data, "--output", Folder.FullName, .. channels, .. more]));
        Assert.StartsWith(message, Error.ToString());
        Assert.HasCount(1, Error.ToString().TrimEnd().Split('\n'));
        Assert.AreEqual("", Output.ToString());
    }

    protected override int Invoke(params string[] args) => new StressTestCommand(
        Console, Error).Invoke(args);
}
