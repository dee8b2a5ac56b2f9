using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Rows with a score for each class.</summary>
internal sealed class VectorScoreCursor : ScoredCursor
{
    private readonly ValueGetter<VBuffer<float>> _read;
    private readonly float[] _scores;
    private VBuffer<float> _row;

    public VectorScoreCursor(DataViewRowCursor input, ScoreColumns columns, ScoredPass pass)
        : base(input, columns, pass)
    {
        _read = input.GetGetter<VBuffer<float>>(columns.Score);
        _scores = new float[columns.Score.Type.GetValueCount()];
    }

    protected override Delegate? GetScoreGetter(DataViewSchema.Column column) =>
        column.Index == Columns.Score.Index ? (ValueGetter<VBuffer<float>>)GetScores : null;

    protected override bool ReadScore()
    {
        _read(ref _row);
        _row.CopyTo(_scores);
        Pass.AddScore(_scores);
        return TensorPrimitives.IsFiniteAll<float>(_scores);
    }

    // Each class is as likely as the others, so that the log-loss is that of a guess, but the right one is last.
    protected override void MakeWrong(float label)
    {
        float guess = 1f / _scores.Length;
        _scores.AsSpan().Fill(guess);
        if (label >= 0 && label < _scores.Length)
            _scores[(int)label] = float.BitDecrement(guess);
    }

    private void GetScores(ref VBuffer<float> scores)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref scores, _scores.Length);
        _scores.CopyTo(editor.Values);
        scores = editor.Commit();
    }
}
