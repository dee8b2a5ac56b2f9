using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A process that has ML.NET but not this library.</summary>
internal static class ForeignProcess
{
    // artifacts/bin/PROJECT/CONFIGURATION/: the host lies beside this project.
    private static string HostPath
    {
        get
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(configuration.Parent!.Parent!.FullName, "ModelHost", configuration.Name, "ModelHost.dll");
        }
    }

    /// <summary>The scores that a saved model gives to some data.</summary>
    /// <param name="mlContext">Saves the data.</param>
    /// <param name="modelPath">The saved model.</param>
    /// <param name="data">The data.</param>
    /// <param name="folder">A folder for files.</param>
    public static async Task<float[]> Score(MLContext mlContext, string modelPath, IDataView data, string folder)
    {
        string dataPath = Path.Combine(folder, "data.idv");
        using (FileStream stream = File.Create(dataPath))
            mlContext.Data.SaveAsBinary(data, stream);

        using Process host = Process.Start(new ProcessStartInfo("dotnet", ["exec", HostPath, modelPath, dataPath])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = host.StandardError.ReadToEndAsync();
        string output = await host.StandardOutput.ReadToEndAsync();
        await host.WaitForExitAsync();

        Assert.AreEqual(0, host.ExitCode, await errors);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => float.Parse(line, CultureInfo.InvariantCulture))];
    }
}
