using MLNet.SpatialDropout.TorchSharp.Tests;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Starts the tests. If libtorch does not load, it starts only the one that says why.</summary>
internal static class Program
{
    private const string Filter = "--filter";

    public static Task<int> Main(string[] args) => MicrosoftTestingPlatformApplication.RunAsync(
        Devices.WhyNot is null || args.Contains(Filter)
            ? args
            : [.. args, Filter, $"FullyQualifiedName~{nameof(LibtorchTests)}"]);
}
