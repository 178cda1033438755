using System.Globalization;
using CustomerSuccess.Core.Modelling;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary>Tables of a rolling-origin backtest for people.</summary>
internal static class BacktestTables
{
    public static void Print(CardBacktest backtest)
    {
        Console.WriteLine("Over time, the plan fitted anew before each period:");
        if (backtest.Limit is { } limit)
        {
            Console.WriteLine(FormattableString.Invariant($"{backtest.Periods.Count} of {CardBacktest.EnoughPeriods} periods could be tested: {(limit == BacktestLimit.History ? "the history is too short for more" : "further periods had too few outcomes")}."));
        }

        if (backtest.Periods.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("period");
        foreach (var heading in new[] { "learned from", "rows", "outcomes", "ROC-AUC", "log loss (base rate)", "ECE", "lift at capacity", "predicted", "observed" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (var period in backtest.Periods)
        {
            Add(FormattableString.Invariant($"{period.From:yyyy-MM} to {period.To:yyyy-MM}"), FormattableString.Invariant($"{period.TrainOutcomes} to {period.TrainTo:yyyy-MM}"), period.Test, period.Metrics);
        }

        Add("all", "", backtest.Rows!, backtest.Pooled!);
        Output.Print(table);

        void Add(string name, string learned, CardPart rows, PeriodMetrics m) => table.AddRow(
            name,
            learned,
            rows.Rows.ToString(CultureInfo.InvariantCulture),
            rows.Outcomes.ToString(CultureInfo.InvariantCulture),
            Text(m.RocAuc, "0.000"),
            string.Create(CultureInfo.InvariantCulture, $"{Text(m.LogLoss, "0.000")} [[{m.BaseRateLogLoss:0.000}]]"),
            Text(m.Ece, "0.000"),
            Text(m.LiftAtCapacity, "0.0"),
            string.Create(CultureInfo.InvariantCulture, $"{m.MeanProbability * 100:0.0}%"),
            string.Create(CultureInfo.InvariantCulture, $"{m.ObservedRate * 100:0.0}%"));
    }

    public static void Print(CardHindsight hindsight)
    {
        int left = hindsight.Months.Sum(m => m.Left), caught = hindsight.Months.Sum(m => m.Caught), listed = hindsight.Months.Sum(m => m.Listed), all = hindsight.Months.Sum(m => m.Accounts);
        Console.WriteLine(FormattableString.Invariant($"The queue of {hindsight.Months.Count} past months: of {left} that left within the horizon, {caught} stood on the list, which held {100.0 * listed / Math.Max(1, all):0}% of the accounts; an equally long list by probability alone would have held {hindsight.Months.Sum(m => m.CaughtByRisk)}. `cs report backtest` gives the months."));
        if (hindsight.Profit is { } profit)
        {
            string Money(Estimate? estimate) => Text(estimate, "#,##0");
            Console.WriteLine(FormattableString.Invariant($"Worth of contacting the list, {profit.Currency} a month at an assumed effect of {profit.MeanEffect * 100:0}%: queue {Money(profit.Queue)}, rules {Money(profit.Rules)}, biggest first {Money(profit.BiggestFirst)}, at random {Money(profit.AtRandom)}."));
        }
    }

    public static void Print(CardForecast forecast)
    {
        if (forecast.AllRenewals is { } all)
        {
            Console.WriteLine(FormattableString.Invariant($"Renewal forecasts: {all.Inside} of {all.Forecasts} lay within their {forecast.Coverage * 100:0}% interval ({all.Mass * 100:0}% was to be expected of so few accounts), {all.Months} months; of {all.DueMrr:#,##0} due, {all.ExpectedMrr:#,##0} expected, {all.RenewedMrr:#,##0} renewed."));
        }

        if (forecast.Lifetimes is { } life)
        {
            Console.WriteLine(FormattableString.Invariant($"Lifetimes: {100.0 * life.Inside / life.Observations:0}% of {life.Observations} observations of {life.Accounts} accounts lay within their {forecast.Coverage * 100:0}% interval ({life.Mass * 100:0}% expected); {life.ExpectedMonths:0.0} months expected, {life.ActualMonths:0.0} came."));
        }
    }

    private static string Text(Estimate? estimate, string format)
    {
        string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return estimate switch
        {
            null => "–",
            { Lower: { } lower, Upper: { } upper } => $"{Number(estimate.Value)} ({Number(lower)}–{Number(upper)})",
            _ => Number(estimate.Value),
        };
    }
}
