namespace MLNet.SpatialDropout;

/// <summary>How the values of a row are ordered in its vector.</summary>
/// <example>
/// <code>
/// var laidOut = options with
/// {
///     Layout = isSeriesAfterSeries ? ChannelLayout.ChannelByTime : ChannelLayout.TimeByChannel,
/// };
/// </code>
/// </example>
public enum ChannelLayout
{
    /// <summary>[time, channels]: all channels of the first step, then all of the second (Keras' <c>channels_last</c>).</summary>
    /// <example>
    /// <code>
    /// var stepByStep = options with { Layout = ChannelLayout.TimeByChannel };   // channel c: elements c, c + 6, c + 12, ...
    /// </code>
    /// </example>
    TimeByChannel,

    /// <summary>[channels, time]: the series of the first channel, then that of the second (<c>channels_first</c>).</summary>
    /// <example>
    /// <code>
    /// var bySeries = options with { Layout = ChannelLayout.ChannelByTime };   // channel c of 128 steps: elements from 128 * c
    /// </code>
    /// </example>
    ChannelByTime,
}
