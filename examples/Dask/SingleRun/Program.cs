using System.Diagnostics;
using System.Globalization;
using MLNet.SpatialDropout;
using SingleRun;

// Generates recordings, writes them in partitions, and writes what ML.NET makes of all of them in a single run: what the workers
// must give. run.py starts it.

if (args is not [string folder, string rows, string partitions, string randomSeed])
{
    Console.Error.WriteLine("usage: SingleRun FOLDER ROWS PARTITIONS SEED");
    return 2;
}

int count = int.Parse(rows, CultureInfo.InvariantCulture);
int seed = int.Parse(randomSeed, CultureInfo.InvariantCulture);

SpatialDropoutOptions byKey = Job.Options(seed);
WritePartitions();
File.WriteAllText(Path.Combine(folder, "job.json"), Job.Describe(byKey).ToJsonString());
WriteExpected("expected-by-key.npy", byKey);
WriteExpected("expected-by-row.npy", byKey with { MaskKeyColumnName = null });
return 0;

void WritePartitions()
{
    int parts = int.Parse(partitions, CultureInfo.InvariantCulture);
    Recording[][] all = [.. Recording.Generate(count, seed).Chunk((count + parts - 1) / parts)];
    for (int part = 0; part < all.Length; part++)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"part-{part:D4}"));
        using var file = new RowFile($"{path}.npy", all[part].Length);
        foreach (Recording recording in all[part])
            file.Write(recording.Features);
        File.WriteAllText($"{path}.keys.txt", string.Join('\n', all[part].Select(recording => recording.Key)));
    }
}

void WriteExpected(string name, SpatialDropoutOptions options)
{
    long start = Stopwatch.GetTimestamp();
    using var file = new RowFile(Path.Combine(folder, name), (long)count * (options.Copies + 1));
    foreach (Recording row in Job.Run(count, seed, options))
        file.Write(row.Features);

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {count * (options.Copies + 1):N0} rows of ML.NET's single run in"
        + $" {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, with making the recordings and writing the file"));
}
