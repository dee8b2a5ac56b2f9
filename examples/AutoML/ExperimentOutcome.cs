namespace AutoML;

/// <summary>The best model of an experiment.</summary>
/// <param name="Description">How the model was found.</param>
/// <param name="Validation">Its log-loss on the clean and damaged validation rows that it was chosen by.</param>
/// <param name="Test">Its accuracy on recordings that nothing was fitted to or chosen by.</param>
public sealed record ExperimentOutcome(string Description, double Validation, OutageAccuracy Test)
{
    // AutoML's name for estimators that are not its own: the stage, and others that were appended.
    private const string Unknown = "Unknown";

    /// <summary>The trainer in AutoML's description of a pipeline.</summary>
    public static string TrainerOf(string pipeline) => pipeline.Split("=>").Last(name => name != Unknown);
}
