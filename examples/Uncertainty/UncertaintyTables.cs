using System.Globalization;
using Examples;
using Spectre.Console;

namespace Uncertainty;

/// <summary>The results as tables.</summary>
public static class UncertaintyTables
{
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
        Table table = ReportTable.Create("test data").AddNumberColumns("predictions", "plain", "mean of passes");
        foreach (UncertaintyResult result in results)
            table.AddRow(
                result.Name,
                result.Predictions.Count.ToString(CultureInfo.InvariantCulture),
                ReportTable.Percent(result.PlainAccuracy),
                ReportTable.Percent(result.MeanAccuracy));
        return table;
    }

    public static Table Bins(IReadOnlyList<UncertaintyResult> results)
    {
        Table table = ReportTable.Create("test data")
            .AddNumberColumns("bin", "predictions", "mean spread", "wrong", "error rate");
        foreach (UncertaintyResult result in results)
        {
            foreach ((int index, SpreadBin bin) in result.Bins.Index())
                table.AddRow(
                    result.Name,
                    (index + 1).ToString(CultureInfo.InvariantCulture),
                    bin.Predictions.Count.ToString(CultureInfo.InvariantCulture),
                    Number(bin.MeanSpread),
                    bin.Predictions.Count(prediction => prediction.IsWrong).ToString(CultureInfo.InvariantCulture),
                    ReportTable.Percent(bin.ErrorRate));
        }

        return table;
    }

    public static Table Measures(IReadOnlyList<UncertaintyResult> results)
    {
        Table table = ReportTable.Create("measure").AddNumberColumns(
            [.. results.SelectMany(result => (string[])[$"{result.Name}\nAUC", $"{result.Name}\nrank corr."])]);
        foreach ((string name, Func<Prediction, double> measure) in AllMeasures)
            table.AddRow([name, .. results.SelectMany(result =>
                (string[])[Number(result.AreaUnderCurve(measure)), Number(result.RankCorrelation(measure))])]);
        return table;
    }

    private static string Number(double? number) => number?.ToString("0.000", CultureInfo.InvariantCulture) ?? NotDefined;
}
