using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// A backend's project links tests of this one. A test that called the catalog directly would run there without the backend.
/// </summary>
[TestClass]
public sealed partial class LinkedTestsTests
{
    private const string Tests = "tests/MLNet.SpatialDropout.Tests";
    private const string LinkingProject = "tests/MLNet.SpatialDropout.TorchSharp.Tests/MLNet.SpatialDropout.TorchSharp.Tests.csproj";

    [TestMethod]
    public void Make_stages_and_views_with_the_options_of_the_project()
    {
        string methods = string.Join(
            '|',
            typeof(SpatialDropoutCatalog).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Select(method => method.Name).Distinct());
        var call = new Regex($@"\.({methods})\b(?!\.)|\bSpatialDropoutCatalog\.");

        string[] files = LinkedFiles();
        Assert.Contains($"{Tests}/Contracts/{nameof(FuzzTests)}.cs", files);
        Assert.Contains($"{Tests}/View/{nameof(ViewTests)}.cs", files);
        string[] calls =
        [
            .. from file in files
               where file != $"{Tests}/Support/{nameof(DropoutTests)}.cs"
               from line in TextPattern().Replace(Repository.Read(file), "").Split('\n')
               where call.IsMatch(line)
               select $"{file}: {line.Trim()}",
        ];

        Assert.IsEmpty(calls, $"Derive from DropoutTests, and call MakeStage or MakeView:\n{string.Join('\n', calls)}");
    }

    /// <summary>The files of <see cref="Tests"/> that the backend's project also compiles.</summary>
    private static string[] LinkedFiles()
    {
        const string Here = "../MLNet.SpatialDropout.Tests/";
        XElement[] items = [.. XDocument.Parse(Repository.Read(LinkingProject)).Descendants("Compile")];
        IEnumerable<string> Files(string kind) =>
            from item in items
            let pattern = (string?)item.Attribute(kind)
            where pattern is not null && pattern.StartsWith(Here, StringComparison.Ordinal)
            let path = pattern[Here.Length..]
            from file in path.EndsWith("/**/*.cs", StringComparison.Ordinal)
                ? Directory.GetFiles(
                    Repository.PathOf($"{Tests}/{path[..^"/**/*.cs".Length]}"), "*.cs", SearchOption.AllDirectories)
                : [Repository.PathOf($"{Tests}/{path}")]
            select Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

        return [.. Files("Include").Except(Files("Remove"))];
    }

    /// <summary>Comments and strings, which may name a method.</summary>
    [GeneratedRegex("""
        //.*|"[^"\n]*"
        """)]
    private static partial Regex TextPattern();
}
