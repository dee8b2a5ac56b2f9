using CsCheck;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Random valid options of a view, with a vector length that fits them.</summary>
internal static class AnyViewOptions
{
    public static readonly Gen<(SpatialDropoutOptions Options, int Length)> ForViews =
        from sized in AnyOptions.From(new SpatialDropoutOptions { OutputColumnName = "Features" })
        from copies in Gen.Int[1, 4]
        from keepOriginal in Gen.Bool
        from byKey in Gen.Bool
        select ((SpatialDropoutOptions)sized.Options with
        {
            Copies = copies,
            KeepOriginal = keepOriginal,
            MaskKeyColumnName = byKey && !sized.Options.SharedAcrossRows ? "Number" : null,
        }, sized.Length);
}
