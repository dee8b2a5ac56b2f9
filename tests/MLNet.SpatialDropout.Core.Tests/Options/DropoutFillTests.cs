namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class DropoutFillTests
{
    private static readonly DropoutFill[] Fills =
    [
        DropoutFill.Zero, DropoutFill.Missing, DropoutFill.ChannelMean, DropoutFill.Constant(1), DropoutFill.Constant(-1),
        DropoutFill.Constant(double.PositiveInfinity),
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
    }

    [TestMethod]
    public void Texts_are_names_and_numbers() => CollectionAssert.AreEqual(
        new[] { "Zero", "Missing", "ChannelMean", "1", "-1", "Infinity" }, Fills.Select(fill => fill.ToString()).ToArray());
}
