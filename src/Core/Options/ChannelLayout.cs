using System.Text.Json.Serialization;

namespace MLNet.SpatialDropout;

/// <summary>The order of time and channels in a row's vector.</summary>
/// <example>
/// <code>
/// var laidOut = options with
/// {
///     Layout = isSeriesAfterSeries ? ChannelLayout.ChannelsFirst : ChannelLayout.ChannelsLast,
/// };
/// </code>
/// </example>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelLayout>))]
public enum ChannelLayout
{
    /// <summary>[time, channels]: all channels of the first step, then all of the second. Keras' <c>channels_last</c>.</summary>
    ChannelsLast,

    /// <summary>[channels, time]: the whole series of the first channel, then the second. Keras' <c>channels_first</c>.</summary>
    ChannelsFirst,
}
