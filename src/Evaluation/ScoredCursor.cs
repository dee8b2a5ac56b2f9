using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// What the cursors of a <see cref="ScoredView"/> have in common: they read the score of a row when they move to it.
/// </summary>
internal abstract class ScoredCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly Func<float> _readLabel;

    protected ScoredCursor(DataViewRowCursor input, ScoreColumns columns, ScoredPass pass)
    {
        (_input, Columns, Pass) = (input, columns, pass);
        _readLabel = LabelReader.Create(input, columns.Label);
    }

    public sealed override DataViewSchema Schema => _input.Schema;

    public sealed override long Position => _input.Position;

    public sealed override long Batch => _input.Batch;

    protected ScoreColumns Columns { get; }

    protected ScoredPass Pass { get; }

    public sealed override bool MoveNext()
    {
        if (!_input.MoveNext())
            return false;
        float label = _readLabel();
        bool hasScore = ReadScore();
        if (float.IsNaN(label))
            return true;
        Pass.AddRow(hasScore);
        if (!hasScore)
            MakeWrong(label);
        return true;
    }

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => _input.IsColumnActive(column);

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        GetScoreGetter(column) as ValueGetter<TValue> ?? _input.GetGetter<TValue>(column);

    /// <summary>A getter of the column, if it is one of those that a row without a score changes.</summary>
    protected abstract Delegate? GetScoreGetter(DataViewSchema.Column column);

    /// <summary>Reads the score of the row.</summary>
    /// <returns>Whether it has one.</returns>
    protected abstract bool ReadScore();

    /// <summary>Replaces the score of the row by one that is wrong.</summary>
    protected abstract void MakeWrong(float label);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }
}
