using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report lifecycle</c>, <c>cohorts</c> and <c>bgnbd</c>.</summary>
internal static class LifecycleReports
{
    private const int Months = 36, DefaultHorizon = 90;

    private static readonly FigureColumn<(StageMonth Month, bool HasFlows, bool? Alarm)>[] Lifecycle =
    [
        new("month", m => m.Month.End.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        new("new", m => m.Month[CustomerStage.New]),
        new("regular", m => m.Month[CustomerStage.Regular]),
        new("loyal", m => m.Month[CustomerStage.Loyal]),
        new("reactivated", m => m.Month[CustomerStage.Reactivated]),
        new("lapsed", m => m.Month.Lapsed),
        new("active", m => m.Month.Active),
        new("came", m => m.HasFlows ? m.Month.Came : null),
        new("won_back", m => m.HasFlows ? m.Month.WonBack : null),
        new("lost", m => m.HasFlows ? m.Month.Lost : null),
        new("money", m => m.Month.Money, 2),
        new("alarm", m => m.Alarm),
    ];

    private static readonly FigureColumn<(Cohort Cohort, int Age)>[] Cohorts =
    [
        new("cohort", c => c.Cohort.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        new("age_months", c => c.Age),
        new("accounts_at_start", c => c.Cohort.Accounts),
        new("accounts", c => c.Cohort.Cells[c.Age].Accounts),
        new("mrr_at_start", c => c.Cohort.Mrr, 2),
        new("mrr_kept", c => c.Cohort.Cells[c.Age].Kept, 2),
    ];

    private static readonly FigureColumn<(BgNbdFit Fit, int Horizon, double Expected)>[] Model =
    [
        new("r", m => m.Fit.Model.R, 6),
        new("alpha", m => m.Fit.Model.Alpha, 6),
        new("a", m => m.Fit.Model.A, 6),
        new("b", m => m.Fit.Model.B, 6),
        new("log_likelihood", m => m.Fit.LogLikelihood, 4),
        new("customers", m => m.Fit.Customers),
        new("repeaters", m => m.Fit.Repeaters),
        new("converged", m => m.Fit.Converged),
        new("horizon_days", m => m.Horizon),
        new("expected_purchases", m => m.Expected, 4),
    ];

    private static readonly FigureColumn<(PurchaseOutlook Customer, double Alive, double Expected)>[] Outlooks =
    [
        new("customer_id", c => c.Customer.CustomerId),
        new("frequency", c => c.Customer.Summary.Frequency),
        new("recency_weeks", c => c.Customer.Summary.Recency, 6),
        new("age_weeks", c => c.Customer.Summary.Age, 6),
        new("p_alive", c => c.Alive, 6),
        new("expected_purchases", c => c.Expected, 6),
    ];

    public static IEnumerable<Command> Create()
    {
        yield return CreateLifecycle();
        yield return CreateCohorts();
        yield return CreateModel();
    }

    private static Command CreateLifecycle()
    {
        var format = Figures.CreateFormat();
        var command = new Command("lifecycle", $"Customers by stage over {Months} months, who came, was won back and was lost") { format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var overview = await services.GetRequiredService<LifecycleReport>().OverviewAsync(Viewer.System, LifecycleScope.All, Months, cancellation);
            var alarms = overview.Indicators.ToDictionary(indicator => indicator.To.End, indicator => indicator.IsAlarm);
            Figures.Print(output, parsed.GetValue(format)!, Lifecycle, overview.Months.Select((month, i) => (month, i > 0, alarms.TryGetValue(month.End, out var alarm) ? alarm : (bool?)null)));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command CreateCohorts()
    {
        var format = Figures.CreateFormat();
        var command = new Command("cohorts", "Accounts and MRR kept by the month in which accounts first paid") { format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var cohorts = await services.GetRequiredService<RetentionReport>().CohortsAsync(Viewer.System, RetentionScope.All, cancellation);
            Figures.Print(output, parsed.GetValue(format)!, Cohorts, cohorts.SelectMany(cohort => cohort.Cells.Select((_, age) => (cohort, age))));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command CreateModel()
    {
        var summary = new Option<string?>("--summary") { Description = "A CSV file with ID, frequency, recency and T (weeks) in place of the database's purchases" };
        var asOf = ReportCommand.DateOption("--as-of", "The day up to which purchases count, such as 1997-09-30 (default: the last month's end)", "yyyy-MM-dd");
        var horizon = new Option<int>("--horizon") { Description = "Days ahead for which purchases are predicted", DefaultValueFactory = _ => DefaultHorizon };
        horizon.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3650)
            {
                result.AddError("--horizon takes days from 1 to 3650.");
            }
        });
        var customers = new Option<bool>("--customers") { Description = "Print a row for each customer: the chance that it still buys, and its expected purchases" };
        var format = Figures.CreateFormat();
        var command = new Command("bgnbd", "Repeat purchases by the BG/NBD model, fitted by maximum likelihood") { summary, asOf, horizon, customers, format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            IReadOnlyList<PurchaseOutlook> all;
            if (parsed.GetValue(summary) is { } path)
            {
                if (!File.Exists(path))
                {
                    Output.Note($"There is no file {path}.");
                    return ExitCode.BadUsage;
                }

                try
                {
                    all = PurchaseOutlook.Parse(await File.ReadAllLinesAsync(path, cancellation));
                }
                catch (FormatException wrong)
                {
                    Output.Note($"{path}: {wrong.Message}");
                    return ExitCode.Failure;
                }
            }
            else
            {
                all = await services.GetRequiredService<LifecycleReport>().SummariesAsync(Viewer.System, parsed.GetValue(asOf), cancellation);
            }

            if (BgNbdFit.Of([.. all.Select(customer => customer.Summary)]) is not { } fit)
            {
                Output.Note($"Too few customers: the model needs {BgNbdFit.FewestCustomers}, {BgNbdFit.FewestRepeaters} of them with a second purchase; there are {all.Count}.");
                return ExitCode.Failure;
            }

            var days = parsed.GetValue(horizon);
            var weeks = days / PurchaseSummary.DaysPerWeek;
            if (parsed.GetValue(customers))
            {
                Figures.Print(output, parsed.GetValue(format)!, Outlooks, all.Select(customer => (customer, fit.Model.ProbabilityAlive(customer.Summary), fit.Model.Expected(customer.Summary, weeks))));
            }
            else
            {
                Figures.Print(output, parsed.GetValue(format)!, Model, [(fit, days, all.Sum(customer => fit.Model.Expected(customer.Summary, weeks)))]);
            }

            return ExitCode.Success;
        }, cancellation));
        return command;
    }
}
