namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// A backend without a device: the kernels, a few rows at a time. It can fail at a given batch, like a device out of memory.
/// </summary>
internal sealed class KernelBackend(int batchSize = 4, int? failingBatch = null) : DropoutBackend
{
    private int _batches;

    public override int BatchSize => batchSize;

    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<float> source, Span<float> destination)
    {
        if (++_batches == failingBatch)
            throw new InvalidOperationException("out of memory");
        plan.ApplyRows(rows, source, destination);
    }

    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<double> source, Span<double> destination) =>
        plan.ApplyRows(rows, source, destination);
}
