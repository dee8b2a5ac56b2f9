namespace MLNet.SpatialDropout;

/// <summary>Where a kernel finds the masks of the elements it works on.</summary>
internal interface IMasks<TVector>
{
    /// <summary>The masks of the elements from <paramref name="phase"/> on, in the period of the coins.</summary>
    TVector At(nuint phase);
}
