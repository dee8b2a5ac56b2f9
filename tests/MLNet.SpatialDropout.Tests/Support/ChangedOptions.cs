namespace MLNet.SpatialDropout.Tests;

/// <summary>Options that all differ from their defaults.</summary>
internal static class ChangedOptions
{
    /// <summary>All options but the backend. A stage would refuse this combination: it is only shown, written and read.</summary>
    public static readonly SpatialDropoutOptions All = new()
    {
        OutputColumnName = "Out",
        InputColumnName = "In",
        Columns = ["A", "B"],
        Channels = 6,
        Groups = [4, 2],
        Layout = ChannelLayout.ChannelsFirst,
        Shape = [4, 3],
        NoiseShape = [1, 3],
        PerElement = true,
        SharedAcrossRows = true,
        Rate = 0.3,
        Rates = [0.1, 0.25],
        DroppedChannels = (1, 2),
        LostChannels = [1],
        MinKept = 2,
        RowProbability = 0.75,
        OutageSteps = (2, 3),
        Scaling = DropoutScaling.Inverted,
        Fill = DropoutFill.Constant(-1.5),
        Copies = 4,
        KeepOriginal = true,
        MaskKeyColumnName = "Session",
        Seed = -7,
    };
}
