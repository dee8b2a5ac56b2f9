namespace SensorOutage.Tests;

[TestClass]
public sealed class SensorTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f"];

    [TestMethod]
    public void Without_groups_each_channel_is_a_sensor() =>
        Assert.AreEqual("a: 0; b: 1; c: 2; d: 3; e: 4; f: 5", Text(groups: null));

    [TestMethod]
    public void With_groups_neighbouring_channels_are_a_sensor() =>
        Assert.AreEqual("a to c: 0, 1, 2; d to e: 3, 4; f: 5", Text([3, 2, 1]));

    private static string Text(int[]? groups) => string.Join("; ", Sensor.Of(Names, groups)
        .Select(sensor => $"{sensor.Name}: {string.Join(", ", sensor.Channels)}"));
}
