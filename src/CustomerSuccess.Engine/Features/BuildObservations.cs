using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Features;

/// <summary>
/// Accounts at as-of dates with what became of them: paying accounts by their contracts,
/// accounts without terms by the outcomes that were imported for them.
/// </summary>
public sealed class BuildObservations(Database database, SettingsStore settings)
{
    /// <summary>
    /// What there is to learn from: paying accounts at every month end up to a day, and the outcomes dated up to it.
    /// Where something is not known by that day, the label is null. By account, then by day.
    /// </summary>
    /// <param name="asOf">Nothing dated after this day is used, labels included; null for all there is.</param>
    /// <param name="rule">Lead, horizon and grace; null for the settings.</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <exception cref="InvalidOperationException">A rate to the reporting currency is missing.</exception>
    public async Task<IReadOnlyList<Observation>> AtMonthEndsAsync(DateOnly? asOf = null, LabelRule? rule = null, CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        var reaches = await AsOfDates.ReachesAsync(snapshot, cancellation);
        var last = Earlier(asOf, reaches.Latest);
        return last is null ? [] : await RunAsync(snapshot, account => MonthEnds.Between(account, last.Value), Earlier(asOf, reaches.Contracts), last.Value, null, rule, cancellation);
    }

    /// <summary>Who is scored, or listed as leaving, at a day: accounts that pay then, and accounts without terms that are not known to have left. Labels are given where known.</summary>
    /// <inheritdoc cref="AtMonthEndsAsync"/>
    public async Task<IReadOnlyList<Observation>> AtAsync(DateOnly asOf, LabelRule? rule = null, CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        var reaches = await AsOfDates.ReachesAsync(snapshot, cancellation);
        return await RunAsync(snapshot, _ => [asOf], reaches.Contracts, asOf, asOf, rule, cancellation);
    }

    private async Task<IReadOnlyList<Observation>> RunAsync(
        Snapshot snapshot, Func<DateOnly, IEnumerable<DateOnly>> daysFrom, DateOnly? completeUntil, DateOnly last, DateOnly? at, LabelRule? rule, CancellationToken cancellation)
    {
        var company = await settings.ReadAsync(cancellation);
        rule ??= LabelRule.Of(company);
        var rates = new CurrencyRates(company.Currency, await snapshot.Context.ExchangeRates.ToListAsync(cancellation));
        List<Observation> observations = [];
        HashSet<int> withTerms = [];
        List<Subscription> terms = [];
        await foreach (var term in snapshot.Context.Subscriptions.Where(term => term.VoidedBy == null).OrderBy(term => term.AccountNo).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (terms.Count > 0 && terms[0].AccountNo != term.AccountNo)
            {
                AddPaying(terms);
                terms = [];
            }

            withTerms.Add(term.AccountNo);
            terms.Add(term);
        }

        if (terms.Count > 0)
        {
            AddPaying(terms);
        }

        if (at is null)
        {
            observations.AddRange(await OutcomesAsync(snapshot, withTerms, last, cancellation));
        }
        else
        {
            observations.AddRange(await WithoutTermsAsync(snapshot, withTerms, at.Value, cancellation));
        }

        observations.Sort(static (a, b) => a.AccountNo != b.AccountNo ? a.AccountNo.CompareTo(b.AccountNo) : a.AsOf.CompareTo(b.AsOf));
        return observations;

        void AddPaying(List<Subscription> own)
        {
            var mrr = MrrTimeline.Of(own);
            if (mrr.FirstPayingDay is not { } first)
            {
                return;
            }

            var churns = mrr.ChurnEvents(rule.GraceDays);
            foreach (var t in daysFrom(first))
            {
                if (rule.At(own[0].AccountNo, own, mrr, churns, t, completeUntil, currency => rates.KnownOn(currency, t)) is { } observation)
                {
                    observations.Add(observation);
                }
            }
        }
    }

    /// <summary>One row for each outcome of an account without terms; where several sources tell of one day, the later import holds.</summary>
    private static async Task<IEnumerable<Observation>> OutcomesAsync(Snapshot snapshot, HashSet<int> withTerms, DateOnly last, CancellationToken cancellation)
    {
        var outcomes = await OfAccountsWithoutTermsAsync(snapshot, withTerms, last, cancellation);
        return outcomes.Select(outcome => new Observation(outcome.AccountNo, outcome.AsOf, null, outcome.Churned, outcome.Expanded, outcome.Churned == true ? outcome.AsOf : null, false));
    }

    /// <summary>Accounts without terms that may still be customers at a day: those with outcomes, none of which says that they left; all listed ones where the company has no terms at all.</summary>
    private static async Task<IEnumerable<Observation>> WithoutTermsAsync(Snapshot snapshot, HashSet<int> withTerms, DateOnly t, CancellationToken cancellation)
    {
        var outcomes = await OfAccountsWithoutTermsAsync(snapshot, withTerms, t, cancellation);
        var left = outcomes.GroupBy(outcome => outcome.AccountNo).ToDictionary(rows => rows.Key, rows => rows.Any(outcome => outcome.Churned == true));
        IEnumerable<int> candidates = left.Keys;
        if (withTerms.Count == 0)
        {
            candidates = await snapshot.Context.Accounts.Where(account => !account.Unlisted).Select(account => account.AccountNo).ToListAsync(cancellation);
        }

        return candidates.Where(account => !left.GetValueOrDefault(account)).Select(account => new Observation(account, t, null, null, null, null, false));
    }

    private static async Task<List<Outcome>> OfAccountsWithoutTermsAsync(Snapshot snapshot, HashSet<int> withTerms, DateOnly last, CancellationToken cancellation)
    {
        var outcomes = await snapshot.Context.Outcomes.Where(outcome => outcome.VoidedBy == null && outcome.AsOf <= last)
            .OrderBy(outcome => outcome.AccountNo).ThenBy(outcome => outcome.AsOf).ThenBy(outcome => outcome.ImportFileId).ThenBy(outcome => outcome.SourceId)
            .ToListAsync(cancellation);
        return [.. outcomes.Where(outcome => !withTerms.Contains(outcome.AccountNo)).GroupBy(outcome => (outcome.AccountNo, outcome.AsOf)).Select(same => same.Last())];
    }

    private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b : a;
}
