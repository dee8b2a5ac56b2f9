namespace MLNet.SpatialDropout;

/// <summary>What becomes of an element, given its mask: one formula at every vector width.</summary>
internal interface IKeepOperator<T>
    where T : unmanaged
{
    /// <param name="value">Elements of the row.</param>
    /// <param name="keep">Their masks.</param>
    /// <param name="phase">Where in the period of the coins the first of them stands, for what differs from coin to coin.</param>
    TVector Invoke<TVector, TVectors>(TVector value, TVector keep, nuint phase)
        where TVectors : IVectors<T, TVector>;
}
