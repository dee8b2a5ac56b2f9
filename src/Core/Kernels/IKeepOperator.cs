namespace MLNet.SpatialDropout;

/// <summary>What an element becomes, given its mask. The formula is the same for every vector width.</summary>
internal interface IKeepOperator<T>
    where T : unmanaged
{
    /// <summary>
    /// What dropped elements become. Apart, so that a loop which comes to the same phases again looks it up once.
    /// </summary>
    /// <param name="phase">The position of the first element in the period of the coins, for values that differ by coin.</param>
    TVector FillAt<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector>;

    /// <param name="value">Elements of the row.</param>
    /// <param name="keep">Their masks.</param>
    /// <param name="fill">What they become where they are dropped.</param>
    /// <param name="phase">The position of the first element in the period of the coins.</param>
    TVector Invoke<TVector, TVectors>(TVector value, TVector keep, TVector fill, nuint phase)
        where TVectors : IVectors<T, TVector>;
}
