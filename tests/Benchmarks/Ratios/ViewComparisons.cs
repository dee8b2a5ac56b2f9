using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>
/// A pass over a view with the stage, against the pass without it and against the alternatives that a user has.
/// </summary>
internal static class ViewComparisons
{
    private const int Rows = 20_000;
    private const int Channels = 6;
    private const int Length = 128 * Channels;
    private const double Rate = 0.3;

    // Scaled, as the CustomMapping is.
    private static readonly SpatialDropoutOptions Stage = new()
    {
        OutputColumnName = nameof(FeatureRow.Features),
        Channels = Channels,
        Rate = Rate,
        Scaling = DropoutScaling.Inverted,
        Seed = 7,
    };

    private static readonly Lazy<(MLContext MLContext, IDataView Cached)> Source = new(MakeSource);

    public static IEnumerable<Comparison> All =>
    [
        new("pass with the stage, 20,000 rows of 128 x 6, cached", "the pass without it", Bar.AtMost(1.2), () => Passes(Cached)),
        new("pass that multiplies each row by 1.0 in place", "the pass without it", null, Touching),
        new("pass on two cores with the stage, GetRowCursorSet(2)", "the set without it", Bar.AtMost(1.3), () => new Sides(
            () => ViewPass.ReadInParallel(WithStage(Stage), threads: 2),
            () => ViewPass.ReadInParallel(Cached, threads: 2),
            Rows)),
        new("pass with the stage", "a CustomMapping that does the same", Bar.TimesFaster(5), () => Passes(WithCustomMapping())),
        new("pass with the stage", "NormalizeMinMax of the column", Bar.TimesFaster(8), () => Passes(WithNormalizer())),
        .. ColumnsComparison.All,
        new("pass with the original + 4 copies", "five passes with the stage", Bar.AtMost(0.8), Expanded),
    ];

    /// <summary>The bytes allocated for each row of a pass with the stage.</summary>
    public static double AllocatedPerRow() => ViewPass.AllocatedPerRow(WithStage(Stage));

    /// <summary>The stage with a backend, over the same rows.</summary>
    public static IDataView WithBackend(DropoutBackend backend) => WithStage(Stage with { Backend = backend });

    /// <summary>A pass over a view, against the pass with the stage.</summary>
    public static Sides AgainstStage(IDataView view)
    {
        IDataView stage = WithStage(Stage);
        return new Sides(() => ViewPass.Read(view), () => ViewPass.Read(stage), Rows);
    }

    private static MLContext Context => Source.Value.MLContext;

    private static IDataView Cached => Source.Value.Cached;

    private static IDataView WithStage(SpatialDropoutOptions options) => Context.Data.SpatialDropout(Cached, options);

    private static Sides Passes(IDataView other)
    {
        IDataView stage = WithStage(Stage);
        return new Sides(() => ViewPass.Read(stage), () => ViewPass.Read(other), Rows);
    }

    // The lower bound of any stage that changes rows in place: it reads and writes each row once more.
    private static Sides Touching() => new(
        () => ViewPass.Read(Cached, row => TensorPrimitives.Multiply(row, 1f, row)), () => ViewPass.Read(Cached), Rows);

    private static Sides Expanded()
    {
        IDataView stage = WithStage(Stage);
        IDataView expanded = WithStage(Stage with { Copies = 4, KeepOriginal = true });
        return new Sides(
            () => ViewPass.Read(expanded),
            () =>
            {
                for (int pass = 0; pass < 5; pass++)
                    ViewPass.Read(stage);
            },
            5 * Rows);
    }

    // The code that a user without this stage would write.
    private static IDataView WithCustomMapping()
    {
        var random = new Random(7);
        var mapping = Context.Transforms.CustomMapping<FeatureRow, FeatureRow>(
            (row, dropped) =>
            {
                var factors = new float[Channels];
                for (int channel = 0; channel < Channels; channel++)
                    factors[channel] = random.NextDouble() < Rate ? 0 : (float)(1 / (1 - Rate));

                dropped.Features = new float[Length];
                for (int i = 0; i < Length; i++)
                    dropped.Features[i] = row.Features[i] * factors[i % Channels];
            },
            contractName: null);
        return mapping.Fit(Cached).Transform(Cached);
    }

    private static IDataView WithNormalizer() =>
        Context.Transforms.NormalizeMinMax(nameof(FeatureRow.Features)).Fit(Cached).Transform(Cached);

    private static (MLContext MLContext, IDataView Cached) MakeSource()
    {
        var mlContext = new MLContext(1);
        var random = new Random(1);
        FeatureRow[] rows = [.. Enumerable.Range(0, Rows).Select(_ => new FeatureRow
        {
            Features = [.. Enumerable.Range(0, Length).Select(_ => random.NextSingle())],
        })];
        return (mlContext, mlContext.Data.Cache(mlContext.Data.LoadFromEnumerable(rows), nameof(FeatureRow.Features)));
    }

    private sealed class FeatureRow
    {
        [VectorType(Length)]
        public float[] Features { get; set; } = [];
    }
}
