using Examples;
using MLNet.SpatialDropout;

namespace AutoML;

/// <summary>The options that all stages of this example share.</summary>
internal static class StageOptions
{
    /// <summary>The stage of the experiments that do not search it, as in the SensorOutage example.</summary>
    public static StageSearchSpace Fixed { get; } = new() { Rate = 0.3, Copies = 4, Scaling = DropoutScaling.None };

    public static SpatialDropoutOptions Create(StageSearchSpace searched, int channels, int seed) => new()
    {
        OutputColumnName = nameof(Recording.Features),
        Channels = channels,
        Rate = searched.Rate,
        Copies = searched.Copies,
        Scaling = searched.Scaling,
        KeepOriginal = true,
        Seed = seed,
    };
}
