using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The library, published once for all tests.</summary>
[TestClass]
public static class PublishedLibrary
{
    private static readonly DirectoryInfo Temporary = Directory.CreateTempSubdirectory("native-");

    /// <summary>The folder that has the library and its header.</summary>
    public static string Folder { get; } = PathOf("published");

    /// <summary>The library.</summary>
    public static string File { get; } = Path.Combine(Folder, "libspatialdropout" + Extension);

    /// <summary>What publishing printed.</summary>
    public static string Output { get; private set; } = "";

    private static string Extension =>
        OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";

    [AssemblyInitialize]
    public static void Publish(TestContext _)
    {
        if (OperatingSystem.IsLinux() && FindCompiler() is null)
            Assert.Inconclusive("Native AOT needs clang or gcc to link. On Debian: apt-get install gcc libc6-dev.");
        Output = Repository.Dotnet(
            Repository.Root, "publish", "src/Native", "--use-current-runtime", "--output", Folder,
            $"-p:ArtifactsPath={PathOf("artifacts")}");
        NativeLibrary.SetDllImportResolver(
            typeof(NativeMethods).Assembly,
            (name, _, _) => name == NativeMethods.Library ? NativeLibrary.Load(File) : IntPtr.Zero);
    }

    [AssemblyCleanup]
    public static void Delete()
    {
        // Windows does not delete a library that is loaded, and one that is compiled ahead of time cannot be unloaded.
        if (!OperatingSystem.IsWindows())
            Temporary.Delete(recursive: true);
    }

    /// <summary>A path in a folder that is deleted in the end.</summary>
    public static string PathOf(string name) => Path.Combine(Temporary.FullName, name);

    /// <summary>A C compiler of this machine. Null if it has none.</summary>
    public static string? FindCompiler() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, "gcc"), Path.Combine(folder, "clang") })
        .FirstOrDefault(System.IO.File.Exists);

    /// <summary>Runs a program. Fails if the program fails.</summary>
    /// <returns>What it prints.</returns>
    public static string Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output + errors.Result);
        return output;
    }
}
