using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A pass over sensors in columns, against the same values in one vector column.</summary>
internal static class ColumnsComparison
{
    private const int Rows = 20_000;
    private const int Length = 3 * 128;

    private static readonly string[] Columns = [nameof(SensorsRow.First), nameof(SensorsRow.Second), nameof(SensorsRow.Third)];

    private static readonly SpatialDropoutOptions Stage =
        new() { Rate = 0.3, Scaling = DropoutScaling.Inverted, Seed = 7 };

    public static IEnumerable<Comparison> All =>
    [
        new(
            "pass with Columns of 3 x 128, 3 x 128 and a scalar", "the pass with these values in one column, as groups",
            Bar.AtMost(1.1), () => Passes(drops: true)),
        new(
            "pass over these three columns without the stage", "the pass over the one column without it", null,
            () => Passes(drops: false)),
    ];

    private static Sides Passes(bool drops)
    {
        var mlContext = new MLContext(1);
        var random = new Random(1);
        float[] Values() => [.. Enumerable.Range(0, Length).Select(_ => random.NextSingle())];
        IDataView rows = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, Rows)
            .Select(_ => new SensorsRow { First = Values(), Second = Values(), Third = random.NextSingle() }).ToArray());
        IDataView joined = mlContext.Transforms.Concatenate("Features", Columns).Fit(rows).Transform(rows);

        IDataView byColumn = mlContext.Data.Cache(rows, Columns);
        IDataView inOne = mlContext.Data.Cache(joined, "Features");
        if (drops)
        {
            byColumn = mlContext.Data.SpatialDropout(byColumn, Stage with { Columns = Columns });
            inOne = mlContext.Data.SpatialDropout(
                inOne, Stage with { OutputColumnName = "Features", Groups = [Length, Length, 1] });
        }

        return new Sides(() => ViewPass.Read(byColumn, Columns), () => ViewPass.Read(inOne, ["Features"]), Rows);
    }

    private sealed class SensorsRow
    {
        [VectorType(Length)]
        public float[] First { get; set; } = [];

        [VectorType(Length)]
        public float[] Second { get; set; } = [];

        public float Third { get; set; }
    }
}
