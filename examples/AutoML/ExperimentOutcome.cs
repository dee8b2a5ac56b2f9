namespace AutoML;

/// <summary>The best model of an experiment.</summary>
/// <param name="Description">How the model came about.</param>
/// <param name="Validation">Its log-loss on the clean and damaged validation rows that it was chosen by.</param>
/// <param name="Test">Its accuracy on recordings that nothing was fitted to or chosen by.</param>
public sealed record ExperimentOutcome(string Description, double Validation, OutageAccuracy Test)
{
    // What AutoML calls an estimator that is not its own: the stage, and whatever else was appended.
    private const string Unknown = "Unknown";

    /// <summary>The trainer in AutoML's description of a pipeline.</summary>
    public static string TrainerOf(string pipeline) => pipeline.Split("=>").Last(name => name != Unknown);
}
