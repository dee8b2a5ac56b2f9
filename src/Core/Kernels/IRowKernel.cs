namespace MLNet.SpatialDropout;

/// <summary>A pass over the elements of one row, written once for all vector widths.</summary>
internal interface IRowKernel<T>
    where T : unmanaged
{
    /// <summary>The number of elements of the row. No vector may be longer.</summary>
    int Length { get; }

    void Invoke<TVector, TVectors>()
        where TVectors : IVectors<T, TVector>;
}
