using System.Diagnostics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What a process without a working libtorch reports. Each test starts such a process.</summary>
[TestClass]
public sealed class TorchRuntimeTests
{
    private static string MakerFolder => AppContext.BaseDirectory.Replace(
        typeof(TorchRuntimeTests).Assembly.GetName().Name!, "BackendMaker", StringComparison.Ordinal);

    // eng/torch-host.sh makes this only on systems where libtorch does not load.
    private static bool SystemIsTooOld =>
        File.Exists(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../torch-host/dotnet")));

    // The full path: a bare name would first find the host that this process runs under, in the same folder.
    private static string SystemsDotnet => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
        .First(File.Exists);

    [TestMethod]
    public void A_missing_libtorch_is_refused_with_the_cure()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            foreach (string file in Directory.GetFiles(MakerFolder, "*.dll"))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            File.Copy(
                Path.Combine(MakerFolder, "BackendMaker.runtimeconfig.json"),
                Path.Combine(folder.FullName, "BackendMaker.runtimeconfig.json"));

            foreach (string line in Run(folder.FullName, packages: folder.FullName))
            {
                Assert.StartsWith("refused: libtorch, the native half of TorchSharp, was not found.", line);
                Assert.Contains("TorchSharp-cpu", line);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void Under_the_systems_own_runtime_it_loads_or_says_what_helps()
    {
        string[] lines = Run(MakerFolder, packages: null);
        if (SystemIsTooOld)
        {
            foreach (string line in lines)
            {
                Assert.StartsWith("refused: libtorch does not load: the system's C++ runtime (libstdc++) is older", line);
                Assert.Contains("Debian 13, Ubuntu 24.04 or later", line);
            }
        }
        else
        {
            Assert.AreEqual("made: TorchSharp on cpu", lines[0]);
            Assert.StartsWith("made: SpatialDropout1d", lines[1]);
        }
    }

    private static string[] Run(string folder, string? packages)
    {
        var start = new ProcessStartInfo(SystemsDotnet)
        {
            ArgumentList = { "exec", Path.Combine(folder, "BackendMaker.dll") },
            RedirectStandardOutput = true,
        };
        if (packages is not null)
            start.Environment["NUGET_PACKAGES"] = packages;
        using Process process = Process.Start(start)!;
        // TorchSharp's loader writes to the console as well.
        string[] lines = [.. process.StandardOutput.ReadToEnd().Split(Environment.NewLine)
            .Where(line => line.StartsWith("made: ", StringComparison.Ordinal)
                || line.StartsWith("refused: ", StringComparison.Ordinal))];
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode);
        Assert.HasCount(2, lines);
        return lines;
    }
}
