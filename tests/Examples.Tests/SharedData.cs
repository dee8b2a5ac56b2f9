namespace Examples.Tests;

/// <summary>Data that lie beside the repository and are no part of it.</summary>
internal static class SharedData
{
    /// <summary>The nearest folder shared/data above the tests, or null where BasicMotions is not there.</summary>
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
