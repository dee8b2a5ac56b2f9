using BenchmarkDotNet.Attributes;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The comparisons of the table of ratios under BenchmarkDotNet, which also counts what they allocate.</summary>
[MemoryDiagnoser]
public class ComparisonBenchmarks
{
    private Sides? _sides;

    /// <summary>Which comparison.</summary>
    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    /// <summary>All comparisons.</summary>
    public static IEnumerable<string> Names => Comparisons.All.Select(comparison => comparison.ToString());

    [GlobalSetup]
    public void Prepare() => _sides = Comparisons.All.Single(comparison => comparison.ToString() == Name).Prepare();

    [Benchmark(Baseline = true)]
    public void Against() => _sides!.Against();

    [Benchmark]
    public void Measured() => _sides!.Measured();
}
