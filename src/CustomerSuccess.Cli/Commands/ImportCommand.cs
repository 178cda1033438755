using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Engine.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs import PATH...</c>: imports files or folders.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Arity = ArgumentArity.OneOrMore, Description = "Files, archives or folders" };
        var preset = new Option<string?>("--preset") { Description = "Name or path of a preset for files of a foreign shape" };
        var source = new Option<string?>("--source") { Description = "Name of the source (default: the preset's, else files)" };
        var record = new Option<string?>("--record") { Description = "The record that the files hold, where name and header do not tell" };
        var complete = new Option<string?>("--complete-until") { Description = "Day until which the source's data are complete, YYYY-MM-DD" };
        var full = new Option<bool>("--full") { Description = "Each file names all there is: what it lacks is voided" };
        var create = new Option<bool>("--create-accounts") { Description = "Create unknown accounts and contacts instead of rejecting their rows" };
        var encoding = new Option<string?>("--encoding") { Description = "utf-8, shift_jis or euc-jp, where detection is wrong" };
        var order = new Option<string?>("--day-order") { Description = "day-first or month-first, where dates such as 01-04-2024 leave it open" };
        var zone = new Option<string?>("--time-zone") { Description = "IANA zone of local times (default: the preset's, else the company's)" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read, check and count everything, keep nothing" };
        var rejects = new Option<string?>("--rejects") { Description = "File for the rejected rows in their own shape; reasons go beside it" };
        var beside = new Option<bool>("--beside-demo") { Description = "Import although the database holds the demo company" };
        var command = new Command("import", "Import files: accounts, contacts, subscriptions, usage, inquiries, ...")
        {
            paths, preset, source, record, complete, full, create, encoding, order, zone, dryRun, rejects, beside,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new ImportRequest(parsed.GetValue(paths)!)
            {
                Preset = parsed.GetValue(preset),
                Source = parsed.GetValue(source),
                Record = parsed.GetValue(record),
                Full = parsed.GetValue(full) ? true : null,
                CreateAccounts = parsed.GetValue(create) ? true : null,
                Encoding = parsed.GetValue(encoding),
                TimeZone = parsed.GetValue(zone),
                DryRun = parsed.GetValue(dryRun),
                RejectsFile = parsed.GetValue(rejects),
            };
            return CommandLine.WithEngineAsync(
                parsed,
                async (services, output) =>
                {
                    if (!TryDay(parsed.GetValue(complete), out var day) || !TryOrder(parsed.GetValue(order), out var dayOrder))
                    {
                        return ExitCode.BadUsage;
                    }

                    if (!request.DryRun && !parsed.GetValue(beside) && await services.GetRequiredService<DemoMark>().ReadAsync(cancellation) == DemoState.Present)
                    {
                        Output.Note("This database holds the demo company. Throw it away first with `cs demo discard`, or import beside it with --beside-demo.");
                        return ExitCode.Failure;
                    }

                    return await ImportAsync(services, output, request with { CompleteUntil = day, DayOrder = dayOrder }, cancellation);
                },
                cancellation,
                waitsForImports: false);
        });
        return command;
    }

    private static async Task<int> ImportAsync(IServiceProvider services, Output output, ImportRequest request, CancellationToken cancellation)
    {
        ImportResult result;
        try
        {
            result = await Output.WithStatusAsync("Reading", status =>
                services.GetRequiredService<ImportRunner>().ImportAsync(Viewer.System, request, new Progress(status), cancellation));
        }
        catch (FormatException error)
        {
            Output.Note(error.Message);
            return ExitCode.BadUsage;
        }

        output.Write(ImportDocument.Of(result), () => Print(result, request.RejectsFile is not null));
        return result.FailedAny ? ExitCode.Failure : result.RejectedAny ? ExitCode.SomeRowsRejected : ExitCode.Success;
    }

    private static bool TryDay(string? text, out DateOnly? day)
    {
        day = null;
        if (text is null)
        {
            return true;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
        {
            day = parsed;
            return true;
        }

        Output.Note($"'{text}' is no day; write YYYY-MM-DD.");
        return false;
    }

    private static bool TryOrder(string? text, out DayOrder order)
    {
        order = text switch
        {
            "day-first" => DayOrder.DayFirst,
            "month-first" => DayOrder.MonthFirst,
            _ => DayOrder.Unknown,
        };
        if (text is null || order != DayOrder.Unknown)
        {
            return true;
        }

        Output.Note($"'{text}' is no day order; write day-first or month-first.");
        return false;
    }

    private static void Print(ImportResult result, bool keepsRejects)
    {
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumn("file");
        table.AddColumn("record");
        foreach (var count in new[] { "read", "inserted", "updated", "unchanged", "rejected", "aggregated", "ignored" })
        {
            table.AddColumn(new TableColumn(count).RightAligned());
        }

        foreach (var (file, _, _) in result.Files)
        {
            string[] cells =
            [
                Markup.Escape(file.FileName), file.Record ?? "-",
                .. new[] { file.RowsRead, file.Inserted, file.Updated, file.Unchanged, file.Rejected, file.Aggregated, file.Ignored }.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)),
            ];
            table.AddRow(cells);
        }

        Output.Print(table);
        foreach (var file in result.Files)
        {
            foreach (var line in ImportDocument.Remarks(file))
            {
                Console.WriteLine($"{file.File.FileName}: {line}");
            }
        }

        if (result.RejectedAny && !keepsRejects)
        {
            Console.WriteLine("Rejected rows are kept: --rejects FILE writes them, to be mended and imported again, and each one's reason beside them.");
        }

        if (result.IsDryRun)
        {
            Console.WriteLine("Dry run: nothing was kept.");
        }
    }

    private sealed class Progress(Action<string> status) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => status(value.Phase switch
        {
            ImportPhase.Reading => string.Create(CultureInfo.InvariantCulture, $"Reading {value.File}: {value.RowsRead:N0} rows"),
            ImportPhase.Waiting => "Waiting for another import",
            ImportPhase.Applying => string.Create(CultureInfo.InvariantCulture, $"Applying {value.File}: {value.RowsApplied:N0} rows"),
            _ => "Done",
        });
    }
}
