namespace Shards;

/// <summary>Writes files so that a process that ends early leaves none that is incomplete.</summary>
internal static class WholeFile
{
    /// <summary>Writes under another name, and renames the file when it is complete.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string partial = $"{path}.partial";
        using (FileStream stream = File.Create(partial))
            write(stream);
        File.Move(partial, path, overwrite: true);
    }
}
