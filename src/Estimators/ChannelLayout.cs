namespace MLNet.SpatialDropout;

/// <summary>How the values of a row are ordered in its vector.</summary>
public enum ChannelLayout
{
    /// <summary>[time, channels]: all channels of the first step, then all of the second (Keras' <c>channels_last</c>).</summary>
    TimeByChannel,

    /// <summary>[channels, time]: the series of the first channel, then that of the second (<c>channels_first</c>).</summary>
    ChannelByTime,
}
