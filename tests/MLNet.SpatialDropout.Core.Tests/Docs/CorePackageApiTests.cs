namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class CorePackageApiTests()
    : PublicApiTests(typeof(DropoutPlan).Assembly, new XmlDocs("MLNet.SpatialDropout.Core"))
{
    private protected override (int TypesAndMethods, int Examples) AtLeast => (21, 19);
}
