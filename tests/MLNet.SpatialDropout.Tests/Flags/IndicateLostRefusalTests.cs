using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What flags cannot be made from is refused before any row is read, with the reason and the cure.</summary>
[TestClass]
public sealed class IndicateLostRefusalTests
{
    private static readonly SpatialDropoutOptions Options =
        new() { OutputColumnName = "Features", Channels = SensorRow.Sensors };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void A_stuck_sensor()
    {
        AssertRefused<ArgumentException>(
            () => Indicate(Options with { Fill = DropoutFill.LastValue }),
            "Fill", "Fill is LastValue", "cannot be told from one that reads the same", "use Zero, Missing");
        AssertRefused<ArgumentException>(
            () => Indicate(Options with { Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.LastValue) }),
            "Fill", "Fill is OneOf(Zero, LastValue)");
    }

    [TestMethod]
    public void Another_fill_than_that_of_the_stage_just_before()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(20));
        foreach ((DropoutFill stage, DropoutFill flags) in new[]
        {
            (DropoutFill.Constant(-1), DropoutFill.Zero),
            (DropoutFill.ChannelMean, DropoutFill.Missing),
            (DropoutFill.LastValue, DropoutFill.Zero),
            (DropoutFill.PerChannel(1, 2, 3), DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing)),
        })
        {
            IDataView dropped = _mlContext.Data.SpatialDropout(data, Options with { Fill = stage });
            AssertRefused<ArgumentException>(
                () => _mlContext.Transforms.IndicateLost("Lost", Options with { Fill = flags }).Fit(dropped),
                "Fill", $"Fill is {flags}, but that of the stage is {stage}", "no flag would ever be 1", "Take the options of the stage");
        }

        // They need not agree in all.
        IDataView mixed = _mlContext.Data.SpatialDropout(
            data, Options with { Fill = DropoutFill.OneOf(DropoutFill.PerChannel(7, 0, 7), DropoutFill.LastValue) });
        Assert.IsNotNull(_mlContext.Transforms.IndicateLost("Lost", Options with { Fill = DropoutFill.Zero }).Fit(mixed));
    }

    // What stages in between do to the fill is not known, so it is said, once for each fit, and not refused.
    [TestMethod]
    public void Flags_that_do_not_follow_a_stage_are_noted_while_a_chain_is_fitted()
    {
        var notes = new List<string>();
        _mlContext.Log += (_, message) =>
        {
            if (message.Message.Contains("does not stand directly after a stage", StringComparison.Ordinal))
                notes.Add(message.Message);
        };
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(60));
        var stage = _mlContext.Transforms.SpatialDropout(Options);
        var flags = _mlContext.Transforms.IndicateLost("Lost", Options);
        var trainer = _mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("IsFast");

        stage.Append(flags).Append(trainer).Fit(data);
        flags.Fit(data);
        Assert.IsEmpty(notes);

        flags.Append(stage).Append(trainer).Fit(data);
        stage.Append(_mlContext.Transforms.NormalizeMinMax("Features")).Append(flags).Append(trainer).Fit(data);
        Assert.HasCount(2, notes);
        Assert.Contains("IndicateLost 'Lost' by Features, fill Zero", notes[0]);
        Assert.Contains("Put it directly after the stage", notes[0]);
    }

    [TestMethod]
    public void A_mean_that_the_stage_alone_knows()
    {
        AssertRefused<ArgumentException>(
            () => Indicate(Options with { Fill = DropoutFill.ChannelMean }),
            "Fill", "Fill is ChannelMean", "the stage alone knows the means", "Use PerChannel", "fixZero false");
        AssertRefused<ArgumentException>(
            () => Indicate(Options with { Fill = DropoutFill.OneOf(DropoutFill.ChannelMean, DropoutFill.Zero) }),
            "Fill", "Fill is OneOf(ChannelMean, Zero)");
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow(" ")]
    public void A_missing_name(string? name) => AssertRefused<ArgumentException>(
        () => _mlContext.Transforms.IndicateLost(name!, Options), "outputColumnName", "must be the name of a column");

    [TestMethod]
    public void The_name_of_a_column_that_is_dropped_out()
    {
        AssertRefused<ArgumentException>(
            () => _mlContext.Transforms.IndicateLost("Features", Options),
            "outputColumnName", "outputColumnName is 'Features'", "Choose another name");
        AssertRefused<ArgumentException>(
            () => _mlContext.Transforms.IndicateLost("B", new SpatialDropoutOptions { Columns = ["A", "B"] }),
            "outputColumnName", "outputColumnName is 'B'");
    }

    [TestMethod]
    public void What_the_stage_refuses() => AssertRefused<ArgumentOutOfRangeException>(
        () => Indicate(Options with { Fill = DropoutFill.PerChannel(1, 2) }), "Fill", "one value for each of the 3 channels");

    [TestMethod]
    public void Nothing()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => Indicate(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => IndicateLostCatalog.IndicateLost(null!, "Lost", Options));
        Assert.ThrowsExactly<ArgumentNullException>(() => Indicate(Options).Fit(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => Indicate(Options).GetOutputSchema(null!));
    }

    [TestMethod]
    public void Columns_that_do_not_fit()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(1));
        foreach ((SpatialDropoutOptions options, string message) in new[]
        {
            (Options with { OutputColumnName = "Nowhere" }, "no such column"),
            (Options with { OutputColumnName = "Class" }, "expected a vector of known size"),
            (Options with { OutputColumnName = "Number" }, "ConvertType"),
        })
        {
            AssertRefused<ArgumentOutOfRangeException>(() => Indicate(options).Fit(data), "input", message);
            AssertRefused<ArgumentOutOfRangeException>(
                () => Indicate(options).GetOutputSchema(SchemaShapeProbe.Of(data)), "inputSchema", message);
        }

        AssertRefused<ArgumentOutOfRangeException>(
            () => Indicate(Options with { Channels = 5 }).Fit(data), "input", "Channels is 5", "must divide the length");
        AssertRefused<ArgumentOutOfRangeException>(
            () => Indicate(Options with { Fill = DropoutFill.Constant(1e300) }).Fit(data), "Fill", "fits into a Single");
    }

    private LostSensorIndicatorEstimator Indicate(SpatialDropoutOptions options) =>
        _mlContext.Transforms.IndicateLost("Lost", options);

    private static void AssertRefused<TException>(Action action, string parameter, params string[] parts)
        where TException : ArgumentException
    {
        TException refusal = Assert.ThrowsExactly<TException>(action);
        Assert.AreEqual(parameter, refusal.ParamName);
        foreach (string part in parts)
            Assert.Contains(part, refusal.Message);
    }
}
