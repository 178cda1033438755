using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report KIND</c>: prints figures.</summary>
internal static class ReportCommand
{
    private static readonly FigureColumn<RetentionMonth>[] Retention =
    [
        new("month", m => Month(m.Month)),
        new("accounts", m => m.Accounts),
        new("mrr", m => m.Mrr, 2),
        new("mrr_start", m => m.Bridge?.Start, 2),
        new("new", m => m.Bridge?.New, 2),
        new("reactivation", m => m.Bridge?.Reactivation, 2),
        new("expansion", m => m.Bridge?.Expansion, 2),
        new("contraction", m => m.Bridge?.Contraction, 2),
        new("churn", m => m.Bridge?.Churn, 2),
        new("fx", m => m.Bridge?.Fx, 2),
        new("accounts_new", m => m.Bridge?.AccountsNew),
        new("accounts_reactivated", m => m.Bridge?.AccountsReactivated),
        new("accounts_expanded", m => m.Bridge?.AccountsExpanded),
        new("accounts_contracted", m => m.Bridge?.AccountsContracted),
        new("accounts_churned", m => m.Bridge?.AccountsChurned),
        new("grr", m => m.Monthly?.Gross, 6),
        new("nrr", m => m.Monthly?.Net, 6),
        new("logo_retention", m => m.Monthly?.Logo, 6),
        new("grr_12m", m => m.Yearly?.Gross, 6),
        new("nrr_12m", m => m.Yearly?.Net, 6),
        new("logo_retention_12m", m => m.Yearly?.Logo, 6),
    ];

    private static readonly FigureColumn<InquiryMonth>[] Inquiries =
    [
        new("month", m => Month(m.Month)),
        new("inquiries", m => m.Inquiries),
        new("first_response_minutes_median", m => m.FirstResponseMedian, 6),
        new("first_response_minutes_p90", m => m.FirstResponse90, 6),
        new("resolution_hours_median", m => m.ResolutionMedian, 6),
        new("resolution_hours_p90", m => m.Resolution90, 6),
        new("satisfaction_mean", m => m.Satisfaction, 6),
        new("satisfaction_answers", m => m.SatisfactionAnswers),
        new("escalated", m => m.Escalated),
    ];

    private static readonly FigureColumn<(string Period, NetPromoter? Score)>[] Nps =
    [
        new("month", m => m.Period),
        new("promoters", m => m.Score?.Promoters ?? 0),
        new("passives", m => m.Score?.Passives ?? 0),
        new("detractors", m => m.Score?.Detractors ?? 0),
        new("n", m => m.Score?.Answers ?? 0),
        new("nps", m => m.Score?.Score, 6),
        new("lower", m => m.Score?.Lower, 6),
        new("upper", m => m.Score?.Upper, 6),
    ];

    private static readonly FigureColumn<RfmScore>[] RfmScores =
    [
        new("customer_id", s => s.Values.AccountId),
        new("r", s => s.Values.Recency),
        new("f", s => s.Values.Frequency),
        new("m", s => s.Values.Money, 2),
        new("r_score", s => s.R),
        new("f_score", s => s.F),
        new("m_score", s => s.M),
    ];

    private static readonly FigureColumn<RfmCell>[] RByF =
    [
        new("r_score", c => c.R),
        new("f_score", c => c.F),
        new("customers", c => c.Accounts),
        new("amount", c => c.Money, 2),
    ];

    private static readonly FigureColumn<Decile>[] DecileColumns =
    [
        new("decile", d => d.Number),
        new("customers", d => d.Accounts),
        new("amount", d => d.Money, 2),
        new("share", d => d.Share, 6),
        new("cumulative_share", d => d.CumulativeShare, 6),
    ];

    public static Command Create()
    {
        var command = CreateFigures();
        foreach (var report in LifecycleReports.Create().Concat(HandoutReports.Create()))
        {
            command.Add(report);
        }

        return command;
    }

    private static Command CreateFigures() => new("report", "Print figures")
    {
        OfMonths("retention", "MRR bridge, gross and net revenue retention, logo retention, by month", async (services, output, format, from, to, cancellation) =>
            Figures.Print(output, format, Retention, await services.GetRequiredService<RetentionQuery>().RunAsync(Viewer.System, from, to, cancellation))),
        OfMonths("inquiries", "First response, resolution and satisfaction of inquiries by month of opening", async (services, output, format, from, to, cancellation) =>
            Figures.Print(output, format, Inquiries, await services.GetRequiredService<InquiriesQuery>().RunAsync(Viewer.System, from, to, cancellation))),
        OfMonths("nps", "Net promoter score by month of the answers, and in total, with 95% intervals", async (services, output, format, from, to, cancellation) =>
        {
            var (months, total) = await services.GetRequiredService<NpsQuery>().RunAsync(Viewer.System, from, to, cancellation);
            Figures.Print(output, format, Nps, months.Select(m => (Month(m.Month), m.Score)).Append(("total", total)));
        }),
        BacktestReport.Create(),
        CloseReports.CreateClosed(),
        CloseReports.CreateRestatements(),
        DriversReports.Create(),
        AdoptionReports.Create(),
        FeedbackReports.Create(),
        ForecastReport.Create(),
        EffectsReport.Create(),
        GoalsReport.Create(),
        TeamReports.Create(),
        OfDay("rfm", "Recency, frequency and money of each customer with scores 1 to 5", (customers, output, format) => Figures.Print(output, format, RfmScores, Rfm.Score(customers))),
        OfDay("r-by-f", "How many customers have each recency and frequency score", (customers, output, format) => Figures.Print(output, format, RByF, Rfm.Table(Rfm.Score(customers)))),
        OfDay("deciles", "Customers in ten equal groups by trailing revenue", (customers, output, format) => Figures.Print(output, format, DecileColumns, Rfm.Deciles(customers))),
    };

    private static Command OfMonths(string name, string description, Func<IServiceProvider, Output, string, DateOnly?, DateOnly?, CancellationToken, Task> print)
    {
        var from = DateOption("--from", "First month, such as 2024-01", "yyyy-MM");
        var to = DateOption("--to", "Last month, such as 2024-12", "yyyy-MM");
        var format = Figures.CreateFormat();
        var command = new Command(name, description) { from, to, format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var (first, last) = (parsed.GetValue(from), parsed.GetValue(to));
            if (first > last)
            {
                Output.Note("--from must not be after --to.");
                return ExitCode.BadUsage;
            }

            await print(services, output, parsed.GetValue(format)!, first, last is { } day ? MonthEnds.OnOrAfter(day) : null, cancellation);
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command OfDay(string name, string description, Action<IReadOnlyList<RfmValues>, Output, string> print)
    {
        var asOf = DateOption("--as-of", "The day looked back from, such as 2024-12-31 (default: the last with a purchase or use)", "yyyy-MM-dd");
        var format = Figures.CreateFormat();
        var command = new Command(name, description) { asOf, format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            print(await services.GetRequiredService<RfmQuery>().RunAsync(Viewer.System, parsed.GetValue(asOf), cancellation), output, parsed.GetValue(format)!);
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    internal static Option<DateOnly?> DateOption(string name, string description, string pattern) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            result.AddError($"{name} takes a date as {pattern}, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
