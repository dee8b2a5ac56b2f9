namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class TorchPackageApiTests()
    : PublicApiTests(typeof(TorchBackend).Assembly, new XmlDocs("MLNet.SpatialDropout.TorchSharp", "MLNet.SpatialDropout"))
{
    private protected override (int TypesAndMethods, int Examples) AtLeast => (11, 11);
}
