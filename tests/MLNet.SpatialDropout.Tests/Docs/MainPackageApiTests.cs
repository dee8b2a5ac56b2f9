namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class MainPackageApiTests()
    : PublicApiTests(typeof(SpatialDropoutOptions).Assembly, new XmlDocs("MLNet.SpatialDropout"))
{
    private protected override (int TypesAndMethods, int Examples) AtLeast => (18, 17);
}
