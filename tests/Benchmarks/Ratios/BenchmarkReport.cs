using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A run of BenchmarkDotNet over all comparisons, in this process.</summary>
internal static class BenchmarkReport
{
    private static readonly Job Job = Job.InProcess
        .WithIterationTime(TimeInterval.FromMilliseconds(100))
        .WithWarmupCount(3)
        .WithIterationCount(7);

    public static void Run(string folder) => BenchmarkRunner.Run<ComparisonBenchmarks>(ManualConfig.CreateEmpty()
        .AddJob(Job)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(120))
        .WithArtifactsPath(folder));
}
