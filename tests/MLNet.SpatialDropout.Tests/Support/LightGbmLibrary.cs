namespace MLNet.SpatialDropout.Tests;

/// <summary>LightGBM's native library, which needs libgomp.</summary>
internal static class LightGbmLibrary
{
    /// <summary>Runs a test. It is inconclusive where the library does not load.</summary>
    public static void WhereItLoads(Action test)
    {
        try
        {
            test();
        }
        catch (Exception exception) when (exception.GetBaseException() is DllNotFoundException missing)
        {
            Assert.Inconclusive($"LightGBM does not load here (it needs libgomp1): {missing.Message}");
        }
    }
}
