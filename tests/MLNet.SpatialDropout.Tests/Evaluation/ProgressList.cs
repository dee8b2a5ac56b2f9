namespace MLNet.SpatialDropout.Tests;

/// <summary>Notes progress at once. <see cref="Progress{T}"/> reports it later, on other threads.</summary>
internal sealed class ProgressList : IProgress<OutageProgress>
{
    public List<OutageProgress> Steps { get; } = [];

    public void Report(OutageProgress value) => Steps.Add(value);
}
