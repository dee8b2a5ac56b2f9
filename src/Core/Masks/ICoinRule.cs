namespace MLNet.SpatialDropout;

/// <summary>What is made of the random words of coins. The formula is the same for every vector width.</summary>
internal interface ICoinRule
{
    /// <param name="words">The words of consecutive coins.</param>
    /// <param name="coin">The number of the first coin.</param>
    TLanes Invoke<TLanes, TPhiloxLanes>(TLanes words, nuint coin)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>;
}
