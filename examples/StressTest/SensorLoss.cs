namespace StressTest;

/// <summary>What the loss of one sensor does.</summary>
/// <param name="Sensor">The sensor that is lost.</param>
/// <param name="Metric">The model's metric without it. A row without a score counts as wrong.</param>
public sealed record SensorLoss(string Sensor, double Metric);
