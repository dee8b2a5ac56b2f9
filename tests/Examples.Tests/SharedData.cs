namespace Examples.Tests;

/// <summary>Data beside the repository that are not part of it.</summary>
internal static class SharedData
{
    /// <summary>The nearest folder shared/data above this program that has BasicMotions; null if there is none.</summary>
    public static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string data = Path.Combine(folder.FullName, "shared", "data");
            if (File.Exists(Path.Combine(data, "BasicMotions_TRAIN.ts")))
                return data;
        }

        return null;
    }
}
