using System.Text.RegularExpressions;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The documents' links to each other, to headings, pictures and source files have a target.</summary>
[TestClass]
public sealed partial class LinkTests
{
    public static IEnumerable<object[]> Documents() => Repository.Documents.Select(document => new object[] { document });

    [TestMethod]
    public void Links_are_found() => Assert.IsGreaterThan(10, LinkPattern().Count(Repository.Read("README.md")));

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void Every_relative_link_leads_somewhere(string document)
    {
        string path = Repository.PathOf(document);
        foreach (Match link in LinkPattern().Matches(Repository.Read(document)))
        {
            string[] parts = link.Groups["target"].Value.Split('#');
            string target = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
            Assert.IsTrue(Path.Exists(target), $"{document}: {link.Value} leads nowhere");
            if (parts.Length > 1)
                Assert.Contains(parts[1], Anchors(Repository.Read(target)), $"{document}: {link.Value} has no such heading");
        }
    }

    // GitHub's rule for anchors.
    private static IEnumerable<string> Anchors(string text) =>
        HeadingPattern().Matches(text)
            .Select(heading => heading.Groups["title"].Value.Trim().ToLowerInvariant().Replace(' ', '-'))
            .Select(anchor => NoAnchorPattern().Replace(anchor, ""));

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^#+ (?<title>.*)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"[^\w\-]")]
    private static partial Regex NoAnchorPattern();
}
