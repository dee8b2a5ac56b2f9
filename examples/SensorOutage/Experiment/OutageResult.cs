using Examples;

namespace SensorOutage;

/// <summary>The same trainer on the same data, without the stage and with it.</summary>
public sealed record OutageResult(TrainerKind Trainer, OutageProfile Without, OutageProfile With);
