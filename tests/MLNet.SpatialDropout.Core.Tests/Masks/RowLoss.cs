namespace MLNet.SpatialDropout.Tests;

/// <summary>All that is drawn for a row.</summary>
/// <param name="Keep">For each coin whether it is kept.</param>
/// <param name="Fills">For each coin, kept or not, the number of the fill that it takes if it drops.</param>
/// <param name="First">The first step that is lost.</param>
/// <param name="Count">How many steps are lost.</param>
internal sealed record RowLoss(bool[] Keep, int[] Fills, int First, int Count);
