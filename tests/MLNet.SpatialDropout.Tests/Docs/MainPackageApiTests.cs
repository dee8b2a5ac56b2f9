namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class MainPackageApiTests() : PublicApiTests(typeof(DropoutPlan).Assembly, new XmlDocs("MLNet.SpatialDropout"))
{
    private protected override (int Members, int Examples) AtLeast => (90, 80);
}
