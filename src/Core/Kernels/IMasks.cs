namespace MLNet.SpatialDropout;

/// <summary>Gives a kernel the masks of the elements.</summary>
internal interface IMasks<TVector>
{
    /// <summary>The masks of the elements from position <paramref name="phase"/> of the period on.</summary>
    TVector At(nuint phase);
}
