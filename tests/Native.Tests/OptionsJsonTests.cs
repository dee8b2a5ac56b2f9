using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Options as JSON: each is read, each has its default, and what is wrong is refused by name.</summary>
[TestClass]
public sealed class OptionsJsonTests
{
    private const int Length = 48;

    private static readonly DropoutOptions Basis = new() { Channels = 6, Rate = 0.5, Seed = 7 };

    // For each option, options in which it is not its default, and in which that shows.
    private static readonly Dictionary<string, DropoutOptions> Changed = new()
    {
        ["Channels"] = Basis,
        ["Groups"] = Basis with { Groups = [3, 2, 1] },
        ["Layout"] = Basis with { Layout = ChannelLayout.ChannelsFirst },
        ["Shape"] = Basis with { Channels = null, Shape = [8, 6] },
        ["NoiseShape"] = Basis with { Channels = null, Shape = [8, 6], NoiseShape = [1, 6] },
        ["PerElement"] = Basis with { Channels = null, PerElement = true },
        ["SharedAcrossRows"] = Basis with { SharedAcrossRows = true },
        ["Rate"] = Basis with { Rate = 0.7 },
        ["Rates"] = Basis with { Rate = null, Rates = [0, 0.2, 0.4, 0.6, 0.8, 1] },
        ["DroppedChannels"] = Basis with { Rate = null, DroppedChannels = (5, 6) },
        ["LostChannels"] = Basis with { Rate = null, LostChannels = [1, 4] },
        ["MinKept"] = Basis with { MinKept = 5 },
        ["RowProbability"] = Basis with { RowProbability = 0.5 },
        ["OutageSteps"] = Basis with { OutageSteps = (1, 3) },
        ["Scaling"] = Basis with { Scaling = DropoutScaling.Inverted },
        ["Fill"] = Basis with { Fill = DropoutFill.OneOf(DropoutFill.LastValue, DropoutFill.Constant(-1e-7)) },
        ["Seed"] = Basis,
    };

    public static IEnumerable<string> Names() => typeof(DropoutOptions).GetProperties().Select(option => option.Name);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Each_option_is_read_and_has_its_default(string name)
    {
        Assert.IsTrue(Changed.TryGetValue(name, out DropoutOptions? changed), $"{name} is new: change it here");
        PropertyInfo option = typeof(DropoutOptions).GetProperty(name)!;
        DropoutOptions byDefault = changed with { };
        option.SetValue(byDefault, option.GetValue(new DropoutOptions()));
        JsonObject json = JsonSerializer.SerializeToNode(changed)!.AsObject();

        float[] expected = Drop(changed);
        CollectionAssert.AreEqual(expected, Drop(json));
        Assert.IsTrue(json.Remove(name));
        if (Refusal(() => Drop(byDefault)) is { } refusal)
        {
            Assert.AreEqual(refusal, Refusal(() => Drop(json)));
        }
        else
        {
            CollectionAssert.AreEqual(Drop(byDefault), Drop(json));
            CollectionAssert.AreNotEqual(expected, Drop(json), "The change does not show.");
        }
    }

    [TestMethod]
    public void Each_default_may_be_written()
    {
        var defaults = JsonSerializer.SerializeToNode(new DropoutOptions { Channels = 6, Seed = 7 })!.AsObject();
        Assert.HasCount(Changed.Count, defaults);
        CollectionAssert.AreEqual(Drop(new DropoutOptions { Channels = 6, Seed = 7 }), Drop(defaults));
    }

    [TestMethod]
    [DataRow("""{ "Channels": 6, "Seed": 7, "Fill": -999 }""", "-999")]
    [DataRow("""{ "Channels": 6, "Seed": 7, "Fill": "missing" }""", "Missing")]
    [DataRow("""{ "Channels": 6, "Seed": 7, "Fill": "OneOf(0, NaN, LastValue, PerChannel(1, 2, 3, 4, 5, 6))" }""",
        "OneOf(Zero, Missing, LastValue, PerChannel(1, 2, 3, 4, 5, 6))")]
    [DataRow("{\"Channels\":\t6,\r\n\"Seed\": 7, \"\\u0046ill\": \"-\\u0034\", \"Layout\": \"channelslast\" }\n", "-4")]
    public void Options_may_be_written_by_hand(string json, string fill) => CollectionAssert.AreEqual(
        Drop(new DropoutOptions { Channels = 6, Seed = 7, Fill = DropoutFill.Parse(fill) }), Drop(json));

    [TestMethod]
    [DataRow("\"Channels\": 6, \"Copies\": 2",
        "There is no option Copies. The options of a row are Channels, Groups, Layout, Shape, NoiseShape, PerElement,"
        + " SharedAcrossRows, Rate, Rates, DroppedChannels, LostChannels, MinKept, RowProbability, OutageSteps, Scaling, Fill,"
        + " Seed; those of a stage or view are not among them.")]
    [DataRow("\"channels\": 6", "There is no option channels. The options of a row are Channels, ")]
    [DataRow("\"Channels\": 6, \"Channels\": 6", "The options cannot be read. Duplicate property 'Channels'")]
    [DataRow("\"Channels\": 6, \"\\u0043hannels\": 6", "The options cannot be read. Duplicate property 'Channels'")]
    [DataRow("\"Channels\": \"6\"", "Channels must be an integer, or null, but is \"6\".")]
    [DataRow("\"Channels\": 6.5", "Channels must be an integer, or null, but is 6.5.")]
    [DataRow("\"Channels\": 4294967302", "Channels must be an integer, or null, but is 4294967302.")]
    [DataRow("\"Groups\": 6", "Groups must be an array of integers, or null, but is 6.")]
    [DataRow("\"Groups\": [6, null]", "Groups must be an array of integers, or null, but is [6, null].")]
    [DataRow("\"Shape\": {}", "Shape must be an array of integers, or null, but is {}.")]
    [DataRow("\"NoiseShape\": \"[1]\"", "NoiseShape must be an array of integers, or null, but is \"[1]\".")]
    [DataRow("\"LostChannels\": [0.5]", "LostChannels must be an array of integers, or null, but is [0.5].")]
    [DataRow("\"Layout\": null", "Layout must be ChannelsLast or ChannelsFirst, but is null.")]
    [DataRow("\"Layout\": 1", "Layout must be ChannelsLast or ChannelsFirst, but is 1.")]
    [DataRow("\"Layout\": \"Middle\"", "Layout must be ChannelsLast or ChannelsFirst, but is \"Middle\".")]
    [DataRow("\"Scaling\": \"\\ud800\"", "Scaling must be None or Inverted, but is \"\\ud800\".")]
    [DataRow("\"PerElement\": 1", "PerElement must be true or false, but is 1.")]
    [DataRow("\"SharedAcrossRows\": \"true\"", "SharedAcrossRows must be true or false, but is \"true\".")]
    [DataRow("\"Rate\": \"NaN\"", "Rate must be a number, or null, but is \"NaN\".")]
    [DataRow("\"Rates\": [0.5, false]", "Rates must be an array of numbers, or null, but is [0.5, false].")]
    [DataRow("\"DroppedChannels\": [1, 2]",
        "DroppedChannels must be { \"Min\": integer, \"Max\": integer }, or null, but is [1, 2].")]
    [DataRow("\"DroppedChannels\": { \"Min\": 1 }",
        "DroppedChannels must be { \"Min\": integer, \"Max\": integer }, or null, but is { \"Min\": 1 }.")]
    [DataRow("\"OutageSteps\": { \"Min\": 1, \"Max\": 2, \"Mean\": 1 }",
        "OutageSteps must be { \"Min\": integer, \"Max\": integer }, or null, but is { \"Min\": 1, \"Max\": 2, \"Mean\": 1 }.")]
    [DataRow("\"OutageSteps\": { \"Min\": 1, \"max\": 2 }",
        "OutageSteps must be { \"Min\": integer, \"Max\": integer }, or null, but is { \"Min\": 1, \"max\": 2 }.")]
    [DataRow("\"MinKept\": null", "MinKept must be an integer, but is null.")]
    [DataRow("\"RowProbability\": null", "RowProbability must be a number, but is null.")]
    [DataRow("\"Fill\": true", "Fill must be text or a number, but is true.")]
    [DataRow("\"Fill\": \"Median\"",
        "A fill must be Zero, Missing, ChannelMean, LastValue, a number such as -40, PerChannel(0, -40, 999) or OneOf(Zero,"
        + " Missing), but is 'Median'.")]
    [DataRow("\"Seed\": 2147483648", "Seed must be an integer, or null, but is 2147483648.")]
    public void What_is_no_option_and_what_has_another_form_is_refused_by_name(string member, string message) =>
        StringAssert.StartsWith(Refusal(() => Drop($"{{ {member} }}")), message);

    [TestMethod]
    [DataRow("\"Channels\": 6")]
    [DataRow("\"Channels\": 6, \"Seed\": null")]
    [DataRow("\"Seed\": 7")]
    [DataRow("\"Channels\": 7, \"Seed\": 7")]
    [DataRow("\"Channels\": 0, \"Seed\": 7")]
    [DataRow("\"Channels\": 6, \"Rate\": 2, \"Seed\": 7")]
    [DataRow("\"Channels\": 6, \"Rate\": 0.3, \"Rates\": [0, 0, 0, 0, 0, 0], \"Seed\": 7")]
    [DataRow("\"Channels\": 6, \"LostChannels\": [6], \"Seed\": 7")]
    [DataRow("\"Channels\": 6, \"OutageSteps\": { \"Min\": 0, \"Max\": 9 }, \"Seed\": 7")]
    [DataRow("\"Channels\": 6, \"Fill\": null, \"Seed\": 7")]
    [DataRow("\"Channels\": 6, \"Fill\": \"ChannelMean\", \"Seed\": 7")]
    [DataRow("\"Channels\": 6, \"Fill\": \"1E+300\", \"Seed\": 7")]
    public void What_a_plan_refuses_is_refused_in_its_own_words(string members)
    {
        string json = $"{{ {members} }}";
        string? refusal = Refusal(() => Drop(JsonSerializer.Deserialize<DropoutOptions>(json)!));
        Assert.IsNotNull(refusal);
        Assert.AreEqual(refusal, Refusal(() => Drop(json)));
    }

    [TestMethod]
    [DataRow("", "The options cannot be read. The input does not contain any JSON tokens.")]
    [DataRow("{ \"Channels\": 6", "LineNumber: 0 | BytePositionInLine: 15.")]
    [DataRow("{\n \"Channels\": six }",
        "The options cannot be read. 's' is an invalid start of a value. LineNumber: 1 | BytePositionInLine: 13.")]
    [DataRow("{ \"Channels\": 6, }", "trailing comma")]
    [DataRow("{ } /* comment */", "The options cannot be read. '/' is")]
    [DataRow("{ } { }", "The options cannot be read. '{' is")]
    [DataRow("null", "The options must be a JSON object, but are null.")]
    [DataRow("[ 6 ]", "The options must be a JSON object, but are [ 6 ].")]
    [DataRow("{ \"\\ud800\": 6 }", "The options cannot be read. Cannot read incomplete UTF-16")]
    public void What_is_not_json_is_refused_with_its_place(string json, string message) =>
        StringAssert.Contains(Refusal(() => Drop(json)), message);

    [TestMethod]
    public void What_is_not_utf8_is_refused() => Assert.AreEqual(
        "The options are not UTF-8.",
        Refusal(() => new NativePlan([.. "{ \"Fill\": \""u8, 0xFF, .. "\" }"u8], Length).Dispose()));

    [TestMethod]
    public void Depth_exhausts_no_stack()
    {
        const int Depth = 1_000_000;
        StringAssert.Contains(Refusal(() => Drop(new string('[', Depth))), "maximum configured depth");
        string fill = new StringBuilder().Insert(0, "OneOf(", Depth).Append(')', Depth).ToString();
        StringAssert.StartsWith(Refusal(() => Drop($$"""{ "Fill": "{{fill}}" }""")), "A fill must be Zero, Missing, ");
    }

    // What becomes of 50 rows: by the library, and by DropoutPlan.
    private static float[] Drop(JsonObject json) => Drop(json.ToJsonString());

    private static float[] Drop(string json)
    {
        using var plan = new NativePlan(json, Length);
        return plan.Apply(Keys(), Rows());
    }

    private static float[] Drop(DropoutOptions options) => DropoutPlan.Create(options, Length).Apply(Keys(), Rows());

    private static MaskKey[] Keys() => [.. Enumerable.Range(0, 50).Select(row => new MaskKey((ulong)row, High: 1))];

    private static float[] Rows() => [.. Enumerable.Range(1, 50 * Length).Select(value => (float)value)];

    // The words of an error without the parameter and its value, which .NET appends. Null if there is none.
    private static string? Refusal(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (NativeException refused)
        {
            Assert.AreEqual(NativeException.InvalidArgument, refused.Status);
            return refused.Message;
        }
        catch (ArgumentException refused)
        {
            return refused.Message.Split(" (Parameter '")[0];
        }
    }
}
