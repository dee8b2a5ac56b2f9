namespace Examples.Tests;

[TestClass]
public sealed class SensorLossesTests
{
    [TestMethod]
    [DataRow(2, new[] { 1, 2 })]
    [DataRow(6, new[] { 1, 6, 15, 20, 15, 6 })]
    [DataRow(12, new[] { 1, 12, 66, 20, 20, 20, 20, 20, 20, 20, 20, 12 })]
    [DataRow(14, new[] { 1, 14, 66, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 14 })]
    public void Tries_so_many_sets_of_each_size(int channels, int[] counts) =>
        CollectionAssert.AreEqual(
            counts,
            new SensorLosses(channels).All.GroupBy(lost => lost.Count).Select(size => size.Count()).ToArray());

    [TestMethod]
    [DataRow(6)]
    [DataRow(14)]
    public void Tries_each_set_once_and_only_sensors_that_are_there(int channels)
    {
        IReadOnlyList<IReadOnlyList<int>> all = new SensorLosses(channels).All;
        Assert.HasCount(all.Count, all.Select(lost => string.Join(',', lost)).Distinct());
        foreach (IReadOnlyList<int> lost in all)
        {
            CollectionAssert.AreEqual(lost.Distinct().Order().ToArray(), lost.ToArray());
            Assert.IsTrue(lost.All(channel => channel >= 0 && channel < channels));
        }
    }

    [TestMethod]
    [DataRow(6, null)]
    [DataRow(12, 3)]
    [DataRow(14, 2)]
    public void Says_from_where_on_sets_are_drawn(int channels, int? size) =>
        Assert.AreEqual(size, new SensorLosses(channels).FirstDrawnSize);

    [TestMethod]
    public void Draws_the_same_sets_each_time() =>
        Assert.AreEqual(Text(new SensorLosses(14)), Text(new SensorLosses(14)));

    private static string Text(SensorLosses losses) => string.Join(';', losses.All.Select(lost => string.Join(',', lost)));
}
