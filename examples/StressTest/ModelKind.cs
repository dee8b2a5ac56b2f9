namespace StressTest;

/// <summary>What a model predicts, as its score says.</summary>
public enum ModelKind
{
    /// <summary>One of several classes.</summary>
    Multiclass,

    /// <summary>Yes or no.</summary>
    Binary,

    /// <summary>A number.</summary>
    Regression,

    /// <summary>An order of the rows of a group.</summary>
    Ranking,
}
