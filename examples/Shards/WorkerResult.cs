namespace Shards;

/// <summary>How a worker process ended.</summary>
/// <param name="Job">What it was to do.</param>
/// <param name="ExitCode">Its exit code: 0 where its output is whole.</param>
/// <param name="Error">What it said went wrong.</param>
/// <param name="Elapsed">How long it ran, its start included.</param>
public sealed record WorkerResult(WorkerJob Job, int ExitCode, string Error, TimeSpan Elapsed);
