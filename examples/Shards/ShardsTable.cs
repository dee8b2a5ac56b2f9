using System.Globalization;
using Examples;
using Spectre.Console;

namespace Shards;

/// <summary>The table of the report.</summary>
internal static class ShardsTable
{
    public static Table Create(IEnumerable<ResultFile> files)
    {
        Table table = ReportTable.Create("masks by", "result of")
            .AddNumberColumns("rows", "bytes", "seconds")
            .AddColumn("XxHash128");
        foreach (ResultFile file in files)
            table.AddRow(
                NameOf(file.Masks),
                file.Name,
                file.Rows.ToString("N0", CultureInfo.InvariantCulture),
                file.Bytes.ToString("N0", CultureInfo.InvariantCulture),
                file.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture),
                file.Hash);
        return table;
    }

    public static string NameOf(MaskSource masks) => masks == MaskSource.Key ? "key" : "row ID";
}
