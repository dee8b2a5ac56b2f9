namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Contiguous rows of floats, and a destination of the same size.</summary>
internal sealed class SpanRows
{
    // Source and destination together fill half of an L2 cache of 1 MB.
    public const int BytesInL2 = 256 * 1024;

    private readonly int _length;
    private readonly float[] _source;
    private readonly float[] _destination;

    /// <param name="length">The number of elements of a row.</param>
    /// <param name="bytes">The size of all rows.</param>
    public SpanRows(int length, int bytes)
    {
        _length = length;
        Count = Math.Max(1, bytes / sizeof(float) / length);
        var random = new Random(1);
        _source = [.. Enumerable.Range(0, Count * length).Select(_ => random.NextSingle())];
        _destination = new float[_source.Length];
    }

    public delegate void RowAction(int row, ReadOnlySpan<float> source, Span<float> destination);

    public int Count { get; }

    public Action Copying() => () =>
    {
        for (int row = 0; row < Count; row++)
            _source.AsSpan(row * _length, _length).CopyTo(_destination.AsSpan(row * _length, _length));
    };

    public Action Dropping(DropoutPlan plan) => () =>
    {
        for (int row = 0; row < Count; row++)
            plan.Apply(
                new MaskKey((ulong)row), _source.AsSpan(row * _length, _length), _destination.AsSpan(row * _length, _length));
    };

    public Action DroppingAllRows(DropoutPlan plan) => () => plan.ApplyRows(new MaskKey(0), _source, _destination);

    public Action InPlace(RowAction act) => () =>
    {
        for (int row = 0; row < Count; row++)
            act(row, _destination.AsSpan(row * _length, _length), _destination.AsSpan(row * _length, _length));
    };
}
