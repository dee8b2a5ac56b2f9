using Examples;

namespace SensorOutage;

/// <summary>The same trainer on the same data, without the stage and with it.</summary>
/// <param name="Trainer">The trainer.</param>
/// <param name="Without">Without the stage.</param>
/// <param name="With">With the stage.</param>
/// <param name="WithFlags">With the stage and a flag for each lost sensor. Null for trees, which need no flags.</param>
public sealed record OutageResult(
    TrainerKind Trainer, OutageProfile Without, OutageProfile With, OutageProfile? WithFlags = null);
