namespace TorchCnn;

/// <summary>The results of the networks with one kind of dropout, one for each seed.</summary>
public sealed record CnnResult(DropoutKind Kind, IReadOnlyList<CnnOutcome> Outcomes);
