using Microsoft.ML;
using Microsoft.ML.Data;

namespace StressTest;

/// <summary>Computes the metric of scored data.</summary>
/// <remarks>
/// ML.NET's <c>Evaluate</c> leaves out rows without a score, which is what linear models give for a missing sensor, and so
/// overstates their accuracy. Here such a row is wrong. Both leave out rows whose label is missing or unknown to the model.
/// </remarks>
public static class MetricReader
{
    private const string PredictedLabel = "PredictedLabel";
    private const string Score = "Score";
    private const string KeyValues = "KeyValues";

    // ML.NET converts a missing number to this text; a missing text is empty.
    private const string MissingNumber = "NaN";

    /// <returns>
    /// Accuracy, or R² for regression. NaN if no row has a label, or if a prediction of a regression is NaN.
    /// </returns>
    public static double Read(MLContext mlContext, ModelKind kind, IDataView scored, string label) =>
        kind == ModelKind.Regression ? ReadR2(mlContext, scored, label) : ReadAccuracy(mlContext, scored, label);

    private static double ReadAccuracy(MLContext mlContext, IDataView scored, string label)
    {
        // As text, because the model may or may not map its prediction back from a key.
        IDataView values = ToValue(mlContext, ToValue(mlContext, scored, label), PredictedLabel);
        bool isNumber = values.Schema[label].Type is NumberDataViewType;
        IDataView texts = ToText(mlContext, ToText(mlContext, values, label), PredictedLabel);
        DataViewSchema.Column truthColumn = texts.Schema[label];
        DataViewSchema.Column guessColumn = texts.Schema[PredictedLabel];
        DataViewSchema.Column? scoreColumn = texts.Schema.GetColumnOrNull(Score);
        using DataViewRowCursor cursor = texts.GetRowCursor(
            scoreColumn is { } column ? [truthColumn, guessColumn, column] : [truthColumn, guessColumn]);
        ValueGetter<ReadOnlyMemory<char>> getTruth = cursor.GetGetter<ReadOnlyMemory<char>>(truthColumn);
        ValueGetter<ReadOnlyMemory<char>> getGuess = cursor.GetGetter<ReadOnlyMemory<char>>(guessColumn);
        Func<bool> hasScore = MakeScoreCheck(cursor, scoreColumn);

        ReadOnlyMemory<char> truth = default;
        ReadOnlyMemory<char> guess = default;
        long rows = 0;
        long right = 0;
        while (cursor.MoveNext())
        {
            getTruth(ref truth);
            if (truth.IsEmpty || (isNumber && truth.Span is MissingNumber))
                continue;
            getGuess(ref guess);
            rows++;
            if (hasScore() && truth.Span.SequenceEqual(guess.Span))
                right++;
        }

        return rows == 0 ? double.NaN : (double)right / rows;
    }

    private static double ReadR2(MLContext mlContext, IDataView scored, string label)
    {
        IDataView numbers = mlContext.Transforms.Conversion.ConvertType(label, outputKind: DataKind.Double)
            .Fit(scored).Transform(scored);
        using DataViewRowCursor cursor = numbers.GetRowCursor([numbers.Schema[label], numbers.Schema[Score]]);
        ValueGetter<double> getTruth = cursor.GetGetter<double>(numbers.Schema[label]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(numbers.Schema[Score]);

        var truths = new List<double>();
        double truth = 0;
        float score = 0;
        double squares = 0;
        while (cursor.MoveNext())
        {
            getTruth(ref truth);
            if (double.IsNaN(truth))
                continue;
            getScore(ref score);
            truths.Add(truth);
            squares += (truth - score) * (truth - score);
        }

        if (truths.Count == 0)
            return double.NaN;
        double mean = truths.Average();
        double total = truths.Sum(value => (value - mean) * (value - mean));

        // R² is undefined if all labels are equal.
        return total == 0 ? double.NaN : 1 - (squares / total);
    }

    private static Func<bool> MakeScoreCheck(DataViewRowCursor cursor, DataViewSchema.Column? score)
    {
        if (score?.Type == NumberDataViewType.Single)
        {
            ValueGetter<float> get = cursor.GetGetter<float>(score.Value);
            float value = 0;
            return () =>
            {
                get(ref value);
                return !float.IsNaN(value);
            };
        }

        if (score?.Type is VectorDataViewType { ItemType: NumberDataViewType item } && item == NumberDataViewType.Single)
        {
            ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(score.Value);
            VBuffer<float> values = default;
            return () =>
            {
                get(ref values);
                return !HasNaN(values.GetValues());
            };
        }

        return () => true;
    }

    private static bool HasNaN(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsNaN(value))
                return true;
        }

        return false;
    }

    private static IDataView ToValue(MLContext mlContext, IDataView data, string column) =>
        data.Schema[column].Annotations.Schema.GetColumnOrNull(KeyValues) is null
            ? data
            : mlContext.Transforms.Conversion.MapKeyToValue(column).Fit(data).Transform(data);

    private static IDataView ToText(MLContext mlContext, IDataView data, string column) =>
        data.Schema[column].Type is TextDataViewType
            ? data
            : mlContext.Transforms.Conversion.ConvertType(column, outputKind: DataKind.String).Fit(data).Transform(data);
}
