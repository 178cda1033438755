using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Spectre.Console;

namespace CustomerSuccess.Cli;

/// <summary>Standard output: one JSON document or human tables. Progress and logs go to standard error.</summary>
public sealed class Output(bool json)
{
    /// <summary>Keys in snake_case, enum names likewise: an interface.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly IAnsiConsole Progress = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public bool IsJson => json;

    /// <summary>Prints the document with --json, else lets the verb print for people.</summary>
    public void Write<T>(T document, Action print)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(document, JsonOptions));
        }
        else
        {
            print();
        }
    }

    /// <summary>A table for people: as wide as the terminal, or as its columns want where the output goes elsewhere, since a log or a pager scrolls.</summary>
    public static void Print(Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = Math.Max(console.Profile.Width, 60 + (table.Columns.Count * 16));
        }

        console.Write(table);
    }

    /// <summary>A line on standard error, for logs.</summary>
    public static void Note(string text) => Console.Error.WriteLine(text);

    /// <summary>Long work: shows each step while the terminal is interactive.</summary>
    public static async Task<T> WithStatusAsync<T>(string title, Func<Action<string>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(_ => { });
        }

        return await Progress.Status().StartAsync(title, context => work(text => context.Status(Markup.Escape(text))));
    }
}
