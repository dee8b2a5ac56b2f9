namespace Examples;

/// <summary>The accuracy of one model when some sensors are lost.</summary>
public sealed record OutageMeasurement(IReadOnlyList<int> LostSensors, double Accuracy);
