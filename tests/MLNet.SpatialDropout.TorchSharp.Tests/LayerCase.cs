namespace MLNet.SpatialDropout.Tests;

/// <summary>The layers by the number of axes over which a channel drops as a whole.</summary>
internal static class LayerCase
{
    public static SpatialDropoutLayer Make(
        int axes, double rate, ChannelLayout layout, int? seed = null, bool inplace = false, bool persistent = false,
        int[]? groups = null) => axes switch
        {
            1 => new SpatialDropout1d(rate, layout, seed, inplace, persistent, groups),
            2 => new SpatialDropout2d(rate, layout, seed, inplace, persistent, groups),
            _ => new SpatialDropout3d(rate, layout, seed, inplace, persistent, groups),
        };

    /// <summary>A shape whose axes all differ.</summary>
    public static long[] Shape(int axes, ChannelLayout layout, int batch, int channels)
    {
        long[] inner = [.. new long[] { 4, 3, 2 }.Take(axes)];
        return layout == ChannelLayout.ChannelsLast ? [batch, .. inner, channels] : [batch, channels, .. inner];
    }
}
