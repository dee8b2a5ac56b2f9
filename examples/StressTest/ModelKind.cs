namespace StressTest;

/// <summary>What a model predicts, judged by its output columns.</summary>
public enum ModelKind
{
    /// <summary>One of several classes: PredictedLabel is a key, or the class that a key was mapped back to.</summary>
    Multiclass,

    /// <summary>Yes or no: PredictedLabel is a boolean.</summary>
    Binary,

    /// <summary>A number: Score is one, and there is no PredictedLabel.</summary>
    Regression,
}
