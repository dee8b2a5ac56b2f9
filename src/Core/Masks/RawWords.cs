namespace MLNet.SpatialDropout;

/// <summary>The words themselves, for ranking coins.</summary>
internal readonly struct RawWords : ICoinRule
{
    public TLanes Invoke<TLanes, TPhiloxLanes>(TLanes words, nuint coin)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes> => words;
}
