namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The example in the documentation of <see cref="DropoutBackend"/>'s method, with a real backend; see
/// <see cref="PublicApiTests"/>.
/// </summary>
[TestClass]
public sealed class BackendExamples
{
    [TestMethod]
    public void Members()
    {
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Seed = 1 };

        float[][] rows = Recordings.DropOut(options with { Backend = new PlainBackend() }, count: 300);

        CollectionAssert.AreEqual(
            Recordings.DropOut(options, count: 300).SelectMany(row => row).ToArray(), rows.SelectMany(row => row).ToArray());
    }

    private sealed class PlainBackend : DropoutBackend
    {
        public override int BatchSize => 256;

        // snippet: backend_apply
        public override void Apply(
            DropoutPlan plan, ReadOnlySpan<MaskKey> keys, ReadOnlySpan<float> source, Span<float> destination)
        {
            plan.ApplyRows(keys, source, destination);   // a backend must give these values
        }
        // end

        public override void Apply(
            DropoutPlan plan, ReadOnlySpan<MaskKey> keys, ReadOnlySpan<double> source, Span<double> destination) =>
            plan.ApplyRows(keys, source, destination);
    }
}
