using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>What one of ML.NET's tasks adds to the evaluation of outages.</summary>
/// <typeparam name="TMetrics">ML.NET's metrics of the task.</typeparam>
internal sealed record OutageTask<TMetrics>
    where TMetrics : class
{
    /// <summary>The column of the truth.</summary>
    public required string LabelColumnName
    {
        get;
        init => field = Given(value, "labelColumnName");
    }

    /// <summary>The types of label that ML.NET evaluates, for a message.</summary>
    public required string LabelTypes { get; init; }

    /// <summary>What to do about a label of another type, for a message.</summary>
    public string LabelCure { get; init; } =
        "Name the column that the pipeline maps by labelColumnName, or map it there, with MapValueToKey or ConvertType";

    /// <summary>Whether ML.NET evaluates labels of a type.</summary>
    public required Func<DataViewType, bool> IsLabel { get; init; }

    /// <summary>The column of the scores.</summary>
    public required string ScoreColumnName
    {
        get;
        init => field = Given(value, "scoreColumnName");
    }

    /// <summary>The score that makes a row with a label wrong. Null for a vector with a score for each class.</summary>
    public Func<float, float>? WrongScore { get; init; }

    /// <summary>The column of the probabilities; null if there is none.</summary>
    public string? ProbabilityColumnName
    {
        get;
        init => field = Given(value, "probabilityColumnName");
    }

    /// <summary>The column of the predictions; null if there is none.</summary>
    public string? PredictedLabelColumnName
    {
        get;
        init => field = Given(value, "predictedLabelColumnName");
    }

    /// <summary>The column of the groups of a ranking; null if there is none.</summary>
    public string? GroupColumnName
    {
        get;
        init => field = Given(value, "rowGroupColumnName");
    }

    /// <summary>ML.NET's evaluation of scored rows.</summary>
    public required Func<IDataView, TMetrics> Evaluate { get; init; }

    /// <summary>The columns of the table. Losses are compared by the first one.</summary>
    public required IReadOnlyList<OutageMetric<TMetrics>> Metrics { get; init; }

    // A task that has no such column does not set it.
    private static string Given(string? column, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(column, parameter);
        return column;
    }
}
