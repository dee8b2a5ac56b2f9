using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What a report calls the sensors: as given, or as the data say, or by numbers.</summary>
[TestClass]
public sealed class SensorNamesTests
{
    private static readonly SpatialDropoutOptions Features = new() { OutputColumnName = "Features" };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Given_names()
    {
        string[] given = ["left", "right"];

        OutageReport<RegressionMetrics> report = Report(Features with { Channels = 2 }, "x,y", given);
        given[0] = "changed";

        CollectionAssert.AreEqual(new[] { "left", "right" }, report.SensorNames.ToArray());
        Assert.AreEqual("none", report.Clean.Name);
        CollectionAssert.AreEqual(new[] { "left", "right" }, report.SingleLosses.Select(loss => loss.Name).ToArray());
        Assert.AreEqual("left + right", report.PairLosses.Single().Name);
    }

    [TestMethod]

    // One name for each channel, as Concatenate of scalars makes them.
    [DataRow(2, "acc,gyro", "acc,gyro")]

    // [time, channels].
    [DataRow(2, "acc 0,gyro 0,acc 1,gyro 1,acc 2,gyro 2", "acc,gyro")]
    [DataRow(2, "acc.0,gyro.0,acc.1,gyro.1", "acc,gyro")]
    [DataRow(2, "acc0,gyro0,acc1,gyro1", "acc,gyro")]
    [DataRow(2, "acc[0],gyro[0],acc[1],gyro[1]", "acc,gyro")]
    [DataRow(2, "acc,gyro,acc,gyro", "acc,gyro")]
    [DataRow(2, "acc_x mean,acc_y mean,acc_x max,acc_y max", "acc_x,acc_y")]

    // What does not tell one sensor from another is no name.
    [DataRow(2, "t0_acc,t0_gyro,t1_acc,t1_gyro", "channel 0,channel 1")]
    [DataRow(2, "a,b,c,d", "channel 0,channel 1")]
    [DataRow(2, "f0,f1,f2,f3", "channel 0,channel 1")]
    [DataRow(2, "acc,acc", "channel 0,channel 1")]
    [DataRow(2, "acc,", "channel 0,channel 1")]
    [DataRow(2, null, "channel 0,channel 1")]
    public void Slot_names_by_channel(int channels, string? slots, string names) =>
        AreNamed(names, Features with { Channels = channels }, slots);

    [TestMethod]
    [DataRow("acc_mean,acc_max,temp", "acc,temp")]
    [DataRow("acc_x_mean,acc_y_max,temp", "acc,temp")]
    [DataRow("acc mean,acc minimum,temp", "acc,temp")]
    [DataRow("mean,max,temp", "m,temp")]
    [DataRow("one,two,temp", "group 0,group 1")]
    [DataRow(null, "group 0,group 1")]
    public void Slot_names_by_group(string? slots, string names) => AreNamed(names, Features with { Groups = [2, 1] }, slots);

    [TestMethod]
    public void Slot_names_of_channels_first() => AreNamed(
        "acc,gyro", Features with { Channels = 2, Layout = ChannelLayout.ChannelsFirst }, "acc 0,acc 1,gyro 0,gyro 1");

    [TestMethod]
    public void Slot_names_of_groups_of_several_steps() => AreNamed(
        "acc,temp", Features with { Groups = [2, 1] }, "acc x 0,acc y 0,temp 0,acc x 1,acc y 1,temp 1");

    [TestMethod]
    public void An_empty_group_has_no_name() => AreNamed(
        "group 0,group 1,group 2", Features with { Groups = [1, 0, 1] }, "acc,temp");

    [TestMethod]
    public void Elements()
    {
        AreNamed("a,b", Features with { PerElement = true }, "a,b");
        AreNamed("element 0,element 1", Features with { PerElement = true }, null);
        AreNamed("element 0,element 1", Features with { Shape = [2, 2], NoiseShape = [1, 2] }, null);
        AreNamed("acc,gyro", Features with { Shape = [2, 2], NoiseShape = [2, 1] }, "acc 0,acc 1,gyro 0,gyro 1");
    }

    [TestMethod]
    public void Columns_that_are_sensors()
    {
        ITransformer model = OutageModels.Join(_mlContext).Append(OutageModels.RegressionTrees(_mlContext))
            .Fit(OutageModels.Load(_mlContext, OutageModels.Train));

        CollectionAssert.AreEqual(
            new[] { "Acc", "Gyro", "Temperature" },
            _mlContext.Regression.EvaluateOutages(
                model, OutageModels.Load(_mlContext, OutageModels.Test), OutageModels.ByColumn, "Target").SensorNames.ToArray());
    }

    [TestMethod]
    public void Columns_with_a_layout_have_the_names_of_the_first_ones_slots()
    {
        IDataView Load(OutageRow[] rows) =>
            _mlContext.Transforms.Concatenate("Raw", "Target", "Relevance", "Temperature")
                .Append(_mlContext.Transforms.Concatenate("Features", "Raw", "Spectrum"))
                .Fit(OutageModels.Load(_mlContext, rows)).Transform(OutageModels.Load(_mlContext, rows));
        IDataView train = Load(OutageModels.Train);
        ITransformer model = _mlContext.Transforms.Concatenate("Features", "Raw", "Spectrum")
            .Append(OutageModels.RegressionTrees(_mlContext)).Fit(train);

        CollectionAssert.AreEqual(
            new[] { "Target", "Relevance", "Temperature" },
            _mlContext.Regression.EvaluateOutages(
                model, train, new SpatialDropoutOptions { Columns = ["Raw", "Spectrum"], Channels = 3 }, "Target")
                .SensorNames.ToArray());
    }

    private void AreNamed(string names, SpatialDropoutOptions options, string? slots) => CollectionAssert.AreEqual(
        names.Split(','), Report(options, slots).SensorNames.ToArray(), $"{slots}");

    // A model that reads the features, and scores a row by another column as well as any.
    private OutageReport<RegressionMetrics> Report(SpatialDropoutOptions options, string? slots, string[]? sensorNames = null)
    {
        string[] all = slots?.Split(',') ?? ["", "", "", ""];
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Slots));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, all.Length);
        if (slots is not null)
            schema["Features"].AddAnnotation(
                "SlotNames", new VBuffer<ReadOnlyMemory<char>>(all.Length, [.. all.Select(name => name.AsMemory())]),
                new VectorDataViewType(TextDataViewType.Instance, all.Length));
        int length = options.Groups is { } groups && slots is null ? groups.Sum() : all.Length;
        if (options is { PerElement: true } && slots is null)
            length = 2;
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, length);
        IDataView data = _mlContext.Data.LoadFromEnumerable(
            OutageModels.Train.Select(row => new Slots { Features = row.Features[..length], Label = row.Target }), schema);
        ITransformer model = OutageModels.RegressionLinear(_mlContext, "Label").Fit(data);
        return _mlContext.Regression.EvaluateOutages(model, data, options, sensorNames: sensorNames, lostPairs: true);
    }

    private sealed class Slots
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
