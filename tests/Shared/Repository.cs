using System.Diagnostics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The checkout that the tests were built from, and the SDK running in it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The Markdown documents, by their paths from the root.</summary>
    public static IReadOnlyList<string> Documents { get; } =
        [.. new[] { "docs", "examples", "python", "src", "tests" }
            .SelectMany(folder => Directory.GetFiles(PathOf(folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Root, "*.md"))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))];

    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>The text of a file, with line feeds as line ends.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path)).ReplaceLineEndings("\n");

    /// <summary>Runs the SDK, and fails with what it printed if it fails.</summary>
    public static string Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };

        // The test platform's variables for this process must not reach a build.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"dotnet {string.Join(' ', arguments)}:{Environment.NewLine}{output}");
        return output;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MLNet.SpatialDropout.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has MLNet.SpatialDropout.sln.");
    }
}
