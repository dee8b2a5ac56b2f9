namespace Shards;

/// <summary>Files that are there whole or not at all, whenever a process ends.</summary>
internal static class WholeFile
{
    /// <summary>Writes under another name, and gives the file its own when it is whole.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string partial = $"{path}.partial";
        using (FileStream stream = File.Create(partial))
            write(stream);
        File.Move(partial, path, overwrite: true);
    }
}
