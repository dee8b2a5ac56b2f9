using System.Globalization;
using Spectre.Console;

namespace Examples;

/// <summary>The look of the examples' tables: plain text, names on the left and numbers on the right.</summary>
public static class ReportTable
{
    /// <summary>The width of a report that does not go to a terminal.</summary>
    public const int Width = 100;

    /// <param name="headers">The headers of columns of text.</param>
    public static Table Create(params ReadOnlySpan<string> headers)
    {
        Table table = new Table().Border(TableBorder.Ascii);
        foreach (string header in headers)
            table.AddColumn(header);
        return table;
    }

    /// <param name="table">The table.</param>
    /// <param name="headers">The headers of columns of numbers.</param>
    public static Table AddNumberColumns(this Table table, params ReadOnlySpan<string> headers)
    {
        foreach (string header in headers)
            table.AddColumn(header, column => column.RightAligned());
        return table;
    }

    /// <summary>A fraction as a percentage with one decimal, such as 96.9 %.</summary>
    public static string Percent(double fraction) => string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:0.0} %");
}
