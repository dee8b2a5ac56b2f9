using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Examples.Tests;
using MLNet.SpatialDropout;
using MLNet.SpatialDropout.Tests;

namespace ArrowWorker.Tests;

/// <summary>The worker as a process of its own, between a writer and a reader of Arrow's JavaScript library.</summary>
[TestClass]
public sealed class PeerTests
{
    [TestMethod]
    [DataRow("fixed")]
    [DataRow("list")]
    public void What_another_library_writes_and_reads_is_dropped_out_as_in_ML_NET(string kind)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(Repository.PathOf("tests/Examples.Tests/ArrowWorker/peer")))
            File.Copy(file, folder.PathOf(Path.GetFileName(file)));
        if (Find("npm") is not { } npm || Find("node") is not { } node)
        {
            Assert.Inconclusive("There is no Node.js here, which runs the peer.");
            return;
        }

        Run(folder.FullName, npm, [], "ci", "--silent", "--no-audit", "--no-fund");
        byte[] written = Run(folder.FullName, node, [], "write.mjs", kind);
        byte[] dropped = Run(
            folder.FullName, "dotnet", written, "exec", Path.Combine(AppContext.BaseDirectory, "ArrowWorker.dll"),
            "--options", "{\"Channels\":3,\"Rate\":0.5,\"Seed\":7}", "--column", "rows", "--key", "key", "--keep-original");
        Row[] rows = [.. Encoding.UTF8.GetString(Run(folder.FullName, node, dropped, "read.mjs"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<Row>(line, JsonSerializerOptions.Web)!)];

        // Ten rows, none, and five, each batch as it is and dropped out.
        var plan = DropoutPlan.Create(new DropoutOptions { Channels = 3, Rate = 0.5, Seed = 7 }, length: 12);
        Row[][] batches = [rows[..10], rows[10..20], rows[20..25], rows[25..]];
        Assert.HasCount(5, batches[3]);
        for (int batch = 0; batch < batches.Length; batch++)
        {
            foreach ((int i, Row row) in batches[batch].Index())
            {
                int number = (batch < 2 ? 1 : 11) + i;
                double[]? expected = i == 3 ? null : [.. Enumerable.Range(0, 12).Select(value => number + (value / 2.0))];
                if (batch % 2 == 1 && expected is not null)
                    plan.Apply(MaskKey.FromText($"session {number} ä"), expected, expected);
                Assert.AreEqual($"session {number} ä", row.Key);
                CollectionAssert.AreEqual(expected, row.Values, $"batch {batch}, row {i}");
            }
        }
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.cmd" : program)).FirstOrDefault(File.Exists);

    private static byte[] Run(string folder, string program, byte[] input, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        Task copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        Task.WaitAll(copying, error);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{program} {string.Join(' ', args)}: {error.Result}");
        return output.ToArray();
    }

    private sealed record Row(string Key, double[]? Values);
}
