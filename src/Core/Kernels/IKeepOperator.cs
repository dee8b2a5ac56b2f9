namespace MLNet.SpatialDropout;

/// <summary>What an element becomes, given its mask. The formula is the same for every vector width.</summary>
internal interface IKeepOperator<T>
    where T : unmanaged
{
    /// <param name="value">Elements of the row.</param>
    /// <param name="keep">Their masks.</param>
    /// <param name="phase">The position of the first element in the period of the coins, for values that differ by coin.</param>
    TVector Invoke<TVector, TVectors>(TVector value, TVector keep, nuint phase)
        where TVectors : IVectors<T, TVector>;
}
