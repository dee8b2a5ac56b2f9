using System.Text.RegularExpressions;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The code that documents may show: the snippets, between their marks, in the tests' files, and the recipes, which the gate runs.
/// </summary>
internal static partial class SnippetFiles
{
    private static readonly Lazy<IReadOnlyList<string>> LazySnippets = new(() =>
        [.. Directory.GetFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => SnippetPattern().Matches(Repository.Read(path)))
            .Select(match => Unindent(match.Groups["code"].Value)),
            .. Directory.GetFiles(Repository.PathOf("examples/recipes"), "*.cs").Select(ToProgram)]);

    public static IReadOnlyList<string> Snippets => LazySnippets.Value;

    /// <summary>Code without common indentation and without blank lines around it.</summary>
    public static string Unindent(string code)
    {
        string[] lines = code.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..])).Trim();
    }

    // As it is in a project: without the directives, and the comment that says how to run the file.
    private static string ToProgram(string recipe) => string.Join(
        '\n', File.ReadLines(recipe).Skip(1).SkipWhile(line => line.StartsWith("//", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("#:", StringComparison.Ordinal))).Trim();

    [GeneratedRegex(@"// snippet: \w+\n(?<code>.*?)\n *// end\n", RegexOptions.Singleline)]
    private static partial Regex SnippetPattern();
}
