namespace MLNet.SpatialDropout.Tests;

/// <summary>A constant out of the range of <see cref="float"/> is refused for rows of floats before any is written.</summary>
[TestClass]
public sealed class FillRangeTests
{
    private static readonly MaskKey[] Keys = [new(7), new(3)];

    [TestMethod]
    [DataRow(1e300, "1E+300")]
    [DataRow(-1e300, "-1E+300")]
    [DataRow(3.5e38, "3.5E+38")]
    public void Singles_refuse_a_constant_that_is_too_large(double value, string shown)
    {
        DropoutPlan plan = PlanFor(value);
        float[] source = [.. Enumerable.Repeat(1f, 12)];
        float[] destination = [.. Enumerable.Repeat(2f, 12)];

        foreach (Action apply in new Action[]
        {
            () => plan.Apply(Keys[0], source.AsSpan(0, 6), destination.AsSpan(0, 6)),
            () => plan.ApplyRows(Keys[0], source, destination),
            () => plan.ApplyRows(Keys, source, destination),
            () => plan.Apply(Keys[0], source.AsSpan(0, 6), source.AsSpan(0, 6)),
            () => plan.ApplyRows(Keys[0], source, source),
            () => plan.ApplyRows(Keys, source, source),
        })
        {
            var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(apply);
            Assert.AreEqual(nameof(DropoutOptions.Fill), refusal.ParamName);
            Assert.AreEqual(DropoutFill.Constant(value), refusal.ActualValue);
            StringAssert.StartsWith(
                refusal.Message,
                $"Fill must be a constant that fits into a Single, the element type of the rows, but is {shown}.");
        }

        Assert.IsTrue(source.All(element => element == 1));
        Assert.IsTrue(destination.All(element => element == 2));
    }

    // Whichever of the values is too large, and whether or not it would be drawn.
    [TestMethod]
    [DataRow("PerChannel(0, 1E+300, 0)")]
    [DataRow("PerChannel(NaN, 0, -3.5E+38)")]
    [DataRow("OneOf(Zero, LastValue, 1E+300)")]
    [DataRow("OneOf(Missing, PerChannel(1, 2, 3), PerChannel(1, -1E+300, 3))")]
    public void Singles_refuse_one_of_several_that_is_too_large(string fill)
    {
        DropoutOptions options = PlanFor(0).Options with { Rate = 0, Fill = DropoutFill.Parse(fill) };
        DropoutPlan plan = DropoutPlan.Create(options, 6);
        float[] row = [.. Enumerable.Repeat(1f, 6)];

        var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => plan.Apply(Keys[0], row, row));
        Assert.AreEqual(nameof(DropoutOptions.Fill), refusal.ParamName);
        Assert.AreEqual(options.Fill, refusal.ActualValue);
        StringAssert.StartsWith(
            refusal.Message, $"Fill must be a constant that fits into a Single, the element type of the rows, but is {fill}.");
        Assert.IsTrue(row.All(element => element == 1));

        double[] doubles = [.. Enumerable.Range(1, 6)];
        DropoutOptions always = options with { Rate = 1 };
        double[] expected = ReferenceDropout.Apply<double>(always, Keys[0], doubles);
        DropoutPlan.Create(always, 6).Apply(Keys[0], doubles, doubles);
        Bits.AreEqual<double>(expected, doubles);
    }

    [TestMethod]
    public void Doubles_take_it()
    {
        DropoutPlan plan = PlanFor(1e300);
        double[] source = [.. Enumerable.Repeat(1.0, 12)];
        double[] expected = [.. Keys.SelectMany(key => ReferenceDropout.Apply<double>(plan.Options, key, source.AsSpan(0, 6)))];
        var dropped = new double[12];

        plan.ApplyRows(Keys, source, dropped);
        Bits.AreEqual<double>(expected, dropped);
        Assert.Contains(1e300, dropped);

        plan.Apply(Keys[0], source.AsSpan(0, 6), dropped.AsSpan(6));
        Bits.AreEqual<double>(expected.AsSpan(0, 6), dropped.AsSpan(6));
    }

    [TestMethod]
    public void The_plan_draws_masks_and_says_its_fill_all_the_same()
    {
        DropoutPlan plan = PlanFor(1e300);
        var keep = new bool[3];

        plan.DrawMask(Keys[0], keep);

        CollectionAssert.AreEqual(ReferenceDropout.Mask(plan.Options, Keys[0], 3), keep);
        Assert.AreEqual(1e300, plan.GetFill(0));
    }

    // The largest that fits, one that fits after rounding, and infinity itself.
    [TestMethod]
    [DataRow((double)float.MaxValue, float.MaxValue)]
    [DataRow(-3.4028235e38, float.MinValue)]
    [DataRow(1e-300, 0f)]
    [DataRow(double.PositiveInfinity, float.PositiveInfinity)]
    public void Singles_take_what_they_can_hold(double value, float expected)
    {
        float[] row = [.. Enumerable.Repeat(1f, 6)];

        DropoutPlan plan = DropoutPlan.Create(PlanFor(value).Options with { Rate = 1 }, 6);
        plan.Apply(Keys[0], row, row);

        Bits.AreEqual<float>([.. Enumerable.Repeat(expected, 6)], row);
    }

    [TestMethod]
    [DataRow("PerChannel(Infinity, NaN, 3.4028235E+38)")]
    [DataRow("OneOf(-Infinity, 1E-300, LastValue)")]
    public void Singles_take_several_that_they_can_hold(string fill)
    {
        float[] row = [.. Enumerable.Repeat(1f, 6)];
        DropoutOptions options = PlanFor(0).Options with { Rate = 1, Fill = DropoutFill.Parse(fill) };
        float[] expected = ReferenceDropout.Apply<float>(options, Keys[0], row);

        DropoutPlan.Create(options, 6).Apply(Keys[0], row, row);

        Bits.AreEqual<float>(expected, row);
    }

    private static DropoutPlan PlanFor(double fill) => DropoutPlan.Create(
        new DropoutOptions { Channels = 3, Rate = 0.5, Fill = DropoutFill.Constant(fill), Seed = 11 }, length: 6);
}
