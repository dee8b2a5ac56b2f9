namespace MLNet.SpatialDropout.Tests;

/// <summary>An advisory on a package does not fail the build: it is a warning.</summary>
[TestClass]
public sealed class AuditTests
{
    private const string Package = "MLNet.SpatialDropout.Core";

    [TestMethod]
    public void An_advisory_is_a_warning_under_the_build_rules_of_this_repository()
    {
        using var advisories = new AdvisorySource(Package, Feed.Version);
        string project = Feed.MakeProject("Audited", Package, """Console.WriteLine("built");""");
        File.WriteAllText(
            Path.Combine(project, "nuget.config"),
            $"""
            <configuration>
              <auditSources>
                <clear />
                <add key="advisories" value="{advisories.Address}index.json" allowInsecureConnections="true" />
              </auditSources>
            </configuration>
            """);
        File.WriteAllText(
            Path.Combine(project, "Directory.Build.props"),
            $"""
            <Project>
              <Import Project="{Repository.PathOf("Directory.Build.props")}" />
              <PropertyGroup>
                <ArtifactsPath>{Path.Combine(project, "artifacts")}</ArtifactsPath>
                <RestoreNoHttpCache>true</RestoreNoHttpCache>
              </PropertyGroup>
            </Project>
            """);

        string output = Repository.Dotnet(project, "build");

        foreach (string code in new[] { "NU1901", "NU1902", "NU1903", "NU1904" })
            Assert.Contains($"warning {code}: Package '{Package}' {Feed.Version} has a known", output);
    }
}
