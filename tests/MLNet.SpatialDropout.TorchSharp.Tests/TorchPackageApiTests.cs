namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class TorchPackageApiTests()
    : PublicApiTests(typeof(TorchBackend).Assembly, new XmlDocs("MLNet.SpatialDropout.TorchSharp", "MLNet.SpatialDropout"))
{
    private protected override (int Members, int Examples) AtLeast => (20, 19);
}
