namespace MLNet.SpatialDropout;

/// <summary>One mask for all elements: those of a run share their coin.</summary>
internal readonly struct SameMask<TVector> : IMasks<TVector>
{
    private readonly TVector _mask;

    public SameMask(TVector mask) => _mask = mask;

    public TVector At(nuint phase) => _mask;
}
