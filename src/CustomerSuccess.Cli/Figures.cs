using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace CustomerSuccess.Cli;

/// <summary>A column of a report: its name, how a row gives it, and the decimals it is rounded to (null for text and counts).</summary>
public sealed record FigureColumn<T>(string Name, Func<T, object?> Value, int? Decimals = null);

/// <summary>Prints a report as CSV, as one JSON document, or as a table for people.</summary>
public static class Figures
{
    private static readonly string[] Formats = ["table", "csv", "json"];

    public static Option<string> CreateFormat()
    {
        var format = new Option<string>("--format") { Description = "table, csv or json", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong(Formats);
        return format;
    }

    /// <summary>Prints the rows; nothing known is a blank cell, or null in JSON.</summary>
    public static void Print<T>(Output output, string format, IReadOnlyList<FigureColumn<T>> columns, IEnumerable<T> rows)
    {
        if (output.IsJson || format == "json")
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(rows.Select(row => columns.ToDictionary(column => column.Name, column => Rounded(column, row))), Output.JsonOptions));
        }
        else if (format == "csv")
        {
            Console.Out.WriteLine(string.Join(',', columns.Select(column => column.Name)));
            foreach (var row in rows)
            {
                Console.Out.WriteLine(string.Join(',', columns.Select(column => Quoted(Text(column, row)))));
            }
        }
        else
        {
            var table = new Table().Border(TableBorder.Simple);
            foreach (var column in columns)
            {
                table.AddColumn(new TableColumn(Markup.Escape(column.Name.Replace('_', ' '))).RightAligned());
            }

            foreach (var row in rows)
            {
                table.AddRow([.. columns.Select(column => Markup.Escape(Text(column, row)))]);
            }

            Output.Print(table);
        }
    }

    private static object? Rounded<T>(FigureColumn<T> column, T row) => (column.Value(row), column.Decimals) switch
    {
        (decimal number, { } decimals) => Math.Round(number, decimals),
        (double number, { } decimals) => Math.Round(number, decimals),
        var (value, _) => value,
    };

    private static string Text<T>(FigureColumn<T> column, T row) => Rounded(column, row) switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        decimal number => number.ToString("0.0###########", CultureInfo.InvariantCulture),
        double number => number.ToString("0.0###########", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString()!,
    };

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
