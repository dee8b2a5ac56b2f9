namespace MLNet.SpatialDropout.Tests;

/// <summary>In this project the tests use the SIMD kernels.</summary>
public abstract partial class DropoutTests
{
    private static partial SpatialDropoutOptions Complete(SpatialDropoutOptions options) => options;
}
