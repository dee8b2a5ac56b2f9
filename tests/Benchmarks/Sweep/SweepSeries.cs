namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>All points measured with one set of instructions.</summary>
internal sealed record SweepSeries(string InstructionSet, IReadOnlyList<SweepPoint> Points)
{
    public SweepPoint? Find(int steps, int channels, string level) =>
        Points.FirstOrDefault(point => point.Steps == steps && point.Channels == channels && point.Level == level);
}
