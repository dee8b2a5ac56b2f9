namespace MLNet.SpatialDropout.Tests;

/// <summary>The example in the documentation of <see cref="SpatialDropoutOptions"/>; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class OptionExamples
{
    [TestMethod]
    public void Options()
    {
        // snippet: options_vary
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Copies = 4, KeepOriginal = true };
        var harsher = options with { Rate = 0.5 };
        // end

        Assert.AreEqual(options, harsher with { Rate = null });
        Assert.IsGreaterThan(CountLost(options), CountLost(harsher));
    }

    private static int CountLost(SpatialDropoutOptions options)
    {
        float[][] rows = Recordings.DropOut(options with { Seed = 1 });
        Assert.HasCount(5 * 40, rows);
        return rows.Sum(row => Recordings.CountLost(row));
    }
}
