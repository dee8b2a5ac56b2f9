namespace Shards;

/// <summary>Does a job in a process of its own.</summary>
public delegate Task<WorkerResult> WorkerRunner(WorkerJob job);
