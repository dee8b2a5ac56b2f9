using Microsoft.ML;
using Microsoft.ML.Data;

namespace Shards;

/// <summary>
/// A file of rows without a header, so that files can be joined. A row is the key (length as a 7-bit encoded integer, UTF-8),
/// then the features as little-endian single-precision numbers.
/// </summary>
public static class RowFile
{
    /// <summary>Writes the columns of a <see cref="KeyedRecording"/>.</summary>
    public static void Write(string path, IDataView rows) => WholeFile.Write(path, stream =>
    {
        DataViewSchema.Column keys = rows.Schema[nameof(KeyedRecording.Key)];
        DataViewSchema.Column features = rows.Schema[nameof(KeyedRecording.Features)];
        using DataViewRowCursor cursor = rows.GetRowCursor([keys, features]);
        ValueGetter<ReadOnlyMemory<char>> getKey = cursor.GetGetter<ReadOnlyMemory<char>>(keys);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);

        ReadOnlyMemory<char> key = default;
        VBuffer<float> values = default;
        using var writer = new BinaryWriter(stream);
        while (cursor.MoveNext())
        {
            getKey(ref key);
            getFeatures(ref values);
            writer.Write(key.ToString());
            foreach (float value in values.DenseValues())
                writer.Write(value);
        }
    });

    /// <summary>The rows of a file, byte for byte.</summary>
    /// <param name="path">The file.</param>
    /// <param name="featureCount">The features of each row.</param>
    /// <exception cref="InvalidDataException">The file ends within a row.</exception>
    public static IEnumerable<RowBytes> Read(string path, int featureCount)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            string key = reader.ReadString();
            byte[] features = reader.ReadBytes(featureCount * sizeof(float));
            if (features.Length < featureCount * sizeof(float))
                throw new InvalidDataException($"{path} ends within the row of '{key}'");
            yield return new RowBytes(key, features);
        }
    }

    /// <summary>Joins files in the order given.</summary>
    public static void Join(IEnumerable<string> paths, string joined) => WholeFile.Write(joined, stream =>
    {
        foreach (string path in paths)
        {
            using FileStream part = File.OpenRead(path);
            part.CopyTo(stream);
        }
    });

    /// <summary>Whether two files have the same bytes.</summary>
    public static bool AreEqual(string path, string other)
    {
        using FileStream one = File.OpenRead(path);
        using FileStream two = File.OpenRead(other);
        byte[] bytes = new byte[1 << 16];
        byte[] others = new byte[1 << 16];
        if (one.Length != two.Length)
            return false;

        int count;
        while ((count = one.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0)
        {
            two.ReadExactly(others, 0, count);
            if (!bytes.AsSpan(0, count).SequenceEqual(others.AsSpan(0, count)))
                return false;
        }

        return true;
    }
}
