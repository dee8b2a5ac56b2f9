using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Runs this project's other tests again in processes where the runtime may not use its widest vectors.
/// </summary>
[TestClass]
public sealed class InstructionSetTests
{
    private const string WidestVariable = "SPATIALDROPOUT_WIDEST_VECTOR";

    [TestMethod]
    [DataRow("DOTNET_EnableAVX512", "256")]
    [DataRow("DOTNET_EnableAVX2", "128")]
    [DataRow("DOTNET_EnableHWIntrinsic", "0")]
    public async Task All_tests_hold_without(string setting, string widest)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "--filter", $"FullyQualifiedName!~{nameof(All_tests_hold_without)}" },
            Environment = { [setting] = "0", [WidestVariable] = widest },
            RedirectStandardOutput = true,
        };

        // The process is the tests' executable, or 'dotnet', which needs the assembly as an argument.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Insert(0, "exec");
            start.ArgumentList.Insert(1, typeof(InstructionSetTests).Assembly.Location);
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.AreEqual(0, process.ExitCode, output);
    }

    /// <summary>
    /// In a child process, proves that the setting took effect; elsewhere, that the machine's vectors are in use.
    /// </summary>
    [TestMethod]
    public void The_widest_vector_is_no_wider_than_allowed()
    {
        int widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128 : 0;
        string? allowed = Environment.GetEnvironmentVariable(WidestVariable);

        if (allowed is null)
            Assert.IsGreaterThanOrEqualTo(128, widest);
        else
            Assert.IsLessThanOrEqualTo(int.Parse(allowed), widest);
    }
}
