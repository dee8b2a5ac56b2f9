namespace MLNet.SpatialDropout;

/// <summary>The words themselves, for what ranks them.</summary>
internal readonly struct RawWords : ICoinRule
{
    public TLanes Invoke<TLanes, TPhiloxLanes>(TLanes words, nuint coin)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes> => words;
}
