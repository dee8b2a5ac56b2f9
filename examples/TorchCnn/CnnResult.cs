namespace TorchCnn;

/// <summary>What became of the networks with one kind of dropout, seed by seed.</summary>
public sealed record CnnResult(DropoutKind Kind, IReadOnlyList<CnnOutcome> Outcomes);
