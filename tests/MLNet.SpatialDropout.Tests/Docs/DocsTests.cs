using System.Text.RegularExpressions;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The documents say what the code does. These tests only compare; they never rewrite a document.</summary>
[TestClass]
public sealed partial class DocsTests
{
    public static IEnumerable<object[]> Documents() => Repository.Documents.Select(document => new object[] { document });

    [TestMethod]
    public void Documents_and_snippets_are_found()
    {
        CollectionAssert.IsSubsetOf(
            new[] { "README.md", "docs/guide.md", "examples/SensorOutage/README.md" }, Repository.Documents.ToArray());
        Assert.IsNotEmpty(SnippetFiles.Snippets);
    }

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void Every_csharp_block_is_a_snippet_that_was_run(string document)
    {
        foreach (Match block in BlockPattern().Matches(Repository.Read(document)))
            Assert.Contains(
                SnippetFiles.Unindent(block.Groups["code"].Value), SnippetFiles.Snippets, $"{document} has C# that no test runs");
    }

    [TestMethod]
    public void The_table_of_options_has_each_of_them()
    {
        string options = Repository.Read("docs/options.md");
        foreach (var option in typeof(SpatialDropoutOptions).GetProperties())
            Assert.IsTrue(options.Contains($"`{option.Name}`"), $"docs/options.md does not mention {option.Name}");
    }

    [TestMethod]
    public void The_readme_is_short_and_has_a_complete_program()
    {
        string readme = Repository.Read("README.md");
        Assert.IsLessThanOrEqualTo(150, readme.TrimEnd().Split('\n').Length);
        Assert.HasCount(1, BlockPattern().Matches(readme));
    }

    [TestMethod]
    public void The_recipes_are_short_and_in_the_index()
    {
        string[] recipes = [.. Directory.GetFiles(Repository.PathOf("examples/recipes"), "*.cs")];
        Assert.IsGreaterThan(10, recipes.Length);
        foreach (string recipe in recipes)
        {
            Assert.IsLessThanOrEqualTo(60, File.ReadAllLines(recipe).Length, recipe);
            Assert.Contains("throw new InvalidOperationException(", File.ReadAllText(recipe), recipe);
            Assert.Contains($"({Path.GetFileName(recipe)})", Repository.Read("examples/recipes/README.md"));
        }
    }

    [TestMethod]
    public void The_golden_table_of_the_mask_definition_holds()
    {
        MatchCollection rows = GoldenRowPattern().Matches(Repository.Read("docs/masks.md"));
        Assert.HasCount(6, rows);
        foreach (Match row in rows)
        {
            var options = new DropoutOptions { Rate = 0.5, Seed = int.Parse(row.Groups["seed"].Value) };
            var key = new MaskKey(
                ulong.Parse(row.Groups["low"].Value),
                ulong.Parse(row.Groups["high"].Value),
                uint.Parse(row.Groups["copy"].Value));
            AssertMask(options with { Channels = 6 }, length: 6);
            AssertMask(options with { Groups = [1, 1, 1, 1, 1, 1] }, length: 6);
            AssertMask(options with { Groups = [2, 0, 3, 1, 0, 4] }, length: 20);

            void AssertMask(DropoutOptions layout, int length)
            {
                var keep = new bool[6];
                DropoutPlan.Create(layout, length).DrawMask(key, keep);
                Assert.AreEqual(row.Groups["mask"].Value, string.Join(' ', keep.Select(kept => kept ? '1' : '0')), row.Value);
            }
        }
    }

    [TestMethod]
    public void The_worked_example_of_fills_and_steps_holds()
    {
        var options = new DropoutOptions
        {
            Channels = 6,
            Rate = 0.5,
            Seed = 7,
            OutageSteps = (1, 3),
            Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue),
        };
        float[] row = [.. Enumerable.Range(0, 24).Select(i => (10f * (1 + (i / 6))) + (i % 6) + 1)];
        var dropped = new float[24];
        DropoutPlan.Create(options, length: 24).Apply(new MaskKey(1, 0, 1), row, dropped);

        string example = string.Join('\n', row.Chunk(6).Zip(dropped.Chunk(6), (from, to) => $"{Cells(from),-27}{Cells(to)}"));
        Assert.IsTrue(Repository.Read("docs/masks.md").Contains(example), $"docs/masks.md does not show\n{example}");

        static string Cells(float[] values) => string.Join(' ', values.Select(value => $"{value,2}"));
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex BlockPattern();

    [GeneratedRegex(
        @"^\| (?<seed>-?\d+) \| (?<low>\d+) \| (?<high>\d+) \| (?<copy>\d+) \| (?<mask>[01 ]+) \|$", RegexOptions.Multiline)]
    private static partial Regex GoldenRowPattern();
}
