namespace TorchCnn;

/// <summary>The results of one network.</summary>
/// <param name="Losses">The mean cross-entropy of each epoch of training, with dropout active.</param>
/// <param name="Clean">Accuracy on the test recordings.</param>
/// <param name="LostMean">The same with one sensor lost, the mean of all sensors.</param>
/// <param name="LostWorst">The same with the sensor lost that costs most.</param>
public sealed record CnnOutcome(IReadOnlyList<double> Losses, double Clean, double LostMean, double LostWorst);
