namespace MLNet.SpatialDropout;

/// <summary>The masks of the elements of a row. They repeat after a period.</summary>
internal interface IMasks<T>
    where T : unmanaged
{
    /// <summary>The masks of the elements from position <paramref name="phase"/> of the period on.</summary>
    TVector At<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector>;
}
