using System.Globalization;
using Spectre.Console;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The figures of some rows for all data sets and seeds.</summary>
internal sealed class FieldTable
{
    private readonly IReadOnlyList<FieldData> _data;
    private readonly string[] _headers;
    private readonly FieldRow[] _rows;

    // By row, data set and seed.
    private readonly double[][][][] _figures;

    /// <summary>Measures, on as many threads as there are processors; each model is trained by one.</summary>
    /// <param name="data">The data sets.</param>
    /// <param name="seeds">How many seeds, from 1 up.</param>
    /// <param name="headers">The headers of the figures.</param>
    /// <param name="rows">The rows.</param>
    public FieldTable(IReadOnlyList<FieldData> data, int seeds, IEnumerable<string> headers, IEnumerable<FieldRow> rows)
    {
        _data = data;
        _headers = [.. headers];
        _rows = [.. rows];
        double[][] flat =
        [
            .. _rows.SelectMany(row => data.SelectMany(set => Enumerable.Range(1, seeds).Select(seed => (row, set, seed))))
                .AsParallel()
                .AsOrdered()
                .WithDegreeOfParallelism(Environment.ProcessorCount)
                .WithMergeOptions(ParallelMergeOptions.NotBuffered)
                .Select(run => run.row.Measure(run.set, run.seed)),
        ];
        _figures = [.. flat.Chunk(seeds).Chunk(data.Count)];
    }

    /// <summary>Prints the mean over the data sets, and then each of them.</summary>
    public void Print()
    {
        Print("Mean over the data sets", row => MeanOverSets(row));
        for (int i = 0; i < _data.Count; i++)
        {
            int set = i;
            Print(_data[i].Name, row => _figures[row][set]);
        }
    }

    /// <summary>A figure in the mean over data sets and seeds.</summary>
    public double Mean(string trainer, string name, int column)
    {
        int row = Array.FindIndex(_rows, candidate => candidate.Trainer == trainer && candidate.Name == name);
        return MeanOverSets(row).Average(figures => figures[column]);
    }

    private static string Describe(double[] fractions)
    {
        double mean = fractions.Average();
        if (double.IsNaN(mean))
            return "-";
        if (fractions.Length == 1)
            return string.Create(CultureInfo.InvariantCulture, $"{100 * mean:F1}");
        double deviation = Math.Sqrt(fractions.Sum(fraction => Math.Pow(fraction - mean, 2)) / (fractions.Length - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{100 * mean:F1} ± {100 * deviation:F1}");
    }

    // By seed.
    private double[][] MeanOverSets(int row)
    {
        double[][][] sets = _figures[row];
        return
        [
            .. sets[0].Select((_, seed) => _headers.Select((_, column) => sets.Average(set => set[seed][column])).ToArray()),
        ];
    }

    private void Print(string title, Func<int, double[][]> figures)
    {
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumns(["trainer", title, .. _headers]);
        for (int row = 0; row < _rows.Length; row++)
        {
            double[][] seeds = figures(row);
            table.AddRow(
            [
                _rows[row].Trainer,
                Markup.Escape(_rows[row].Name),
                .. _headers.Select((_, column) => Describe([.. seeds.Select(seed => seed[column])])),
            ]);
        }

        AnsiConsole.Write(table);
        Console.WriteLine();
    }
}
