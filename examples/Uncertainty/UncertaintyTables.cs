using System.Globalization;
using Spectre.Console;

namespace Uncertainty;

/// <summary>The results as tables of plain text, at most 100 columns wide.</summary>
public static class UncertaintyTables
{
    public const int MaximumWidth = 100;

    private const string NotDefined = "-";

    private static readonly (string Name, Func<Prediction, double> Of)[] AllMeasures =
    [
        ("spread over the passes", prediction => prediction.Spread),
        ("entropy of the mean of the passes", prediction => prediction.Entropy),
        ("mutual information of class and pass", prediction => prediction.MutualInformation),
        ("1 - plain probability, without passes", prediction => prediction.Doubt),
    ];

    public static Table Accuracies(IReadOnlyList<UncertaintyResult> results)
    {
        Table table = Create("test data", "predictions", "plain", "mean of passes");
        foreach (UncertaintyResult result in results)
            table.AddRow(
                result.Name,
                result.Predictions.Count.ToString(CultureInfo.InvariantCulture),
                Percent(result.PlainAccuracy),
                Percent(result.MeanAccuracy));
        return table;
    }

    public static Table Bins(IReadOnlyList<UncertaintyResult> results)
    {
        Table table = Create("test data", "bin", "predictions", "mean spread", "wrong", "error rate");
        foreach (UncertaintyResult result in results)
        {
            foreach ((int index, SpreadBin bin) in result.Bins.Index())
                table.AddRow(
                    result.Name,
                    (index + 1).ToString(CultureInfo.InvariantCulture),
                    bin.Predictions.Count.ToString(CultureInfo.InvariantCulture),
                    Number(bin.MeanSpread),
                    bin.Predictions.Count(prediction => prediction.IsWrong).ToString(CultureInfo.InvariantCulture),
                    Percent(bin.ErrorRate));
        }

        return table;
    }

    public static Table Measures(IReadOnlyList<UncertaintyResult> results)
    {
        Table table = Create(
            ["measure", .. results.SelectMany(result => (string[])[$"{result.Name}\nAUC", $"{result.Name}\nrank corr."])]);
        foreach ((string name, Func<Prediction, double> measure) in AllMeasures)
            table.AddRow([name, .. results.SelectMany(result =>
                (string[])[Number(result.AreaUnderCurve(measure)), Number(result.RankCorrelation(measure))])]);
        return table;
    }

    private static Table Create(params ReadOnlySpan<string> headers)
    {
        Table table = new Table().Border(TableBorder.Ascii).AddColumn(headers[0]);
        foreach (string header in headers[1..])
            table.AddColumn(header, column => column.RightAligned());
        return table;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    private static string Number(double? number) => number?.ToString("0.000", CultureInfo.InvariantCulture) ?? NotDefined;
}
