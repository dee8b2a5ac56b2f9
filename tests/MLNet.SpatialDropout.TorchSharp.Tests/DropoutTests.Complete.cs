namespace MLNet.SpatialDropout.Tests;

/// <summary>In this project the tests use the backend, on every device.</summary>
public abstract partial class DropoutTests
{
    private static partial SpatialDropoutOptions Complete(SpatialDropoutOptions options) =>
        options with { Backend = EveryDeviceBackend.Instance };
}
