using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Risk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report forecast</c>: renewals of the coming year, by month or by account.</summary>
internal static class ForecastReport
{
    public static readonly FigureColumn<RenewalMonth>[] Months =
    [
        new("month", m => m.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        new("accounts", m => m.Accounts),
        new("due_mrr", m => m.DueMrr, 2),
        new("expected_mrr", m => m.ExpectedMrr, 2),
        new("lower_mrr", m => m.LowerMrr, 2),
        new("upper_mrr", m => m.UpperMrr, 2),
        new("leaving_accounts", m => m.LeavingAccounts),
        new("leaving_mrr", m => m.LeavingMrr, 2),
    ];

    private static readonly FigureColumn<AccountForecast>[] Accounts =
    [
        new("account_id", a => a.AccountId),
        new("name", a => a.Name),
        new("renews_on", a => a.RenewsOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("mrr", a => a.Mrr, 2),
        new("probability", a => a.Probability, 6),
        new("renewal_probability", a => a.RenewalProbability, 6),
        new("ltv", a => a.Lifetime?.Value, 2),
        new("ltv_lower", a => a.Lifetime?.Lower, 2),
        new("ltv_upper", a => a.Lifetime?.Upper, 2),
    ];

    public static Command Create()
    {
        var accounts = new Option<bool>("--accounts") { Description = "By account instead, with lifetime value" };
        var format = Figures.CreateFormat();
        var command = new Command("forecast", "MRR expected to be renewed by month, with 80% intervals; by account, with lifetime value") { accounts, format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var query = services.GetRequiredService<ForecastQuery>();
            var (run, months) = await query.MonthsAsync(cancellation);
            if (run is null)
            {
                Output.Note("Nothing has been scored yet. `cs score` does it.");
                return ExitCode.Failure;
            }

            if (run.IsFallback)
            {
                Output.Note("No model is in use: what is due is known, what will be renewed is not forecast.");
            }

            if (parsed.GetValue(accounts))
            {
                Figures.Print(output, parsed.GetValue(format)!, Accounts, await query.AccountsAsync(Viewer.System, cancellation));
            }
            else
            {
                Figures.Print(output, parsed.GetValue(format)!, Months, months);
            }

            return ExitCode.Success;
        }, cancellation));
        return command;
    }
}
