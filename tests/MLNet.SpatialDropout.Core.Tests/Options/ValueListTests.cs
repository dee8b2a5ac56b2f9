using System.Globalization;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class ValueListTests
{
    [TestMethod]
    public void Equal_elements_in_the_same_order_make_equal_lists()
    {
        ValueList<int> list = [4, 3];
        ValueList<int> same = [4, 3];

        Assert.AreNotSame(list, same);
        Assert.IsTrue(list.Equals(same));
        Assert.IsTrue(list.Equals((object)same));
        Assert.AreEqual(list.GetHashCode(), same.GetHashCode());
        Assert.AreEqual(ValueList.Create(double.NaN), ValueList.Create(double.NaN));
    }

    [TestMethod]
    [DataRow(new[] { 3, 4 })]
    [DataRow(new[] { 4 })]
    [DataRow(new[] { 4, 3, 1 })]
    [DataRow(new int[0])]
    [DataRow(null)]
    public void Other_elements_another_length_or_none_make_other_lists(int[]? elements)
    {
        ValueList<int> list = [4, 3];
        ValueList<int>? other = elements is null ? null : ValueList.Create(elements);

        Assert.IsFalse(list.Equals(other));
        Assert.IsFalse(list.Equals((object?)other));
    }

    [TestMethod]
    public void No_list_equals_another_type()
    {
        ValueList<int> list = [4, 3];

        Assert.IsFalse(list.Equals((object)new[] { 4, 3 }));
        Assert.IsFalse(list.Equals((object)ValueList.Create(4L, 3L)));
    }

    // These would collide if the hash ignored the order, or all elements but one.
    [TestMethod]
    public void Hashes_tell_lists_apart()
    {
        ValueList<int>[] lists = [[], [1], [1, 2], [2, 1], [1, 2, 3], [2, 2, 3], [1, 2, 4]];

        Assert.HasCount(lists.Length, lists.Select(list => list.GetHashCode()).Distinct().ToArray());
    }

    [TestMethod]
    public void Collection_expressions_make_lists()
    {
        ValueList<int> inner = [2, 3];
        ValueList<int> list = [1, .. inner, .. Enumerable.Range(4, 2)];

        Assert.AreEqual(ValueList.Create(1, 2, 3, 4, 5), list);
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4, 5 }, list.ToArray());
    }

    [TestMethod]
    public void A_list_is_read_by_index_in_sequence_and_as_a_span()
    {
        ValueList<double> list = [0.5, 0.25, 1];

        Assert.HasCount(3, list);
        Assert.AreEqual(0.25, list[1]);
        Assert.AreEqual(1, list[^1]);
        CollectionAssert.AreEqual(new[] { 0.5, 0.25, 1 }, list.Select(value => value).ToArray());
        CollectionAssert.AreEqual(new[] { 0.5, 0.25, 1 }, list.AsSpan().ToArray());
        Assert.ThrowsExactly<IndexOutOfRangeException>(() => list[3]);
    }

    [TestMethod]
    public void A_list_is_a_copy()
    {
        int[] elements = [4, 3];
        ValueList<int> list = ValueList.Create(elements);

        elements[0] = 5;

        Assert.AreEqual(4, list[0]);
    }

    [TestMethod]
    public void A_list_of_options_is_a_copy_and_not_copied_twice()
    {
        int[] sizes = [4, 3];
        var options = new DropoutOptions { Shape = sizes };

        sizes[0] = 5;

        Assert.AreEqual(4, options.Shape[0]);
        Assert.AreSame(options.Shape, new DropoutOptions { Shape = options.Shape }.Shape);
        Assert.IsNull(ValueList.From<int>(null));
    }

    [TestMethod]
    public void The_text_is_the_code_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };

            Assert.AreEqual("[]", ValueList.Create<int>().ToString());
            Assert.AreEqual("[16, 16, 8]", ValueList.Create(16, 16, 8).ToString());
            Assert.AreEqual("[0.1, 0.25]", ValueList.Create(0.1, 0.25).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
