using System.Globalization;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class DropoutFillTests
{
    private static readonly DropoutFill[] Fills =
    [
        DropoutFill.Zero, DropoutFill.Missing, DropoutFill.ChannelMean, DropoutFill.Constant(1), DropoutFill.Constant(-1),
        DropoutFill.Constant(double.PositiveInfinity), DropoutFill.LastValue, DropoutFill.PerChannel(1),
        DropoutFill.PerChannel(1, 2), DropoutFill.PerChannel(2, 1), DropoutFill.PerChannel(1, double.NaN), DropoutFill.OneOf(DropoutFill.Zero),
        DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing), DropoutFill.OneOf(DropoutFill.Missing, DropoutFill.Zero),
        DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Zero),
        DropoutFill.OneOf(
            DropoutFill.PerChannel(1, 2), DropoutFill.LastValue, DropoutFill.ChannelMean, DropoutFill.Constant(-0.5)),
    ];

    [TestMethod]
    public void Fills_that_write_the_same_are_equal()
    {
        DropoutFill fill = DropoutFill.Constant(-1.5);
        DropoutFill same = DropoutFill.Constant(-1.5);

        Assert.AreNotSame(fill, same);
        Assert.IsTrue(fill.Equals(same));
        Assert.IsTrue(fill.Equals((object)same));
        Assert.IsTrue(fill == same);
        Assert.IsFalse(fill != same);
        Assert.AreEqual(fill.GetHashCode(), same.GetHashCode());
    }

    [TestMethod]
    public void Fills_of_equal_values_are_equal()
    {
        foreach ((DropoutFill fill, DropoutFill same) in new[]
        {
            (DropoutFill.PerChannel(1, double.NaN), DropoutFill.PerChannel(1, double.NaN)),
            (DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.PerChannel(1, 2)),
                DropoutFill.OneOf(DropoutFill.Constant(0), DropoutFill.PerChannel(1, 2))),
        })
        {
            Assert.AreNotSame(fill, same);
            Assert.IsTrue(fill == same);
            Assert.IsTrue(fill.Equals((object)same));
            Assert.AreEqual(fill.GetHashCode(), same.GetHashCode());
        }
    }

    [TestMethod]
    public void Fills_that_write_different_values_differ()
    {
        foreach (DropoutFill fill in Fills)
        {
            foreach (DropoutFill other in Fills.Where(other => !ReferenceEquals(other, fill)))
            {
                Assert.IsFalse(fill.Equals(other), $"{fill} and {other}");
                Assert.IsTrue(fill != other);
            }

            Assert.IsFalse(fill.Equals(null));
            Assert.IsFalse(fill == null);
            Assert.IsFalse(null == fill);
            Assert.IsFalse(fill.Equals((object)"a text"));
        }

        DropoutFill? none = null;
        Assert.IsTrue(none == null);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(-0.0)]
    public void A_constant_of_zero_is_Zero(double zero) => Assert.AreSame(DropoutFill.Zero, DropoutFill.Constant(zero));

    [TestMethod]
    public void A_constant_of_NaN_is_Missing() => Assert.AreSame(DropoutFill.Missing, DropoutFill.Constant(double.NaN));

    [TestMethod]
    public void Values_are_what_is_written()
    {
        Assert.AreEqual(0, DropoutFill.Zero.Value);
        Assert.AreEqual(double.NaN, DropoutFill.Missing.Value);
        Assert.AreEqual(-1.5, DropoutFill.Constant(-1.5).Value);
        Assert.IsNull(DropoutFill.ChannelMean.Value);
        Assert.IsNull(DropoutFill.LastValue.Value);

        DropoutFill perChannel = DropoutFill.PerChannel(0, -40, double.NaN);
        Assert.IsNull(perChannel.Value);
        CollectionAssert.AreEqual(new[] { 0, -40, double.NaN }, perChannel.Values!.ToArray());
        Assert.IsNull(perChannel.Fills);

        DropoutFill oneOf = DropoutFill.OneOf(DropoutFill.Zero, perChannel);
        Assert.IsNull(oneOf.Value);
        Assert.IsNull(oneOf.Values);
        CollectionAssert.AreEqual(new[] { DropoutFill.Zero, perChannel }, oneOf.Fills!.ToArray());
        foreach (DropoutFill fill in Fills.Take(7))
            Assert.IsTrue(fill.Values is null && fill.Fills is null, $"{fill}");
    }

    [TestMethod]
    public void Later_changes_of_an_array_change_no_fill()
    {
        double[] values = [1, 2];
        DropoutFill[] fills = [DropoutFill.Zero, DropoutFill.Missing];
        DropoutFill perChannel = DropoutFill.PerChannel(values);
        DropoutFill oneOf = DropoutFill.OneOf(fills);

        values[0] = 9;
        fills[0] = DropoutFill.LastValue;

        CollectionAssert.AreEqual(new double[] { 1, 2 }, perChannel.Values!.ToArray());
        CollectionAssert.AreEqual(new[] { DropoutFill.Zero, DropoutFill.Missing }, oneOf.Fills!.ToArray());
    }

    [TestMethod]
    public void Fills_of_nothing_of_null_or_of_a_OneOf_are_refused()
    {
        Refused(() => DropoutFill.PerChannel(), "values must be one value or more, but is [].");
        Refused(
            () => DropoutFill.OneOf(), "fills must be one fill or more, none of them a OneOf (name its fills instead), but is [].");
        Refused(
            () => DropoutFill.OneOf(DropoutFill.Missing, DropoutFill.OneOf(DropoutFill.Zero)),
            "fills must be one fill or more, none of them a OneOf (name its fills instead), but is [Missing, OneOf(Zero)].");
        Assert.AreEqual(
            "fills", Assert.ThrowsExactly<ArgumentNullException>(() => DropoutFill.OneOf(DropoutFill.Zero, null!)).ParamName);

        static void Refused(Action make, string message)
        {
            var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(make);
            StringAssert.StartsWith(refusal.Message, message);
            Assert.AreEqual(message[..message.IndexOf(' ')], refusal.ParamName);
        }
    }

    [TestMethod]
    public void Texts_are_names_and_numbers() => CollectionAssert.AreEqual(
        new[]
        {
            "Zero", "Missing", "ChannelMean", "1", "-1", "Infinity", "LastValue", "PerChannel(1)", "PerChannel(1, 2)",
            "PerChannel(2, 1)", "PerChannel(1, NaN)", "OneOf(Zero)", "OneOf(Zero, Missing)", "OneOf(Missing, Zero)",
            "OneOf(Zero, Zero)", "OneOf(PerChannel(1, 2), LastValue, ChannelMean, -0.5)",
        },
        Fills.Select(fill => fill.ToString()).ToArray());

    [TestMethod]
    public void Texts_are_read_in_every_case_with_any_spaces_and_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("")
            {
                NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus " },
            };
            foreach (DropoutFill fill in Fills)
            {
                string text = fill.ToString();
                Assert.AreEqual(fill, DropoutFill.Parse(text));
                Assert.AreEqual(fill, DropoutFill.Parse($"  {text.ToUpperInvariant()} "));
                Assert.AreEqual(fill, DropoutFill.Parse(text.ToLowerInvariant().Replace(" ", "")));
                Assert.AreEqual(
                    fill, DropoutFill.Parse(text.Replace("(", "( ").Replace(",", "\t, ").Replace(")", "  )")));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.AreSame(DropoutFill.Zero, DropoutFill.Parse("-0.0"));
        Assert.AreSame(DropoutFill.Missing, DropoutFill.Parse("NaN"));
        Assert.AreEqual(DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing), DropoutFill.Parse("OneOf(0, NaN)"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("Median")]
    [DataRow("1,5")]
    [DataRow("PerChannel")]
    [DataRow("PerChannel()")]
    [DataRow("PerChannel(1, )")]
    [DataRow("PerChannel(, 1)")]
    [DataRow("PerChannel(1, Missing)")]
    [DataRow("PerChannel(1, 2")]
    [DataRow("PerChannel(1, 2))")]
    [DataRow("PerChannel((1, 2))")]
    [DataRow("PerChannel(1), 2)")]
    [DataRow("OneOf")]
    [DataRow("OneOf()")]
    [DataRow("OneOf(Zero,)")]
    [DataRow("OneOf(Zero, Median)")]
    [DataRow("OneOf(Zero, oneof(Missing))")]
    [DataRow("OneOf(Zero) and more")]
    [DataRow("OneOf(PerChannel(1, 2)")]
    [DataRow("OneOf(Zero)(Missing)")]
    [DataRow("OneOf(Zero), OneOf(Missing)")]
    public void Other_texts_are_refused(string text)
    {
        string message = Assert.ThrowsExactly<FormatException>(() => DropoutFill.Parse(text)).Message;

        StringAssert.StartsWith(message, "A fill must be Zero, Missing, ChannelMean, LastValue, a number such as -40, PerChannel(0,");
    }

    [TestMethod]
    public void A_deep_text_exhausts_no_stack()
    {
        const int Depth = 1_000_000;
        string text = string.Concat(Enumerable.Repeat("OneOf(", Depth)) + new string(')', Depth);

        Assert.ThrowsExactly<FormatException>(() => DropoutFill.Parse(text));
    }

    [TestMethod]
    public void No_text_is_no_fill() => Assert.ThrowsExactly<ArgumentNullException>(() => DropoutFill.Parse(null!));
}
