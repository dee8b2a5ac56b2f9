using System.Globalization;
using Spectre.Console;

namespace Shards;

/// <summary>The table of the report.</summary>
internal static class ReportTable
{
    /// <summary>Wide enough for every line, where the console does not say how wide it is.</summary>
    public const int MaximumWidth = 110;

    public static Table Create(IEnumerable<ResultFile> files)
    {
        Table table = new Table().Border(TableBorder.Ascii).AddColumn("masks by").AddColumn("result of");
        foreach (string header in (string[])["rows", "bytes", "seconds"])
            table.AddColumn(header, column => column.RightAligned());
        table.AddColumn("XxHash128");
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
