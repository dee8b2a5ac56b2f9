namespace MLNet.SpatialDropout;

/// <summary>A pass over the elements of one row, written once for vectors of every width.</summary>
internal interface IRowKernel<T>
    where T : unmanaged
{
    /// <summary>How many elements in sequence the pass handles alike: no vector may be longer.</summary>
    int StretchLength { get; }

    void Invoke<TVector, TVectors>()
        where TVectors : IVectors<T, TVector>;
}
