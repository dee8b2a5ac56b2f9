using Parquet.Serialization;
using SparkData;
using KeyedRecording = SingleRun.Recording;

namespace Examples.Tests.Spark;

/// <summary>The Parquet files, which Arrow's C++ writes, read by a library that shares no code with it.</summary>
[TestClass]
public sealed class RecordingFilesTests
{
    [TestMethod]
    public async Task The_parquet_files_hold_the_recordings()
    {
        using var folder = new TemporaryFolder();
        RecordingFiles.Write(folder.FullName, count: 10, parts: 3, seed: 1);

        var read = new List<Row>();
        foreach (string path in Directory.GetFiles(folder.PathOf("data")).Order(StringComparer.Ordinal))
        {
            await using FileStream file = File.OpenRead(path);
            read.AddRange((await ParquetSerializer.DeserializeAsync<Row>(file)).Data);
        }

        KeyedRecording[] expected = [.. KeyedRecording.Generate(count: 10, seed: 1)];
        CollectionAssert.AreEqual(expected.Select(row => row.Key).ToArray(), read.Select(row => row.Key).ToArray());
        for (int i = 0; i < expected.Length; i++)
            CollectionAssert.AreEqual(expected[i].Features, read[i].Features!.Select(value => value!.Value).ToArray());
    }

    private sealed class Row
    {
        public string? Key { get; set; }

        public List<float?>? Features { get; set; }
    }
}
