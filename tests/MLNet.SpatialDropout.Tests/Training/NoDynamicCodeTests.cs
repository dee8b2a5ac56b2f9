using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Where code cannot be emitted, the stage is refused with the reason, and the view still works.</summary>
[TestClass]
public sealed class NoDynamicCodeTests
{
    private const string Switch = "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported";

    [TestMethod]
    public async Task Fit_names_the_way_out_and_the_way_out_works()
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
            await RunAgainWithoutDynamicCode();
        else
            AssertRefusal();
    }

    private static void AssertRefusal()
    {
        var mlContext = new MLContext(1);
        // Not LoadFromEnumerable, because that emits code itself.
        var data = new VirtualView<float>(
            4, SensorRow.Length, _ => new VBuffer<float>(SensorRow.Length, new float[SensorRow.Length]));
        SpatialDropoutEstimator estimator = mlContext.Transforms.SpatialDropout("Features", SensorRow.Sensors);

        var refusal = Assert.ThrowsExactly<NotSupportedException>(() => estimator.Fit(data));
        StringAssert.Contains(refusal.Message, "this process cannot emit code");
        Assert.DoesNotContain("Microsoft.ML.Core", refusal.Message, "it does not blame the version of ML.NET");
        StringAssert.Contains(refusal.Message, "mlContext.Data.SpatialDropout(view, options)");
        Assert.HasCount(4 * 5, ViewRow<float>.Read(mlContext.Data.SpatialDropout(data, estimator.Options)));
    }

    private static async Task RunAgainWithoutDynamicCode()
    {
        string assembly = typeof(NoDynamicCodeTests).Assembly.Location;
        JsonNode configuration = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.ChangeExtension(assembly, ".runtimeconfig.json")))!;
        configuration["runtimeOptions"]!["configProperties"]![Switch] = false;
        string changed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.runtimeconfig.json");
        try
        {
            await File.WriteAllTextAsync(changed, configuration.ToJsonString());
            using Process process = Process.Start(new ProcessStartInfo(
                "dotnet",
                ["exec", "--runtimeconfig", changed, assembly, "--filter", nameof(Fit_names_the_way_out_and_the_way_out_works)])
            {
                RedirectStandardOutput = true,
            })!;
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.AreEqual(0, process.ExitCode, output);
            StringAssert.Contains(output, "succeeded: 1");
        }
        finally
        {
            File.Delete(changed);
        }
    }
}
