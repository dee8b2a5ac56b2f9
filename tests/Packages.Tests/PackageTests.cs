using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What is in the packages, and whether a stranger gets from the README to a model with them.</summary>
[TestClass]
public sealed partial class PackageTests
{
    // Not that of a release, which may lie in a cache.
    private const string Version = "0.0.0-test";

    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("packages-");

    private static string Feed => Path.Combine(Folder.FullName, "feed");

    [ClassInitialize]
    public static void PackBoth(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Pack(Feed);
    }

    [ClassCleanup]
    public static void Delete() => Folder.Delete(recursive: true);

    [TestMethod]
    [DataRow("MLNet.SpatialDropout", "README.md")]
    [DataRow("MLNet.SpatialDropout.TorchSharp", "torchsharp.md")]
    public void Has_what_a_package_should_have(string name, string readme)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(Feed, $"{name}.{Version}.nupkg"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        CollectionAssert.IsSubsetOf(
            new[] { readme, $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" }, files);

        XElement metadata = Read(package, $"{name}.nuspec");
        Assert.AreEqual("MIT", Value(metadata, "license"));
        Assert.AreEqual(readme, Value(metadata, "readme"));
        Assert.IsNotEmpty(Value(metadata, "description"));
        Assert.IsNotEmpty(Value(metadata, "tags"));

        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(Feed, $"{name}.{Version}.snupkg"));
        Assert.IsTrue(symbols.Entries.Any(entry => entry.FullName == $"lib/net10.0/{name}.pdb"));
    }

    [TestMethod]
    public void Lets_users_move_within_the_major_version_of_ML_NET()
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(Feed, $"MLNet.SpatialDropout.{Version}.nupkg"));
        XElement dependency = Read(package, "MLNet.SpatialDropout.nuspec").Descendants()
            .Single(element => element.Name.LocalName == "dependency" && (string?)element.Attribute("id") == "Microsoft.ML");

        Assert.MatchesRegex(new Regex(@"^\[5\.0\.\d+, 6\.0\.0\)$"), (string?)dependency.Attribute("version"));
    }

    [TestMethod]
    public void Is_the_same_to_the_byte_when_built_again()
    {
        string again = Path.Combine(Folder.FullName, "again");
        Pack(again);
        foreach (string name in new[] { "MLNet.SpatialDropout", "MLNet.SpatialDropout.TorchSharp" })
            CollectionAssert.AreEqual(ReadLibrary(Feed, name), ReadLibrary(again, name), name);
    }

    [TestMethod]
    public void The_readmes_pipeline_runs_in_a_project_of_its_own()
    {
        string[] blocks = [.. CSharpBlock().Matches(Repository.Read("README.md"))
            .Select(match => match.Groups["code"].Value)];
        string recording = blocks.Single(block => block.StartsWith("public sealed class Recording", StringComparison.Ordinal));
        string pipeline = blocks.Single(block => block.Contains("pipeline.Fit(train)", StringComparison.Ordinal));
        string project = MakeProject("Stranger", "MLNet.SpatialDropout", "Microsoft.ML.LightGbm");
        File.WriteAllText(Path.Combine(project, "Recording.cs"), $"using Microsoft.ML.Data;\n\n{recording}");
        File.WriteAllText(
            Path.Combine(project, "Program.cs"),
            $$"""
            using Microsoft.ML;
            using Microsoft.ML.Data;
            using MLNet.SpatialDropout;

            var random = new Random(1);
            var recordings = Enumerable.Range(0, 60).Select(i => new Recording
            {
                Activity = i % 2 == 0 ? "walking" : "running",
                Features = Enumerable.Range(0, 128 * 6).Select(_ => random.NextSingle() + (i % 2)).ToArray(),
            }).ToList();
            string path = "model.zip";

            {{pipeline}}

            ITransformer loaded = new MLContext().Model.Load(path, out _);
            Console.WriteLine($"predicted: {scored.GetColumn<uint>("PredictedLabel").Count()}");
            Console.WriteLine($"the same: {scored.GetColumn<uint>("PredictedLabel")
                .SequenceEqual(loaded.Transform(train).GetColumn<uint>("PredictedLabel"))}");
            """);

        string output = Repository.Dotnet(project, "run");

        Assert.Contains("predicted: 60", output);
        Assert.Contains("the same: True", output);
    }

    // libtorch is the application's choice, and this one has made none.
    [TestMethod]
    public void The_second_package_says_what_is_missing_in_a_project_without_libtorch()
    {
        string project = MakeProject("Torchless", "MLNet.SpatialDropout.TorchSharp");
        File.WriteAllText(
            Path.Combine(project, "Program.cs"),
            """
            using Microsoft.ML;
            using MLNet.SpatialDropout;

            // TorchSharp looks for libtorch in the package cache, too.
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

    // From nothing each time: what was built before is not taken.
    private static void Pack(string feed)
    {
        string artifacts = Path.Combine(Folder.FullName, "artifacts");
        foreach (string project in new[] { "src/MLNet.SpatialDropout.csproj", "src/TorchSharp" })
            Repository.Dotnet(
                Repository.Root, "pack", project, "--output", feed, $"-p:Version={Version}", $"-p:ArtifactsPath={artifacts}",
                "-p:ContinuousIntegrationBuild=true");
        Directory.Delete(artifacts, recursive: true);
    }

    // Packages of others come from the cache of this machine, where they are; ours from the feed, and are kept out of the cache.
    /// <param name="name">The project's name.</param>
    /// <param name="package">A package of the feed.</param>
    /// <param name="others">Packages that this repository uses, in the version that it pins.</param>
    private static string MakeProject(string name, string package, params string[] others)
    {
        XDocument pinned = XDocument.Load(Repository.PathOf("Directory.Packages.props"));
        IEnumerable<string> references = others
            .Select(other => pinned.Descendants("PackageVersion").Single(pin => pin.Attribute("Include")!.Value == other))
            .Select(pin => new XElement("PackageReference", pin.Attributes()).ToString());
        string project = Directory.CreateDirectory(Path.Combine(Folder.FullName, name)).FullName;
        File.WriteAllText(
            Path.Combine(project, $"{name}.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(Folder.FullName, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{PackageCache()}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{Version}" />
                {string.Concat(references)}
              </ItemGroup>
            </Project>
            """);
        return project;
    }

    private static string PackageCache() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static XElement Read(ZipArchive package, string name)
    {
        using Stream stream = package.GetEntry(name)!.Open();
        return XDocument.Load(stream).Root!;
    }

    private static string Value(XElement metadata, string name) =>
        metadata.Descendants().Single(element => element.Name.LocalName == name).Value;

    private static byte[] ReadLibrary(string feed, string name)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(feed, $"{name}.{Version}.nupkg"));
        using Stream stream = package.GetEntry($"lib/net10.0/{name}.dll")!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
