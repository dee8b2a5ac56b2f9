using System.Text.RegularExpressions;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The main package in an application that is trimmed. ML.NET does not support it, so applications are warned.</summary>
[TestClass]
public sealed partial class TrimmingTests
{
    [TestMethod]
    public void A_trimmed_application_is_warned_where_it_calls_the_catalogs_methods_and_nowhere_else()
    {
        // TrimmerSingleWarn=false reports each warning of a package separately.
        // The application itself is not trimmed, because ML.NET reads its classes by reflection.
        string project = Feed.MakeProject(
            "Trimmed",
            "MLNet.SpatialDropout",
            """
            using Microsoft.ML;
            using Microsoft.ML.Data;
            using MLNet.SpatialDropout;

            var mlContext = new MLContext(seed: 1);
            IDataView data = mlContext.Data.LoadFromEnumerable([new Row { Features = [1, 2, 3, 4, 5, 6] }]);

            var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6);
            var model = stage.Append(mlContext.Transforms.NormalizeMinMax("Features")).Fit(data);
            Console.WriteLine($"predicted: {model.Transform(data).GetColumn<float[]>("Features").Count()}");

            IDataView view = mlContext.Data.SpatialDropout(
                data, new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Copies = 3 });
            Console.WriteLine($"copies: {view.GetColumn<float[]>("Features").Count()}");

            public sealed class Row
            {
                [VectorType(6)]
                public float[] Features { get; set; } = [];
            }
            """,
            more: """
            <PropertyGroup>
              <PublishTrimmed>true</PublishTrimmed>
              <TrimmerSingleWarn>false</TrimmerSingleWarn>
            </PropertyGroup>
            <ItemGroup>
              <TrimmerRootAssembly Include="Trimmed" />
            </ItemGroup>
            """);
        string published = Feed.PathOf("trimmed");

        string output = Repository.Dotnet(project, "publish", "--use-current-runtime", "--output", published);

        string[] warnings = [.. TrimWarning().Matches(output).Select(match => match.Value)];
        string[] atCalls = [.. warnings.Where(warning => warning.Contains("Program.cs(", StringComparison.Ordinal))];
        string[] elsewhere = [.. warnings.Except(atCalls)];
        Assert.Contains(warning => IsOnCallOf("SpatialDropout(TransformsCatalog", warning), atCalls, output);
        Assert.Contains(warning => IsOnCallOf("SpatialDropout(DataOperationsCatalog", warning), atCalls, output);
        Assert.IsNotEmpty(elsewhere, "ML.NET has warnings of its own");
        Assert.DoesNotContain(
            warning => warning.Contains("SpatialDropout", StringComparison.Ordinal), elsewhere, string.Join('\n', elsewhere));

        Assert.AreEqual("predicted: 1\ncopies: 3\n", Programs.Run(Path.Combine(published, "Trimmed")));
    }

    private static bool IsOnCallOf(string method, string warning) =>
        warning.Contains("IL2026", StringComparison.Ordinal)
        && warning.Contains($"SpatialDropoutCatalog.{method}", StringComparison.Ordinal)
        && warning.Contains("a stage finds ML.NET's training-time hook by reflection", StringComparison.Ordinal);

    // From the compiler's analyzer and from the trimmer.
    [GeneratedRegex(@"^.*warning IL\d{4}: .*$", RegexOptions.Multiline)]
    private static partial Regex TrimWarning();
}
