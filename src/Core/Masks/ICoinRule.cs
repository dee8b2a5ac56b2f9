namespace MLNet.SpatialDropout;

/// <summary>What is made of the random words of coins: one formula at every vector width.</summary>
internal interface ICoinRule
{
    /// <param name="words">The words of coins, in their order.</param>
    /// <param name="coin">The first of these coins.</param>
    TLanes Invoke<TLanes, TPhiloxLanes>(TLanes words, nuint coin)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>;
}
