namespace Shards;

/// <summary>How a worker process ended.</summary>
/// <param name="Job">Its job.</param>
/// <param name="ExitCode">Its exit code: 0 if its output is complete.</param>
/// <param name="Error">Its error output.</param>
/// <param name="Elapsed">How long it ran, including its start.</param>
public sealed record WorkerResult(WorkerJob Job, int ExitCode, string Error, TimeSpan Elapsed);
