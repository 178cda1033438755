using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Gathers what fell due after each month of the backtest, and what became of it.</summary>
internal static class PastRenewals
{
    /// <param name="database">Whose contracts are read.</param>
    /// <param name="settings">Reporting currency.</param>
    /// <param name="data">Labelled rows.</param>
    /// <param name="scores">Rows of the backtest with their probabilities.</param>
    /// <param name="definition">What an outcome is.</param>
    /// <param name="knownUntil">The day up to which contracts are known.</param>
    /// <param name="cancellation">Stops the query.</param>
    public static async Task<(IReadOnlyList<PastMonth> Months, IReadOnlyList<PastLife> Lives)> ReadAsync(Database database, CompanySettings settings, LabelledTable data, TestScores scores, CardDefinition definition, DateOnly knownUntil, CancellationToken cancellation)
    {
        // a churn event is one only after the grace
        var decided = knownUntil.AddDays(-definition.GraceDays);
        var typical = scores.Rows.Select((row, i) => (AsOf: data.Table.AsOf[row], Probability: scores.Model[i])).GroupBy(x => x.AsOf).ToDictionary(date => date.Key, date => ForecastTuning.Typical(date.Select(x => x.Probability)));
        var byAccount = scores.Rows.Select((row, i) => (Account: data.Table.AccountNo[row], AsOf: data.Table.AsOf[row], Probability: scores.Model[i])).ToLookup(x => x.Account);
        var due = new Dictionary<(DateOnly From, DateOnly Month), List<PastRenewal>>();
        var lives = new List<PastLife>();
        await using var context = database.OpenContext();
        await AccountTerms.ReadAsync(context, settings, (account, terms, rates) =>
        {
            if (!byAccount.Contains(account))
            {
                return;
            }

            var churns = MrrTimeline.Of(terms).ChurnEvents(definition.GraceDays);
            foreach (var (_, asOf, probability) in byAccount[account])
            {
                var left = churns.Where(day => day > asOf && day <= decided).Select(day => (DateOnly?)day).FirstOrDefault();
                lives.Add(new PastLife(account, asOf, TouchValue.MonthlyHazard(probability, definition.HorizonDays), left));
                foreach (var term in RenewalTerms.Of(terms, asOf, currency => rates.KnownOn(currency, asOf)).Where(term => term.Month <= decided))
                {
                    if (!due.TryGetValue((asOf, term.Month), out var list))
                    {
                        due[(asOf, term.Month)] = list = [];
                    }

                    list.Add(new PastRenewal(term.Mrr, ForecastTuning.StatedHazard(probability, definition.HorizonDays, term.EndsOn.DayNumber - asOf.DayNumber), ForecastTuning.Distance(probability, typical[asOf]), !(left <= term.EndsOn)));
                }
            }
        }, cancellation);
        return (
            [.. due.OrderBy(pair => pair.Key.From).ThenBy(pair => pair.Key.Month).Select(pair => new PastMonth(pair.Key.From, pair.Key.Month, pair.Key.Month.AddDays(definition.GraceDays), pair.Value))],
            [.. lives.OrderBy(life => life.From).ThenBy(life => life.AccountNo)]);
    }
}
