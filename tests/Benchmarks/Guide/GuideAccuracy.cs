namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The accuracy of a model on test data, from 0 to 1.</summary>
/// <param name="Clean">With all sensors.</param>
/// <param name="WorstSingle">Without the one sensor whose loss costs most.</param>
/// <param name="WorstPair">Without the two whose loss costs most.</param>
internal readonly record struct GuideAccuracy(double Clean, double WorstSingle, double WorstPair);
