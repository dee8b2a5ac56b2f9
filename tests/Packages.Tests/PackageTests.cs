using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What the packages contain, and whether a new user gets from the README to a model with them.</summary>
[TestClass]
public sealed partial class PackageTests
{
    [TestMethod]
    [DataRow("MLNet.SpatialDropout.Core", "masks.md")]
    [DataRow("MLNet.SpatialDropout", "README.md")]
    [DataRow("MLNet.SpatialDropout.TorchSharp", "torchsharp.md")]
    public void Has_what_a_package_should_have(string name, string readme)
    {
        using ZipArchive package = Feed.Open(Feed.Location, name);
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        CollectionAssert.IsSubsetOf(
            new[] { readme, $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" }, files);

        XElement metadata = ReadNuspec(package, name);
        Assert.AreEqual("MIT", Value(metadata, "license"));
        Assert.AreEqual(readme, Value(metadata, "readme"));
        Assert.IsNotEmpty(Value(metadata, "description"));
        Assert.IsNotEmpty(Value(metadata, "tags"));

        using ZipArchive symbols = Feed.Open(Feed.Location, name, "snupkg");
        Assert.IsTrue(symbols.Entries.Any(entry => entry.FullName == $"lib/net10.0/{name}.pdb"));
    }

    // The main package uses internals of Core, so it takes exactly the Core that it was built with. Users may have
    // Microsoft.ML 5 or 6. "pinned": the version of Directory.Packages.props.
    [TestMethod]
    [DataRow("MLNet.SpatialDropout.Core", "System.IO.Hashing pinned", "System.Numerics.Tensors pinned")]
    [DataRow("MLNet.SpatialDropout", "Microsoft.ML [5.0.1, 7.0.0)", $"MLNet.SpatialDropout.Core [{Feed.Version}]")]
    [DataRow("MLNet.SpatialDropout.TorchSharp", $"MLNet.SpatialDropout {Feed.Version}", "TorchSharp pinned")]
    public void Depends_on_what_its_project_references_and_on_nothing_else(string name, params string[] expected)
    {
        using ZipArchive package = Feed.Open(Feed.Location, name);
        IEnumerable<string> dependencies = ReadNuspec(package, name).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}");

        CollectionAssert.AreEquivalent(expected.Select(WithPinnedVersion).ToArray(), dependencies.ToArray());
    }

    [TestMethod]
    public void Is_the_same_to_the_byte_when_built_again()
    {
        string again = Feed.Pack(Feed.PathOf("again"));
        foreach (string name in Feed.Packages)
            CollectionAssert.AreEqual(ReadLibrary(Feed.Location, name), ReadLibrary(again, name), name);
    }

    // A trainer's package brings the ML.NET of its version: the oldest and the newest that the package accepts.
    [TestMethod]
    [DataRow("5.0.1")]
    [DataRow("6.0.0")]
    public void The_readmes_program_runs_in_a_project_of_its_own(string mlNetVersion)
    {
        string program = CSharpBlock().Match(Repository.Read("README.md")).Groups["code"].Value;
        string project = Feed.MakeProject(
            $"Stranger{mlNetVersion}", "MLNet.SpatialDropout", program,
            $"""<ItemGroup><PackageReference Include="Microsoft.ML.LightGbm" Version="{mlNetVersion}" /></ItemGroup>""");

        string output = Repository.Dotnet(project, "run");

        Assert.Contains("With it:", output);
        Assert.Contains("quickstart.zip", output);
    }

    [TestMethod]
    public void The_core_runs_in_a_project_without_ML_NET()
    {
        string project = Feed.MakeProject(
            "Spans",
            "MLNet.SpatialDropout.Core",
            """
            using MLNet.SpatialDropout;

            var options = new DropoutOptions { Channels = 6, DroppedChannels = (2, 2), Seed = 7 };
            DropoutPlan plan = DropoutPlan.Create(options, length: 6);
            float[] row = [1, 1, 1, 1, 1, 1];
            plan.Apply(new MaskKey(42), row, row);
            Console.WriteLine($"kept: {row.Sum()} of {row.Length}");
            Console.WriteLine($"ML.NET: {File.Exists(Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.Core.dll"))}");
            """);

        string output = Repository.Dotnet(project, "run");

        Assert.Contains("kept: 4 of 6", output);
        Assert.Contains("ML.NET: False", output);
    }

    // The application chooses its libtorch package, and this one has none.
    [TestMethod]
    public void The_torch_package_says_what_is_missing_in_a_project_without_libtorch()
    {
        string project = Feed.MakeProject(
            "Torchless",
            "MLNet.SpatialDropout.TorchSharp",
            """
            using Microsoft.ML;
            using MLNet.SpatialDropout;

            // TorchSharp also looks for libtorch in the package cache.
            Environment.SetEnvironmentVariable("NUGET_PACKAGES", AppContext.BaseDirectory);
            try
            {
                Console.WriteLine(TorchBackend.Create(new MLContext()));
            }
            catch (NotSupportedException exception)
            {
                Console.WriteLine($"refused: {exception.Message}");
            }
            """);

        Assert.Contains("refused: libtorch, the native half of TorchSharp, was not found.", Repository.Dotnet(project, "run"));
    }

    private static string WithPinnedVersion(string dependency) =>
        dependency.Split(' ') is [var id, "pinned"] ? $"{id} {Feed.PinOf(id)}" : dependency;

    private static XElement ReadNuspec(ZipArchive package, string name)
    {
        using Stream stream = package.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(stream).Root!;
    }

    private static string Value(XElement metadata, string name) =>
        metadata.Descendants().Single(element => element.Name.LocalName == name).Value;

    private static byte[] ReadLibrary(string feed, string name)
    {
        using ZipArchive package = Feed.Open(feed, name);
        using Stream stream = package.GetEntry($"lib/net10.0/{name}.dll")!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
