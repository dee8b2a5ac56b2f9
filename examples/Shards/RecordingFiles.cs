using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Shards;

/// <summary>The recordings that workers read, whole and in shards.</summary>
public static class RecordingFiles
{
    // Of the generator: four activities of five recordings for each person, in training and test data.
    private const int RecordingsPerPerson = 40;

    /// <summary>Generates recordings, each with a key of its own.</summary>
    public static IReadOnlyList<KeyedRecording> Generate(int count, int seed)
    {
        DataSet data = WearableGenerator.Generate(seed, people: (count + RecordingsPerPerson - 1) / RecordingsPerPerson);
        return [.. data.Train.Recordings.Concat(data.Test.Recordings).Take(count).Select((recording, index) =>
            new KeyedRecording { Key = $"recording {index:D6}", Features = recording.Features })];
    }

    /// <summary>Cuts recordings into shards that follow each other and differ in size by one at most.</summary>
    public static IReadOnlyList<IReadOnlyList<KeyedRecording>> Cut(IReadOnlyList<KeyedRecording> recordings, int shards) =>
        [.. Enumerable.Range(0, shards).Select(shard =>
        {
            int start = (int)((long)recordings.Count * shard / shards);
            int end = (int)((long)recordings.Count * (shard + 1) / shards);
            return recordings.Skip(start).Take(end - start).ToArray();
        })];

    /// <summary>Writes recordings in ML.NET's binary format.</summary>
    public static void Write(string path, IReadOnlyList<KeyedRecording> recordings)
    {
        var mlContext = new MLContext();
        SchemaDefinition schema = SchemaDefinition.Create(typeof(KeyedRecording));
        schema[nameof(KeyedRecording.Features)].ColumnType =
            new VectorDataViewType(NumberDataViewType.Single, recordings[0].Features.Length);
        IDataView view = mlContext.Data.LoadFromEnumerable(recordings, schema);
        WholeFile.Write(path, stream => mlContext.Data.SaveAsBinary(view, stream));
    }
}
