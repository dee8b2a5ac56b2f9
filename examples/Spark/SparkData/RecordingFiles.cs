using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ParquetSharp.Arrow;
using SingleRun;

namespace SparkData;

/// <summary>Recordings in the two forms that Spark's side reads.</summary>
public static class RecordingFiles
{
    /// <summary>Writes them as Parquet, a file for each part, and as one Arrow stream, a batch for each part.</summary>
    public static void Write(string folder, int count, int parts, int seed)
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

    private static StringArray Keys(Recording[] recordings) =>
        new StringArray.Builder().AppendRange(recordings.Select(recording => recording.Key)).Build();

    private static ListArray Features(Recording[] recordings)
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
}
