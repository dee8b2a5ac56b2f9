using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Any options and any schema either work or throw a documented exception that names the wrong option.</summary>
[TestClass]
public sealed class FuzzTests : DropoutTests
{
    private static readonly string[] Names = ["Features", "Doubles", "Scalar", "Number", "Class", "IsFast", "Tokens", "Nowhere", "", " "];

    private static readonly Gen<double> Doubles = Gen.OneOf(
        Gen.Double[-0.5, 1.5], Gen.Double,
        Gen.Const(double.NaN), Gen.Const(0.0), Gen.Const(1.0), Gen.Const(double.PositiveInfinity));

    private static readonly Gen<int> Integers = Gen.Frequency((9, Gen.OneOf(Gen.Int[1, 4], Gen.Int[-2, 14])), (1, Gen.Int));

    private static readonly Gen<string> AnyName = Gen.Int[0, Names.Length - 1].Select(i => Names[i]);

    private static readonly Gen<int[]?> Shapes = Gen.OneOf(Gen.Const((int[]?)null), Integers.Array[0, 4].Select(int[]? (sizes) => sizes));

    private static readonly Gen<SpatialDropoutOptions> Any =
        from output in Gen.Frequency((3, Gen.Const("Features")), (1, AnyName))
        from names in AnyName.Array[2]
        from numbers in Integers.Array[6]
        from doubles in Doubles.Array[3]
        from rates in Doubles.Array[0, 5]
        from given in Gen.Int[0, 3].Select(i => i == 0).Array[12]
        from shape in Shapes
        from noise in Shapes
        from groups in Shapes
        from columns in AnyName.Array[0, 3]
        from layout in Gen.OneOf(Gen.Enum<ChannelLayout>(), Gen.Const((ChannelLayout)9))
        from scaling in Gen.OneOf(Gen.Enum<DropoutScaling>(), Gen.Const((DropoutScaling)9))
        from fill in Gen.OneOf(Gen.Const(DropoutFill.ChannelMean), Doubles.Select(DropoutFill.Constant))
        select WithRate(new SpatialDropoutOptions
        {
            OutputColumnName = given[11] && numbers[0] > 2 ? "" : output,
            Columns = given[11] ? columns : null,
            InputColumnName = given[0] ? names[0] : null,
            MaskKeyColumnName = given[1] ? names[1] : null,
            Channels = given[2] ? null : numbers[0],
            Layout = given[3] ? layout : default,
            Groups = given[10] ? groups : null,
            Shape = given[2] ? shape : null,
            NoiseShape = given[2] ? noise : null,
            Rates = given[4] ? rates : null,
            DroppedChannels = given[5] ? (numbers[1], numbers[2]) : null,
            MinKept = given[6] ? numbers[3] : 0,
            RowProbability = given[6] ? doubles[0] : 1,
            Scaling = given[7] ? scaling : DropoutScaling.None,
            Fill = fill,
            Copies = Math.Min(numbers[4], 5),
            SharedAcrossRows = given[7],
            KeepOriginal = given[3],
            Seed = numbers[5],
            PerElement = given[8],
        }, given[9] ? doubles[1] : null);

    private static readonly Gen<double> NoProbability =
        Gen.OneOf(Gen.Double[-9, -0.001], Gen.Double[1.001, 9], Gen.Const(double.NaN), Gen.Const(double.NegativeInfinity));

    private static readonly Gen<int> NotPositive = Gen.OneOf(Gen.Int[-9, 0], Gen.Const(int.MinValue));

    // Longer than any row of AnyViewOptions.
    private static readonly Gen<int> TooMany = Gen.OneOf(Gen.Int[30_000, 40_000], Gen.Const(int.MaxValue));

    // Each makes exactly one option wrong.
    private static readonly Func<SpatialDropoutOptions, Gen<(SpatialDropoutOptions Wrong, string Option, object? Value)>>[]
        Mistakes =
    [
        Mistake("OutputColumnName", Gen.OneOf(Gen.Const(""), Gen.Const(" ")), (right, name) => right with { OutputColumnName = name }),
        Mistake("InputColumnName", Gen.OneOf(Gen.Const(""), Gen.Const(" ")), (right, name) => right with { InputColumnName = name }),
        Mistake("MaskKeyColumnName", Gen.OneOf(Gen.Const(""), Gen.Const(" "), Gen.Const("Features")),
            (right, name) => right with { MaskKeyColumnName = name, SharedAcrossRows = false }),
        Mistake("MaskKeyColumnName", Gen.Const("Number"),
            (right, name) => right with { MaskKeyColumnName = name, SharedAcrossRows = true }),
        Mistake("Channels", NotPositive, (right, channels) => ByChannels(right, channels)),
        Mistake("Channels", TooMany, (right, channels) => ByChannels(right, channels)),
        Mistake("Channels", Gen.Const(1), (right, channels) => ByChannels(right, channels) with { Shape = [2] }),
        Mistake("Channels", Gen.Const(1), (right, channels) => ByChannels(right, channels) with { NoiseShape = [1] }),
        Mistake("Columns", Gen.OneOf(Gen.Const(Array.Empty<string>()), Gen.Const(new[] { "Features", "Features" })),
            (right, columns) => ByChannels(Always(right), 1) with { OutputColumnName = "", Columns = columns }),
        Mistake("Columns", Gen.Const(new[] { "Features" }), (right, columns) => ByChannels(Always(right), 1) with { Columns = columns }),
        Mistake("Columns", Gen.Const(new[] { "Features" }),
            (right, columns) => ByShape(Always(right), null, null) with { OutputColumnName = "", Columns = columns, PerElement = true }),
        Mistake("MinKept", Gen.Const(2),
            (right, least) => ByShape(Always(right), null, null) with
            {
                OutputColumnName = "",
                Columns = ["Features"],
                MinKept = least,
            }),
        Mistake("Groups", Gen.Const(Array.Empty<int>()), (right, groups) => ByGroups(right, groups)),
        Mistake("Groups", NotPositive.Where(size => size < 0).Select(size => new[] { 1, size }),
            (right, groups) => ByGroups(right, groups)),
        Mistake("Groups", TooMany.Select(size => new[] { 1, size }), (right, groups) => ByGroups(right, groups)),
        Mistake("Groups", Gen.Const(new[] { 1, 1 }), (right, groups) => ByGroups(right, groups) with { Channels = 3 }),
        Mistake("Groups", Gen.Const(new[] { 1 }), (right, groups) => ByGroups(right, groups) with { Shape = [1] }),
        Mistake("PerElement", Gen.Const(true), (right, on) => ByGroups(right, [1]) with { PerElement = on }),
        Mistake("PerElement", Gen.Const(true), (right, on) => ByChannels(right, 1) with { PerElement = on }),
        Mistake("PerElement", Gen.Const(true), (right, on) => ByShape(right, [1], null) with { PerElement = on }),
        Mistake("Layout", Gen.Const((ChannelLayout)9), (right, layout) => right with { Layout = layout }),
        Mistake("Layout", Gen.Const(ChannelLayout.ChannelsFirst),
            (right, layout) => ByShape(right, [1], null) with { Layout = layout }),
        Mistake("Shape", NotPositive.Select(size => new[] { 1, size }), (right, shape) => ByShape(right, shape, null)),
        Mistake("Shape", TooMany.Select(size => new[] { size }), (right, shape) => ByShape(right, shape, null)),
        Mistake("NoiseShape", Gen.Const(new[] { 1, 1 }), (right, noise) => ByShape(right, [2], noise)),
        Mistake("NoiseShape", TooMany.Select(size => new[] { size }), (right, noise) => ByShape(right, [2], noise)),
        Mistake("NoiseShape", Gen.Const(new[] { 1, 1 }), (right, noise) => ByShape(right, null, noise)),
        Mistake("Rate", NoProbability, (right, rate) => Always(right) with { Rate = rate }),
        Mistake("Rates[1]", NoProbability, (right, rate) => Always(right) with { Rates = [0, rate, 0.5] }),
        Mistake("Rates", Gen.Const(new double[5000]), (right, rates) => Always(right) with { Rates = rates }),
        Mistake("Rates", Gen.Const(new[] { 0.1 }), (right, rates) => Always(right) with { Rates = rates, Rate = 0.1 }),
        Mistake("DroppedChannels", NotPositive.Select(min => (min - 1, 1)),
            (right, dropped) => Always(right) with { DroppedChannels = dropped }),
        Mistake("DroppedChannels", Gen.Int[0, 3].Select(max => (max + 1, max)),
            (right, dropped) => Always(right) with { DroppedChannels = dropped }),
        Mistake("DroppedChannels", TooMany.Select(max => (0, max)),
            (right, dropped) => Always(right) with { DroppedChannels = dropped }),
        Mistake("DroppedChannels", Gen.Const((0, 1)),
            (right, dropped) => Always(right) with { DroppedChannels = dropped, Rate = 0.1 }),
        Mistake("LostChannels", NotPositive.Where(channel => channel < 0).Select(channel => new[] { 0, channel }),
            (right, lost) => Always(right) with { LostChannels = lost }),
        Mistake("LostChannels", TooMany.Select(channel => new[] { 0, channel }),
            (right, lost) => Always(right) with { LostChannels = lost }),
        Mistake("LostChannels", Gen.Const(new[] { 0 }),
            (right, lost) => Always(right) with { LostChannels = lost, Rate = 0.1 }),
        Mistake("MinKept", NotPositive.Select(least => least == 0 ? -1 : least), (right, least) => right with { MinKept = least }),
        Mistake("MinKept", TooMany, (right, least) => right with { MinKept = least }),
        Mistake("MinKept", Gen.Const(1),
            (right, least) => Always(right) with { Rate = 1, MinKept = least, Scaling = DropoutScaling.Inverted }),
        Mistake("RowProbability", NoProbability, (right, probability) => right with { RowProbability = probability }),
        Mistake("Scaling", Gen.Const((DropoutScaling)9), (right, scaling) => right with { Scaling = scaling }),
        Mistake("Scaling", Gen.Const(DropoutScaling.Inverted),
            (right, scaling) => Always(right) with { Scaling = scaling, DroppedChannels = (0, 1) }),
        Mistake("Scaling", Gen.Const(DropoutScaling.Inverted),
            (right, scaling) => Always(right) with { Scaling = scaling, Fill = DropoutFill.Constant(3) }),
        Mistake("OutageSteps", NotPositive.Select(min => new CountRange(min, 1)),
            (right, steps) => ByChannels(Always(right), 1) with { OutageSteps = steps }),
        Mistake("OutageSteps", TooMany.Select(max => new CountRange(1, max)),
            (right, steps) => ByChannels(Always(right), 1) with { OutageSteps = steps }),
        Mistake("OutageSteps", Gen.Const(new CountRange(1, 1)),
            (right, steps) => ByShape(Always(right), null, null) with { PerElement = true, OutageSteps = steps }),
        Mistake("Scaling", Gen.Const(DropoutScaling.Inverted),
            (right, scaling) => ByChannels(Always(right), 1) with { Scaling = scaling, OutageSteps = (1, 1) }),
        Mistake("Fill", Gen.OneOf(
                Gen.Const(DropoutFill.PerChannel(1, 2)),
                Gen.Const(DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.PerChannel(1, 2, 3)))),
            (right, fill) => ByChannels(Always(right), 1) with { Fill = fill }),
        Mistake("Fill", Gen.Const(DropoutFill.OneOf(DropoutFill.LastValue)),
            (right, fill) => ByShape(Always(right), null, null) with { PerElement = true, Fill = fill }),
        Mistake("Fill", Gen.Const((DropoutFill?)null), (right, fill) => right with { Fill = fill! }),
        Mistake("Fill", Gen.OneOf(Gen.Const(1e39), Gen.Const(-1e300)).Select(DropoutFill.Constant),
            (right, fill) => right with { Fill = fill, Scaling = DropoutScaling.None }),
        Mistake("Copies", NotPositive, (right, copies) => right with { Copies = copies }),
    ];

    [TestMethod]
    public void Works_or_says_what_is_wrong()
    {
        int worked = 0;
        int refused = 0;
        Any.Sample(options =>
        {
            var mlContext = new MLContext(1);
            IDataView rows = mlContext.Data.LoadFromEnumerable(SensorRow.Generate(4));
            IDataView data = mlContext.Transforms.Text.TokenizeIntoWords("Tokens", "Class")
                .Append(mlContext.Transforms.Conversion.ConvertType("Scalar", "Number", DataKind.Single))
                .Fit(rows).Transform(rows);
            try
            {
                IDataView view = MakeView(mlContext, data, options);
                int perInput = options.Copies + (options.KeepOriginal ? 1 : 0);
                string[] columns = [.. options.Columns ?? [options.OutputColumnName]];
                foreach (string column in columns)
                {
                    int count = view.Schema[column].Type.RawType == typeof(float) ? view.GetColumn<float>(column).Count()
                        : view.Schema[column].Type.RawType == typeof(VBuffer<float>)
                            ? AssertLengths(ViewRow<float>.Read(view, column))
                        : AssertLengths(ViewRow<double>.Read(view, column));
                    Assert.AreEqual(4 * perInput, count);
                }

                // A stage in a chain behaves the same.
                var chain = MakeStage(mlContext, options)
                    .Append(mlContext.Transforms.NormalizeMinMax("Normalized", columns[0]));
                Assert.IsNotNull(chain.Fit(data).Transform(data).Schema.GetColumnOrNull("Normalized"));
                Interlocked.Increment(ref worked);
            }
            catch (Exception refusal) when (refusal is ArgumentException or InvalidOperationException)
            {
                Assert.IsTrue(
                    typeof(SpatialDropoutOptions).GetProperties()
                            .Any(option => States(refusal.Message, option.Name, option.GetValue(options)))
                        || options.Rates?.Where((rate, i) => States(refusal.Message, $"Rates[{i}]", rate)).Any() == true
                        || options.Columns?.Where((name, i) => States(refusal.Message, $"Columns[{i}]", name)).Any() == true
                        || (options.Columns ?? [options.InputColumnName ?? options.OutputColumnName])
                            .Append(options.MaskKeyColumnName)
                            .Any(column => refusal.Message.StartsWith($"Schema mismatch for column '{column}': expected ")),
                    $"names no option with its value, and no column: {refusal}");
                Interlocked.Increment(ref refused);
            }
        }, iter: 20_000, time: -1);

        Assert.IsGreaterThan(500, worked, "options that are right are among them");
        Assert.IsGreaterThan(1000, refused);
    }

    [TestMethod]
    public void Says_which_option_is_wrong_and_its_value()
    {
        var mlContext = new MLContext(1);
        int[] refused = new int[Mistakes.Length];
        Gen.Select(AnyViewOptions.ForViews, Gen.Int[0, Mistakes.Length - 1]).SelectMany(drawn =>
        {
            ((SpatialDropoutOptions Options, int Length) right, int mistake) = drawn;
            return Mistakes[mistake](right.Options).Select(wrong => (wrong, right.Length, mistake));
        }).Sample(drawn =>
        {
            ((SpatialDropoutOptions options, string option, object? value), int length, int mistake) = drawn;
            var source = new VirtualView<float>(1, length, _ => throw new InvalidOperationException("read"));
            foreach (Action use in new Action[]
            {
                () => MakeView(mlContext, source, options),
                () => MakeStage(mlContext, options).Fit(source),
            })
            {
                string message = Assert.Throws<ArgumentException>(use, $"{options}").Message;
                Assert.IsTrue(
                    message.StartsWith($"{option} ", StringComparison.Ordinal) && States(message, option, value),
                    $"{option} is wrong in {options}, but: {message}");
            }

            Interlocked.Increment(ref refused[mistake]);
        }, iter: 3000, time: -1);

        Assert.DoesNotContain(0, refused, "every mistake is made");
    }

    // "Rate must be ..., but is 1.5." or "Rate is 0.5 while ...".
    private static bool States(string message, string option, object? value)
    {
        string shown = value is string text && string.IsNullOrWhiteSpace(text)
            ? "missing or empty"
            : value is IEnumerable list and not string
                ? $"[{string.Join(", ", list.Cast<object>().Select(element => string.Create(CultureInfo.InvariantCulture, $"{element}")))}]"
            : string.Create(CultureInfo.InvariantCulture, $"{value ?? "null"}");
        return Regex.IsMatch(
            message, $@"(?<!\w){Regex.Escape(option)} (must be .+, but )?is '?{Regex.Escape(shown)}(?![\w])", RegexOptions.IgnoreCase);
    }

    private static Func<SpatialDropoutOptions, Gen<(SpatialDropoutOptions Wrong, string Option, object? Value)>> Mistake<T>(
        string option, Gen<T> values, Func<SpatialDropoutOptions, T, SpatialDropoutOptions> make) =>
        right => values.Select(value => (make(right, value), option, (object?)value));

    private static SpatialDropoutOptions ByChannels(SpatialDropoutOptions options, int channels) =>
        ByShape(options, null, null) with { Channels = channels };

    private static SpatialDropoutOptions ByGroups(SpatialDropoutOptions options, int[] groups) =>
        ByShape(Always(options), null, null) with { Groups = groups };

    private static SpatialDropoutOptions ByShape(
        SpatialDropoutOptions options, int[]? shape, int[]? noiseShape) => options with
        {
            Channels = null,
            Groups = null,
            Layout = ChannelLayout.ChannelsLast,
            Shape = shape,
            NoiseShape = noiseShape,
            PerElement = false,
            OutageSteps = null,
            Fill = DropoutFill.Zero,
            Rate = options.Rates is null ? options.Rate : 0.5,
            Rates = null,
        };

    private static SpatialDropoutOptions Always(SpatialDropoutOptions options) => options with
    {
        Rate = null,
        Rates = null,
        DroppedChannels = null,
        LostChannels = null,
        MinKept = 0,
        OutageSteps = null,
        Scaling = DropoutScaling.None,
        Fill = DropoutFill.Zero,
    };

    private static SpatialDropoutOptions WithRate(SpatialDropoutOptions options, double? rate) =>
        rate is null ? options : options with { Rate = rate.Value };

    private static int AssertLengths<T>(List<ViewRow<T>> rows)
        where T : unmanaged
    {
        Assert.IsTrue(rows.TrueForAll(row => row.Values.Length == SensorRow.Length), "never a wrong length");
        return rows.Count;
    }
}
