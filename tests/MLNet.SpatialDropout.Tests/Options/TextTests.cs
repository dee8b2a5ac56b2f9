using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>How objects show themselves, in logs and in a debugger.</summary>
[TestClass]
public sealed partial class TextTests
{
    private static readonly SpatialDropoutOptions Defaults = new();

    private static readonly SpatialDropoutOptions AllChanged = ChangedOptions.All with { Backend = new NamedBackend() };

    private static IEnumerable<PropertyInfo> Options => typeof(SpatialDropoutOptions).GetProperties();

    [TestMethod]
    public void Options_show_each_one_that_was_changed()
    {
        foreach (PropertyInfo option in Options)
            Assert.AreNotEqual(option.GetValue(Defaults), option.GetValue(AllChanged), $"{option.Name} is new: change it here");

        Assert.AreEqual(
            "SpatialDropoutOptions { OutputColumnName = Out, InputColumnName = In, Columns = [A, B], Copies = 4, KeepOriginal = True,"
                + " MaskKeyColumnName = Session, Backend = a backend with a name, Channels = 6, Groups = [4, 2],"
                + " Layout = ChannelsFirst, Shape = [4, 3], NoiseShape = [1, 3], PerElement = True, SharedAcrossRows = True, Rate = 0.3,"
                + " Rates = [0.1, 0.25], DroppedChannels = (1, 2), LostChannels = [1], MinKept = 2, RowProbability = 0.75,"
                + " OutageSteps = (2, 3), Scaling = Inverted, Fill = -1.5, Seed = -7 }",
            AllChanged.ToString());
    }

    [TestMethod]
    public void Options_show_those_alone_that_were_changed() => AnyViewOptions.ForViews.Sample(any =>
        CollectionAssert.AreEqual(
            Options.Where(option => !Equals(option.GetValue(any.Options), option.GetValue(Defaults)))
                .Select(option => option.Name).ToArray(),
            ShownNamePattern().Matches(any.Options.ToString()).Select(match => match.Groups["name"].Value).ToArray()));

    [TestMethod]
    public void Options_that_were_not_changed_show_nothing()
    {
        Assert.AreEqual("SpatialDropoutOptions { }", Defaults.ToString());
        Assert.AreEqual("SpatialDropoutOptions { Fill = null }", (Defaults with { Fill = null! }).ToString());
    }

    [TestMethod]
    public void Numbers_look_alike_everywhere()
    {
        string expected = AllChanged.ToString();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("")
            {
                NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus " },
            };
            Assert.AreEqual(expected, AllChanged.ToString());
            Assert.EndsWith("seed -7", DropoutPlan.Create(new() { Channels = 3, Seed = -7 }, 12).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void Stage_and_view_say_which_columns_and_how_many_rows()
    {
        var mlContext = new MLContext(1);
        IDataView data = mlContext.Data.LoadFromEnumerable(SensorRow.Generate(2));
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Dropped",
            InputColumnName = "Features",
            Channels = 3,
            Copies = 4,
            KeepOriginal = true,
            Seed = 11,
        };
        SpatialDropoutEstimator stage = mlContext.Transforms.SpatialDropout(options);
        const string Expected = "SpatialDropout of Features into Dropped: rows of [4, 3], noise [1, 3], rate 0.3, fill Zero,"
            + " scaling None, seed 11, copies 4, original kept";

        Assert.AreEqual(Expected, stage.Fit(data).ToString());
        Assert.AreEqual(Expected, mlContext.Data.SpatialDropout(data, options).ToString());
        Assert.AreEqual(Expected, stage.Fit(data).TransformForTraining(data).ToString());
        Assert.AreEqual(
            "SpatialDropout by SpatialDropoutOptions { OutputColumnName = Dropped, InputColumnName = Features, Copies = 4,"
                + " KeepOriginal = True, Channels = 3, Seed = 11 }",
            stage.ToString());
    }

    [TestMethod]
    public void A_debugger_shows_the_objects_that_are_not_public_types()
    {
        var mlContext = new MLContext(1);
        IDataView data = mlContext.Data.LoadFromEnumerable(SensorRow.Generate(2));
        SpatialDropoutTransformer transformer = mlContext.Transforms.SpatialDropout("Features", channels: 3).Fit(data);

        foreach (object shown in new object[] { transformer, transformer.TransformForTraining(data) })
            Assert.AreEqual(
                "{ToString(),nq}",
                shown.GetType().GetCustomAttribute<System.Diagnostics.DebuggerDisplayAttribute>(inherit: true)?.Value);
    }

    [GeneratedRegex(@"(?<name>\w+) = ")]
    private static partial Regex ShownNamePattern();

    private sealed class NamedBackend : DropoutBackend
    {
        public override int BatchSize => 1;

        public override void Apply(
            DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<float> source, Span<float> destination) =>
            plan.ApplyRows(rows, source, destination);

        public override void Apply(
            DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<double> source, Span<double> destination) =>
            plan.ApplyRows(rows, source, destination);

        public override string ToString() => "a backend with a name";
    }
}
