namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The example in the documentation of <see cref="MaskKey"/>; see <see cref="PublicApiTests"/>. (Those of its methods are about
/// columns, and in the tests of the ML.NET half.)
/// </summary>
[TestClass]
public sealed class MaskKeyExamples
{
    [TestMethod]
    public void Key()
    {
        var options = new DropoutOptions { Channels = 60, Seed = 8 };
        var plan = DropoutPlan.Create(options, length: 60);
        float[] source = [.. Enumerable.Repeat(1f, 60)];
        var destination = new float[60];

        // snippet: key
        plan.Apply(new MaskKey(42), source, destination);                // row 42
        plan.Apply(new MaskKey(42, Copy: 1), source, destination);       // its second copy
        plan.Apply(MaskKey.FromText("session 7"), source, destination);  // all rows of a session
        plan.Apply(MaskKey.FromText("session 7") with { Copy = 1 }, source, destination);
        // end

        // printf 'session 7' | xxh128sum
        var secondCopy = new MaskKey(0x96553ec1724c77fc, 0xe190762b8bbedc8d, 1);
        CollectionAssert.AreEqual(ReferenceDropout.Apply<float>(options, secondCopy, source), destination);
        Assert.HasCount(4, new HashSet<string>(
            from key in new[] { new(42), new(42, Copy: 1), secondCopy with { Copy = 0 }, secondCopy }
            select string.Concat(ReferenceDropout.Mask(options, key, 60))));
    }
}
