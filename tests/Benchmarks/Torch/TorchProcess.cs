using System.Diagnostics;
using System.Text.Json;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>
/// Measures against libtorch in a process of its own. Some systems have a C++ runtime that is too old for libtorch: there the
/// process runs under a host that <c>eng/torch-host.sh</c> makes.
/// </summary>
internal static class TorchProcess
{
    public const string Command = "torch-line";

    private static string MadeHost => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../torch-host/dotnet"));

    /// <param name="only">Measures only the lines that contain this text. Null for all.</param>
    public static TorchResult Run(string? only)
    {
        var start = new ProcessStartInfo(File.Exists(MadeHost) ? MadeHost : "dotnet")
        {
            ArgumentList = { "exec", typeof(TorchProcess).Assembly.Location, Command, only ?? "" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<TorchResult>(output)!
            : new TorchResult(
                [],
                "Not measured: libtorch does not load here. On Linux with an older C++ runtime than GCC 13's, run"
                + $" 'bash eng/torch-host.sh' first: it makes a host at {MadeHost}.{Environment.NewLine}"
                + FirstLine(errors.Result));
    }

    /// <summary>Runs in the other process: prints the result to its standard output.</summary>
    public static void PrintResult(string only) => Console.WriteLine(
        JsonSerializer.Serialize(new TorchResult([.. TorchComparisons.Of(only).Select(Measurement.Of)])));

    private static string FirstLine(string text) => text.Split('\n').FirstOrDefault(line => line.Trim().Length > 0, "");
}
