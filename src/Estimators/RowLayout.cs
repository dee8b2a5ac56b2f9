namespace MLNet.SpatialDropout;

/// <summary>What a plan for a column is made from.</summary>
/// <param name="Options">The options of a row, with the layout of the column.</param>
/// <param name="Length">The number of elements of a row.</param>
internal readonly record struct RowLayout(DropoutOptions Options, int Length);
