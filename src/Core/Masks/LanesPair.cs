namespace MLNet.SpatialDropout;

/// <summary>Two vectors of lanes.</summary>
internal readonly struct LanesPair<TLanes>
    where TLanes : struct
{
    public LanesPair(TLanes first, TLanes second) => (First, Second) = (first, second);

    public TLanes First { get; }

    public TLanes Second { get; }
}
