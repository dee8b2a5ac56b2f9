using System.Diagnostics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Runs the programs that a test published.</summary>
internal static class Programs
{
    /// <summary>What a program prints, with line feeds as line ends. Fails if the program fails.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output);
        return output.ReplaceLineEndings("\n");
    }
}
