using Microsoft.ML.SearchSpace;
using MLNet.SpatialDropout;

namespace AutoML;

/// <summary>What is searched. AutoML needs a parameterless constructor, because it creates an instance for each trial.</summary>
public sealed class StageSearchSpace
{
    [Range(0.0, 0.6, init: 0.3)]
    public double Rate { get; set; } = 0.3;

    // A choice, because a range of whole numbers is rounded down and hardly ever gives the last one.
    [Choice(1, 2, 3, 4, 5, 6)]
    public int Copies { get; set; } = 4;

    [Choice(DropoutScaling.None, DropoutScaling.Inverted)]
    public DropoutScaling Scaling { get; set; } = DropoutScaling.None;
}
