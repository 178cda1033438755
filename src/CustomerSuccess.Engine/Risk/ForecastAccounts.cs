using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>An account that moved the amount expected of a month.</summary>
/// <param name="Step">Why, and by how much.</param>
public sealed record ForecastMoved(string AccountId, string Namespace, string Name, string? OwnerEmail, ForecastAccountStep Step);

/// <summary>Accounts that moved the amount expected of a month.</summary>
/// <param name="Earlier">The run that is compared with.</param>
/// <param name="Currency">Of its money.</param>
/// <param name="Rows">The greatest amount first.</param>
public sealed record ForecastMovedAccounts(RunSummary Earlier, string Currency, IReadOnlyList<ForecastMoved> Rows);

/// <summary>An account whose term was to end in a past month, and what became of it.</summary>
/// <param name="EndsOn">The agreed end.</param>
/// <param name="Mrr">That was due, reporting currency.</param>
/// <param name="LeftOn">The day of the churn event; null where the account went on.</param>
public sealed record PastRenewalRow(int AccountNo, string AccountId, string Namespace, string Name, string? OwnerEmail, DateOnly EndsOn, decimal Mrr, DateOnly? LeftOn)
{
    /// <summary>True where the account was still a customer after the agreed end.</summary>
    public bool Renewed => !(LeftOn <= EndsOn);
}

/// <summary>Renewals of a past month.</summary>
/// <param name="Currency">Of their money.</param>
/// <param name="Rows">Those that were lost first, the greatest amount first.</param>
public sealed record PastRenewalRows(string Currency, IReadOnlyList<PastRenewalRow> Rows)
{
    public decimal DueMrr => Rows.Sum(row => row.Mrr);

    public decimal RenewedMrr => Rows.Where(row => row.Renewed).Sum(row => row.Mrr);
}

/// <summary>The accounts behind what the forecast's page tells of changes and of past forecasts.</summary>
public sealed class ForecastAccounts(Database database, ForecastQuery forecast, SettingsStore settingsStore, AsOfDates reaches)
{
    /// <summary>Accounts that a query names at most.</summary>
    private const int MostNamed = 500;

    /// <summary>Accounts that moved what is expected of a month since the forecast that the page compares with; null where there is none.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="month">The month's last day.</param>
    /// <param name="move">Why; null for every reason.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<ForecastMovedAccounts?> MovedAsync(Viewer viewer, DateOnly month, ForecastMove? move, CancellationToken cancellation = default)
    {
        if (await forecast.ComparedAsync(cancellation) is not { } runs)
        {
            return null;
        }

        await using var context = database.OpenContext();
        var dues = (await context.RenewalsDue.AsNoTracking().Where(due => (due.ScoreRunId == runs.Now.ScoreRunId || due.ScoreRunId == runs.Earlier.ScoreRunId) && due.Month == month).ToListAsync(cancellation)).ToLookup(due => due.ScoreRunId);
        var steps = ForecastChange.StepsOf(dues[runs.Earlier.ScoreRunId], dues[runs.Now.ScoreRunId]).Where(step => move is null || step.Move == move).ToList();
        var known = await KnownAsync(context, viewer, [.. steps.Select(step => step.AccountNo).Distinct()], cancellation);
        return new(
            runs.Earlier, runs.Now.Currency,
            [
                .. steps.Where(step => known.ContainsKey(step.AccountNo)).OrderByDescending(step => Math.Abs(step.Mrr)).ThenBy(step => step.AccountNo).ThenBy(step => step.Move)
                    .Select(step => (step, Own: known[step.AccountNo])).Select(row => new ForecastMoved(row.Own.AccountId, row.Own.Namespace, row.Own.Name, row.Own.OwnerEmail, row.step)),
            ]);
    }

    /// <summary>The renewals of a past month as they were due on an earlier day, and what became of them: those that the check of past forecasts counts.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="from">The day looked from.</param>
    /// <param name="month">The month's last day.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<PastRenewalRows> PastAsync(Viewer viewer, DateOnly from, DateOnly month, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var (rule, until) = (LabelRule.Of(settings), (await reaches.ReachesAsync(cancellation)).Contracts);
        var first = new DateOnly(month.Year, month.Month, 1);
        await using var context = database.OpenContext();
        var due = await context.Subscriptions.AsNoTracking()
            .Where(term => term.VoidedBy == null && term.TermEndsOn >= first && term.TermEndsOn <= month && term.StartedOn <= from && (term.EndedOn == null || term.EndedOn > from))
            .Select(term => term.AccountNo).Distinct().ToListAsync(cancellation);
        var known = await KnownAsync(context, viewer, due, cancellation);
        var decided = until?.AddDays(-settings.GraceDays);
        var rows = new List<PastRenewalRow>();
        foreach (var some in known.Keys.Order().Chunk(MostNamed))
        {
            await AccountTerms.ReadAsync(context, settings, (account, terms, rates) =>
            {
                var mrr = MrrTimeline.Of(terms);
                var churns = mrr.ChurnEvents(settings.GraceDays);
                decimal Rate(string currency) => rates.KnownOn(currency, from);
                if (rule.At(account, terms, mrr, churns, from, until, Rate)?.Churned is null)
                {
                    return;
                }

                var left = churns.Where(day => day > from && day <= decided).Select(day => (DateOnly?)day).FirstOrDefault();
                var own = known[account];
                rows.AddRange(RenewalTerms.Of(terms, from, Rate).Where(term => term.Month == month).Select(term => new PastRenewalRow(account, own.AccountId, own.Namespace, own.Name, own.OwnerEmail, term.EndsOn, term.Mrr, left)));
            }, cancellation, some);
        }

        return new(settings.Currency, [.. rows.OrderBy(row => row.Renewed).ThenByDescending(row => row.Mrr).ThenBy(row => row.AccountNo)]);
    }

    private static async Task<Dictionary<int, Account>> KnownAsync(CustomerSuccessContext context, Viewer viewer, List<int> accounts, CancellationToken cancellation)
    {
        var known = new Dictionary<int, Account>(accounts.Count);
        foreach (var some in accounts.Chunk(MostNamed))
        {
            foreach (var account in await context.Accounts.AsNoTracking().VisibleTo(viewer).Where(account => some.Contains(account.AccountNo)).ToListAsync(cancellation))
            {
                known.Add(account.AccountNo, account);
            }
        }

        return known;
    }
}
