using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>
/// Scored rows for ML.NET's evaluators, which leave out most rows without a score. Here such a row has a score that is wrong.
/// </summary>
internal sealed class ScoredView : IDataView
{
    private readonly IDataView _scored;
    private readonly ScoreColumns _columns;

    public ScoredView(IDataView scored, ScoreColumns columns) => (_scored, _columns) = (scored, columns);

    public DataViewSchema Schema => _scored.Schema;

    public bool CanShuffle => false;

    /// <summary>What the last pass found. Complete when all rows are read.</summary>
    public ScoredPass Pass { get; private set; } = new();

    public long? GetRowCount() => _scored.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        Pass = new ScoredPass();
        DataViewRowCursor cursor = _scored.GetRowCursor(columnsNeeded.Union(_columns.All));
        return _columns.WrongScore is { } wrongScore
            ? new ScalarScoreCursor(cursor, _columns, Pass, wrongScore)
            : new VectorScoreCursor(cursor, _columns, Pass);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
