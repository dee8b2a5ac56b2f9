namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The examples in the documentation of <see cref="DropoutBackend"/>'s members: a backend that is one; see
/// <see cref="PublicApiTests"/>.
/// </summary>
[TestClass]
public sealed class BackendExamples
{
    [TestMethod]
    public void Members()
    {
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Seed = 1 };
        var backend = new PlainBackend();

        float[][] rows = Recordings.DropOut(options with { Backend = backend }, count: 300);

        CollectionAssert.AreEqual(
            Recordings.DropOut(options, count: 300).SelectMany(row => row).ToArray(), rows.SelectMany(row => row).ToArray());
        Assert.AreEqual(768 * 1024, backend.BatchSize * Recording.Length * sizeof(float));
    }

    private sealed class PlainBackend : DropoutBackend
    {
        // snippet: backend_batch_rows
        public override int BatchSize => 256;   // 768 KiB of 128 x 6 floats
        // end

        // snippet: backend_apply
        public override void Apply(
            DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<float> source, Span<float> destination)
        {
            plan.ApplyRows(rows, source, destination);   // whatever computes them, these are the values
        }
        // end

        public override void Apply(
            DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<double> source, Span<double> destination) =>
            plan.ApplyRows(rows, source, destination);
    }
}
