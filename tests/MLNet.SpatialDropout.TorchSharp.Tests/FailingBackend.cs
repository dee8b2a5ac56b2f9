namespace MLNet.SpatialDropout.Tests;

/// <summary>A backend that fails at one of its batches of four rows, as a device out of memory does.</summary>
internal sealed class FailingBackend(int batch) : DropoutBackend
{
    private int _batches;

    public override int BatchRows => 4;

    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<RowKey> rows, ReadOnlySpan<float> source, Span<float> destination)
    {
        if (++_batches == batch)
            throw new InvalidOperationException("out of memory");
        plan.ApplyRows(rows, source, destination);
    }

    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<RowKey> rows, ReadOnlySpan<double> source, Span<double> destination) =>
        plan.ApplyRows(rows, source, destination);
}
