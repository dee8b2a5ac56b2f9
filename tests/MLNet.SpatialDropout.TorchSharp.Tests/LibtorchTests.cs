namespace MLNet.SpatialDropout.Tests;

/// <summary>Says once, instead of each test, why libtorch does not load. See <see cref="Program"/>.</summary>
[TestClass]
public sealed class LibtorchTests
{
    [TestMethod]
    public void Libtorch_loads_or_no_other_test_of_this_project_runs() => Assert.IsNull(Devices.WhyNot);
}
