using System.Text.RegularExpressions;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The core in an application that is compiled ahead of time.</summary>
[TestClass]
public sealed partial class NativeAotTests
{
    // Needs clang or gcc as the linker. Without one, publish fails and says so.
    [TestMethod]
    public void The_core_compiles_ahead_of_time_without_warnings_and_draws_the_golden_masks()
    {
        string published = Feed.PathOf("aot");
        string output = Repository.Dotnet(
            Repository.Root, "publish", "tests/AotHost", "--use-current-runtime", "--output", published,
            $"-p:ArtifactsPath={Feed.PathOf("aot-artifacts")}");

        Assert.Contains("Generating native code", output);
        Assert.DoesNotMatchRegex(WarningAboutCode(), output);
        Assert.IsFalse(File.Exists(Path.Combine(published, "AotHost.dll")), "an application of managed code");
        string table = Repository.PathOf("tests/MLNet.SpatialDropout.Core.Tests/golden-masks.csv");
        string[] masks = [.. File.ReadLines(table).Skip(1).Select(line => line.Split(',')[^1])];
        Assert.HasCount(288, masks);
        CollectionAssert.AreEqual(
            masks.Select(mask => $"{mask} {mask}{mask}{mask} {mask}{mask}{mask}")
                .Append("DropoutOptions { Channels = 3, Rates = [0.1, 0.2, 0.3], Fill = Missing, Seed = 7 }")
                .ToArray(),
            Programs.Run(Path.Combine(published, "AotHost"), table).TrimEnd().Split('\n'));
    }

    // Any warning except an advisory on a package.
    [GeneratedRegex("warning (?!NU190[1-4]:)")]
    private static partial Regex WarningAboutCode();
}
