using System.CommandLine;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report summary</c> and <c>cs report customer</c>: what is handed out as a file.</summary>
internal static class HandoutReports
{
    public static IEnumerable<Command> Create()
    {
        yield return CreateSummary();
        yield return CreateCustomer();
    }

    private static Command CreateSummary()
    {
        var (pdf, language) = (PdfOption(), LanguageOption());
        var period = new Option<string>("--period") { Description = "How long its period is: month, quarter or year (fiscal)", DefaultValueFactory = _ => "month" };
        period.AcceptOnlyFromAmong("month", "quarter", "year");
        var end = ReportCommand.DateOption("--end", "A day of the period, such as 2026-09-30 (default: the last period that is over)", "yyyy-MM-dd");
        var command = new Command("summary", "The executive's summary as a PDF") { pdf, language, period, end };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var ask = new SummaryAsk(Enum.Parse<PeriodGrain>(parsed.GetValue(period)!, ignoreCase: true), parsed.GetValue(end));
            var made = await services.GetRequiredService<SummaryFile>().MakeAsync(Viewer.System, ask, parsed.GetValue(language)!, cancellation);
            await File.WriteAllBytesAsync(parsed.GetValue(pdf)!, made.Pdf, cancellation);
            output.Write(
                new { File = parsed.GetValue(pdf), made.Document.Title, made.Document.Subtitle, Sections = made.Document.Sections.Select(section => new { section.Key, section.Title, section.Lead }) },
                () => Output.Note($"{parsed.GetValue(pdf)}: {made.Document.Title}, {made.Document.Subtitle}"));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command CreateCustomer()
    {
        var account = new Argument<string>("account") { Description = "The account's id in the shared namespace" };
        var (pdf, language) = (PdfOption(), LanguageOption());
        var from = ReportCommand.DateOption("--from", "The first day (default: three whole months)", "yyyy-MM-dd");
        var to = ReportCommand.DateOption("--to", "The last day", "yyyy-MM-dd");
        var note = new Option<string?>("--note") { Description = "A note to the customer" };
        var command = new Command("customer", "A report for a customer on use and results as a PDF, with nothing internal in it") { account, pdf, language, from, to, note };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var id = parsed.GetValue(account)!;
            var settings = await services.GetRequiredService<SettingsStore>().ReadAsync(cancellation);
            var (usualFrom, usualTo) = CustomerReportQuery.UsualPeriod(settings.Today(services.GetRequiredService<TimeProvider>()));
            var draft = new CustomerReportDraft(parsed.GetValue(from) ?? usualFrom, parsed.GetValue(to) ?? usualTo, parsed.GetValue(language)!, Note: parsed.GetValue(note));
            if (draft.To < draft.From)
            {
                Output.Note("--to lies before --from.");
                return ExitCode.BadUsage;
            }

            if (await services.GetRequiredService<MailQuery>().AddresseeAsync(Viewer.System, id, null, cancellation) is not { } found
                || await services.GetRequiredService<CustomerReportQuery>().FindAsync(Viewer.System, found.AccountNo, draft, cancellation) is not { } figures)
            {
                Output.Note($"There is no account {id}.");
                return ExitCode.Failure;
            }

            var steps = draft with { NextSteps = CustomerReportWriter.OfferedSteps(figures) };
            var made = (await services.GetRequiredService<CustomerReports>().PreviewAsync(Viewer.System, found.AccountNo, steps, cancellation))!;
            await File.WriteAllBytesAsync(parsed.GetValue(pdf)!, made.Pdf, cancellation);
            output.Write(
                new { File = parsed.GetValue(pdf), made.Document.Title, made.Document.Subtitle, Sections = made.Document.Sections.Select(section => new { section.Key, section.Title, section.Lead }) },
                () => Output.Note($"{parsed.GetValue(pdf)}: {made.Document.Title}, {made.Document.Subtitle}"));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Option<string> PdfOption() => new("--pdf") { Description = "The file to write", Required = true };

    private static Option<string> LanguageOption()
    {
        var option = new Option<string>("--language") { Description = "ja or en", DefaultValueFactory = _ => "en" };
        option.AcceptOnlyFromAmong("ja", "en");
        return option;
    }
}
