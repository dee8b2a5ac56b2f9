namespace Examples;

/// <summary>The trainers that the example compares.</summary>
public enum TrainerKind
{
    /// <summary>Gradient-boosted trees, in native code.</summary>
    LightGbm,

    /// <summary>A linear model by stochastic dual coordinate ascent.</summary>
    Sdca,

    /// <summary>A linear model by the limited-memory BFGS method.</summary>
    Lbfgs,
}
