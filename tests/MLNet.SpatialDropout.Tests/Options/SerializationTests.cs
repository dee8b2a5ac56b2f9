using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Configuration;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Options come back equal from JSON and from configuration files.</summary>
[TestClass]
public sealed class SerializationTests
{
    // With texts and numbers that are hard to write.
    private static readonly SpatialDropoutOptions AllChanged = ChangedOptions.All with
    {
        Columns = ["Acc", "Gyro, raw"],
        Rate = 0.1 + 0.2,
        Rates = [0.1, 1.0 / 3],
        Fill = DropoutFill.Constant(-1e-7),
    };

    public static IEnumerable<string> Names() => Written.Select(option => option.Name);

    private static IEnumerable<PropertyInfo> Written =>
        typeof(SpatialDropoutOptions).GetProperties().Where(option => option.Name != nameof(SpatialDropoutOptions.Backend));

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Each_option_comes_back(string name)
    {
        PropertyInfo option = typeof(SpatialDropoutOptions).GetProperty(name)!;
        var defaults = new SpatialDropoutOptions();
        Assert.AreNotEqual(option.GetValue(defaults), option.GetValue(AllChanged), $"{name} is new: change it here");
        SpatialDropoutOptions changed = defaults with { };
        option.SetValue(changed, option.GetValue(AllChanged));

        Assert.AreEqual(changed, ThroughJson(changed));
        Assert.AreEqual(changed, ThroughConfiguration(changed));
    }

    [TestMethod]
    public void All_options_together_come_back()
    {
        Assert.AreEqual(AllChanged, ThroughJson(AllChanged));
        Assert.AreEqual(AllChanged, ThroughConfiguration(AllChanged));
    }

    [TestMethod]
    public void Options_without_values_are_the_defaults()
    {
        Assert.AreEqual(new SpatialDropoutOptions(), JsonSerializer.Deserialize<SpatialDropoutOptions>("{}"));
        Assert.AreEqual(new DropoutOptions(), JsonSerializer.Deserialize<DropoutOptions>("{}"));
    }

    [TestMethod]
    public void Any_options_come_back() => AnyViewOptions.ForViews.Sample(sized =>
    {
        Assert.AreEqual(sized.Options, ThroughJson(sized.Options));
        Assert.AreEqual(sized.Options, ThroughConfiguration(sized.Options));
    }, iter: 300);

    [TestMethod]
    [DataRow("Zero")]
    [DataRow("Missing")]
    [DataRow("ChannelMean")]
    [DataRow("-40")]
    [DataRow("1E+300")]
    [DataRow("-Infinity")]
    [DataRow("LastValue")]
    [DataRow("PerChannel(0, -0.5, NaN)")]
    [DataRow("OneOf(Zero, Missing, LastValue, -999, PerChannel(1, 2.5), ChannelMean)")]
    public void Each_fill_comes_back_in_every_culture(string text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            var options = new SpatialDropoutOptions { Fill = DropoutFill.Parse(text) };

            Assert.AreEqual(text, options.Fill.ToString());
            Assert.AreEqual(options, ThroughJson(options));
            Assert.AreEqual(options, ThroughConfiguration(options));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void Settings_may_be_written_by_hand()
    {
        SpatialDropoutOptions? options = Configure(
            """
            {
                "Columns": ["Acc", "Gyro"],
                "DroppedChannels": { "Min": 1, "Max": 2 },
                "Scaling": "None",
                "Fill": "missing",
                "Copies": 4
            }
            """);

        Assert.AreEqual(
            new SpatialDropoutOptions
            {
                Columns = ["Acc", "Gyro"],
                DroppedChannels = (1, 2),
                Fill = DropoutFill.Missing,
                Copies = 4,
            },
            options);
    }

    [TestMethod]
    public void A_number_is_a_constant_fill() => Assert.AreEqual(
        DropoutFill.Constant(-999), JsonSerializer.Deserialize<DropoutOptions>("""{ "Fill": -999 }""")!.Fill);

    [TestMethod]
    [DataRow("\"Median\"", "A fill must be Zero, Missing, ChannelMean, LastValue, a number such as -40, PerChannel(")]
    [DataRow("\"PerChannel()\"", "but is 'PerChannel()'.")]
    [DataRow("\"PerChannel(1, x)\"", "but is 'PerChannel(1, x)'.")]
    [DataRow("\"OneOf()\"", "A fill must be")]
    [DataRow("\"OneOf(Zero, OneOf(Missing, Zero))\"", "but is 'OneOf(Zero, OneOf(Missing, Zero))'.")]
    [DataRow("\"OneOf(Zero, Missing\"", "but is 'OneOf(Zero, Missing'.")]
    [DataRow("true", "")]
    public void A_fill_that_there_is_not_is_refused(string fill, string message)
    {
        StringAssert.Contains(
            Assert.ThrowsExactly<JsonException>(
                () => JsonSerializer.Deserialize<DropoutOptions>($$"""{ "Fill": {{fill}} }""")).Message,
            message);
        Assert.ThrowsExactly<ArgumentNullException>(() => DropoutFill.Parse(null!));
    }

    // A mistake that the binder would ignore leaves the default in force: a stage that drops otherwise than it should, or nothing.
    [TestMethod]
    [DataRow("""{ "DroppedChannels": [1, 2] }""")]
    [DataRow("""{ "OutageSteps": [1, 2] }""")]
    [DataRow("""{ "Fill": ["Zero", "Missing"] }""")]
    [DataRow("""{ "Fill": { "OneOf": ["Zero", "Missing"] } }""")]
    [DataRow("""{ "Copise": 4 }""")]
    public void What_configuration_does_not_know_is_refused(string json) =>
        Assert.ThrowsExactly<InvalidOperationException>(() => Configure(json));

    private static SpatialDropoutOptions? ThroughJson(SpatialDropoutOptions options) =>
        JsonSerializer.Deserialize<SpatialDropoutOptions>(JsonSerializer.Serialize(options));

    private static SpatialDropoutOptions? ThroughConfiguration(SpatialDropoutOptions options) =>
        Configure(JsonSerializer.Serialize(options));

    private static SpatialDropoutOptions? Configure(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Dropout": {{json}} }"""));
        IConfiguration configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();

        // snippet: options_configuration
        SpatialDropoutOptions configured = configuration.GetSection("Dropout")
            .Get<SpatialDropoutOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!;
        // end

        return configured;
    }
}
