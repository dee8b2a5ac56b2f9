using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The memory of a pass over a virtual view of 2 GB, after a tenth of the rows and at the end.</summary>
internal static class MemoryReport
{
    private const int Length = 128 * 6;
    private const long Rows = 2L * 1024 * 1024 * 1024 / (Length * sizeof(float));

    public static void Print()
    {
        var mlContext = new MLContext(1);
        var source = new ConstantView(Rows, Length);
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Seed = 1 };
        SpatialDropoutOptions scaled = options with { Scaling = DropoutScaling.Inverted };

        Table table = new Table { Border = TableBorder.Ascii }
            .AddColumns(
                "view", "rows read", "bytes allocated in the pass", "heap at its 10 %", "heap at its end", "peak working set");
        Measure(table, "source", source);
        Measure(table, "stage", mlContext.Data.SpatialDropout(source, scaled));
        Measure(table, "stage, fill NaN", mlContext.Data.SpatialDropout(source, options with { Fill = DropoutFill.Missing }));
        Measure(
            table, "stage, original + 4 copies",
            mlContext.Data.SpatialDropout(source, scaled with { Copies = 4, KeepOriginal = true }));
        AnsiConsole.Write(table);
    }

    private static void Measure(Table table, string name, IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Features"]]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> row = default;
        long rows = 0;
        long early = 0;
        long allocated = 0;
        while (cursor.MoveNext())
        {
            getter(ref row);
            rows++;
            if (rows == Rows / 10)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
                allocated = GC.GetAllocatedBytesForCurrentThread();
            }
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        table.AddRow(
            name, Format(rows), Format(allocated), Format(early), Format(GC.GetTotalMemory(forceFullCollection: true)),
            Format(Process.GetCurrentProcess().PeakWorkingSet64 >> 20) + " MiB");
    }

    private static string Format(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
