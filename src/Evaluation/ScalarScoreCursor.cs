using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>Rows with one score, and perhaps a probability.</summary>
internal sealed class ScalarScoreCursor : ScoredCursor
{
    // A probability that says nothing.
    private const float Undecided = 0.5f;

    private readonly ValueGetter<float> _readScore;
    private readonly ValueGetter<float>? _readProbability;
    private readonly Func<float, float> _wrongScore;
    private float _score;
    private float _probability;

    public ScalarScoreCursor(DataViewRowCursor input, ScoreColumns columns, ScoredPass pass, Func<float, float> wrongScore)
        : base(input, columns, pass)
    {
        _readScore = input.GetGetter<float>(columns.Score);
        _readProbability = columns.Probability is { } probability ? input.GetGetter<float>(probability) : null;
        _wrongScore = wrongScore;
    }

    protected override Delegate? GetScoreGetter(DataViewSchema.Column column) =>
        column.Index == Columns.Score.Index ? (ValueGetter<float>)((ref float value) => value = _score)
        : column.Index == Columns.Probability?.Index ? (ValueGetter<float>)((ref float value) => value = _probability)
        : null;

    protected override bool ReadScore()
    {
        _readScore(ref _score);
        _readProbability?.Invoke(ref _probability);
        Pass.AddScore([_score]);
        return float.IsFinite(_score) && !float.IsNaN(_probability);
    }

    protected override void MakeWrong(float label) => (_score, _probability) = (_wrongScore(label), Undecided);
}
