namespace MLNet.SpatialDropout;

/// <summary>A pass over the elements of one row, written once for all vector widths.</summary>
internal interface IRowKernel<T>
    where T : unmanaged
{
    /// <summary>The longest vector that the pass can use, in elements.</summary>
    int StretchLength { get; }

    void Invoke<TVector, TVectors>()
        where TVectors : IVectors<T, TVector>;
}
