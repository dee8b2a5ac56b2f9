using System.IO.Compression;
using System.Xml.Linq;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A feed with the packages of this repository, and projects that use it as a new user does.</summary>
[TestClass]
public static class Feed
{
    // Differs from every released version, because a cache may hold those.
    public const string Version = "0.0.0-test";

    private static readonly Lazy<string> Packed = new(() => Pack(PathOf("feed")));

    /// <summary>The packages; each stands after the ones it depends on.</summary>
    public static IReadOnlyList<string> Packages { get; } =
        ["MLNet.SpatialDropout.Core", "MLNet.SpatialDropout", "MLNet.SpatialDropout.TorchSharp"];

    /// <summary>A temporary folder for everything that the tests create.</summary>
    public static DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("packages-");

    /// <summary>The feed's path. The first use packs the packages.</summary>
    public static string Location => Packed.Value;

    [AssemblyCleanup]
    public static void Delete() => Folder.Delete(recursive: true);

    public static string PathOf(string name) => Path.Combine(Folder.FullName, name);

    /// <summary>Opens a package for reading.</summary>
    /// <param name="feed">The folder that has it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="extension">The extension: nupkg, or that of symbols.</param>
    public static ZipArchive Open(string feed, string name, string extension = "nupkg") =>
        ZipFile.OpenRead(Path.Combine(feed, $"{name}.{Version}.{extension}"));

    /// <summary>Packs all packages.</summary>
    /// <param name="feed">The folder that receives them.</param>
    /// <returns>That folder.</returns>
    // Builds from scratch, so that no earlier output is packed.
    public static string Pack(string feed)
    {
        string artifacts = PathOf("artifacts");
        foreach (string project in new[] { "src/Core", "src/MLNet.SpatialDropout.csproj", "src/TorchSharp" })
            Repository.Dotnet(
                Repository.Root, "pack", project, "--output", feed, $"-p:Version={Version}", $"-p:ArtifactsPath={artifacts}",
                "-p:ContinuousIntegrationBuild=true");
        Directory.Delete(artifacts, recursive: true);
        return feed;
    }

    /// <summary>The version of a third-party package that this repository pins.</summary>
    public static string PinOf(string package) => XDocument.Load(Repository.PathOf("Directory.Packages.props"))
        .Descendants("PackageVersion").Single(pin => pin.Attribute("Include")!.Value == package).Attribute("Version")!.Value;

    /// <summary>Makes a project of a program that uses a package of the feed.</summary>
    /// <param name="name">The project's name.</param>
    /// <param name="package">The package.</param>
    /// <param name="program">The program.</param>
    /// <param name="more">Further lines of the project file.</param>
    /// <returns>The project's folder.</returns>
    // Third-party packages come from this machine's cache. Ours come from the feed and stay out of the cache.
    public static string MakeProject(string name, string package, string program, string more = "")
    {
        string project = Folder.CreateSubdirectory(name).FullName;
        File.WriteAllText(Path.Combine(project, "Program.cs"), program);
        File.WriteAllText(
            Path.Combine(project, $"{name}.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{Location}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{PathOf("packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{PackageCache()}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{Version}" />
              </ItemGroup>
              {more}
            </Project>
            """);
        return project;
    }

    private static string PackageCache() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
