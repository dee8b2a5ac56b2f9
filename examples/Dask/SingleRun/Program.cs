using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
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

// Everything that a row can meet: mixed fills, one of them from the row itself, and outages of a part of the row.
var byKey = new SpatialDropoutOptions
{
    OutputColumnName = nameof(Recording.Features),
    Channels = Recording.Channels,
    Rate = 0.3,
    Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue),
    OutageSteps = (Recording.Steps / 4, Recording.Steps),
    Copies = 2,
    KeepOriginal = true,
    MaskKeyColumnName = nameof(Recording.Key),
    Seed = seed,
};

WritePartitions();
WriteJob();
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

// The options of a row as the workers read them, and what a plan does not know.
void WriteJob()
{
    var options = JsonSerializer.SerializeToNode<DropoutOptions>(byKey);
    var job = new { Options = options, Recording.Length, byKey.Copies, byKey.KeepOriginal };
    File.WriteAllText(Path.Combine(folder, "job.json"), JsonSerializer.Serialize(job));
}

void WriteExpected(string name, SpatialDropoutOptions options)
{
    var mlContext = new MLContext();
    IDataView recordings = mlContext.Data.LoadFromEnumerable(Recording.Generate(count, seed));
    IDataView dropped = mlContext.Data.SpatialDropout(recordings, options);

    long start = Stopwatch.GetTimestamp();
    DataViewSchema.Column features = dropped.Schema[nameof(Recording.Features)];
    using DataViewRowCursor cursor = dropped.GetRowCursor([features]);
    ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
    VBuffer<float> row = default;
    float[] dense = new float[Recording.Length];
    using var file = new RowFile(Path.Combine(folder, name), (long)count * (options.Copies + 1));
    while (cursor.MoveNext())
    {
        getFeatures(ref row);
        row.CopyTo(dense);
        file.Write(dense);
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {count * (options.Copies + 1):N0} rows of ML.NET's single run in"
        + $" {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, with making the recordings and writing the file"));
}
