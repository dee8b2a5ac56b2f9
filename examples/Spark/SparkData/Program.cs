using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using MLNet.SpatialDropout;
using ParquetSharp.Arrow;
using SingleRun;
using SparkData;

// Generates recordings, writes them for Spark as Parquet and for the test without Spark as an Arrow stream, and writes the digest
// of what ML.NET makes of all of them in a single run. make.py starts it.

if (args is not [string folder, string rows, string partitions, string randomSeed])
{
    Console.Error.WriteLine("usage: SparkData FOLDER ROWS PARTITIONS SEED");
    return 2;
}

int count = int.Parse(rows, CultureInfo.InvariantCulture);
int parts = int.Parse(partitions, CultureInfo.InvariantCulture);
int seed = int.Parse(randomSeed, CultureInfo.InvariantCulture);

WriteRecordings();
WriteJob();
return 0;

void WriteRecordings()
{
    DirectoryInfo data = Directory.CreateDirectory(Path.Combine(folder, "data"));
    var schema = new Schema(
        [new Field(nameof(Recording.Key), StringType.Default, nullable: true),
            new Field(nameof(Recording.Features), new ListType(FloatType.Default), nullable: true)],
        metadata: null);
    using FileStream stream = File.Create(Path.Combine(folder, "recordings.arrow"));
    using var streamWriter = new ArrowStreamWriter(stream, schema);
    foreach ((int part, Recording[] recordings) in Recording.Generate(count, seed).Chunk((count + parts - 1) / parts).Index())
    {
        using var batch = new RecordBatch(schema, [Keys(recordings), Features(recordings)], recordings.Length);
        streamWriter.WriteRecordBatch(batch);

        string name = string.Create(CultureInfo.InvariantCulture, $"part-{part:D4}.parquet");
        using var parquet = new FileWriter(Path.Combine(data.FullName, name), schema);
        parquet.WriteRecordBatch(batch);
        parquet.Close();
    }

    streamWriter.WriteEnd();
}

void WriteJob()
{
    SpatialDropoutOptions options = Job.Options(seed);
    var digest = new Digest();
    foreach ((int number, Recording row) in Job.Run(count, seed, options).Index())
        digest.Add(row.Key, copy: number % (options.Copies + 1), row.Features);

    var job = Job.Describe(options);
    job["Rows"] = digest.Count;
    job["Digest"] = $"{digest}";
    File.WriteAllText(Path.Combine(folder, "job.json"), job.ToJsonString(new() { WriteIndented = true }));
}

static StringArray Keys(Recording[] recordings) =>
    new StringArray.Builder().AppendRange(recordings.Select(recording => recording.Key)).Build();

static ListArray Features(Recording[] recordings)
{
    var lists = new ListArray.Builder(FloatType.Default);
    var values = (FloatArray.Builder)lists.ValueBuilder;
    foreach (Recording recording in recordings)
    {
        lists.Append();
        values.Append(recording.Features.AsSpan());
    }

    return lists.Build();
}
