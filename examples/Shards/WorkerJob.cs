namespace Shards;

/// <summary>The job of a worker process: read a file of recordings and write them dropped out.</summary>
/// <param name="Input">A file in ML.NET's binary format.</param>
/// <param name="Output">The file to write, of the format of <see cref="RowFile"/>.</param>
/// <param name="Seed">The seed of the masks, the same for all workers.</param>
/// <param name="Masks">What names the mask of a recording.</param>
public sealed record WorkerJob(string Input, string Output, int Seed, MaskSource Masks);
