namespace SensorOutage;

/// <summary>What a model is trained on, and what it is tested on; both have the same channels and length.</summary>
public sealed record DataSet(string Name, RecordingSet Train, RecordingSet Test);
