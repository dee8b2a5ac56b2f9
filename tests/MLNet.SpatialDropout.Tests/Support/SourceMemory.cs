namespace MLNet.SpatialDropout.Tests;

/// <summary>What a view's getter does with the caller's buffer.</summary>
public enum SourceMemory
{
    /// <summary>What ML.NET's getters do.</summary>
    FillsTheCallers,

    /// <summary>The caller gets the source's own arrays.</summary>
    HandsOutItsOwn,

    /// <summary>The caller gets the source's arrays, and the source fills the caller's arrays the next time.</summary>
    SwapsItWithTheCallers,
}
