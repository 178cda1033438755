using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>Everything on one account. An account that is unknown, or that the viewer may not see, reads as null.</summary>
public sealed class AccountQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Rows that a list of the page holds at first.</summary>
    public const int FirstRows = 20;

    private const int MostActions = 100;

    private readonly WeekPlans _plans = new();

    /// <summary>An account at first sight.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountId">The id as the sources write it.</param>
    /// <param name="ns">The namespace of the id; empty for the shared one.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<AccountHead?> FindAsync(Viewer viewer, string accountId, string ns = "", CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var account = await context.Accounts.AsNoTracking().VisibleTo(viewer)
            .FirstOrDefaultAsync(a => a.Namespace == ns && a.AccountId == accountId, cancellation);
        if (account is null)
        {
            return null;
        }

        var no = account.AccountNo;
        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var score = run is null
            ? null
            : await context.AccountScores.AsNoTracking().FirstOrDefaultAsync(s => s.ScoreRunId == run.ScoreRunId && s.AccountNo == no, cancellation);
        var drivers = score is null ? null : await context.AccountDrivers.AsNoTracking().FirstOrDefaultAsync(d => d.ScoreRunId == score.ScoreRunId && d.AccountNo == no, cancellation);
        var suggestions = run is null ? null : await SuggestedTouches.OfAsync(context, run, [no], settings.Today(clock), cancellation);
        var actions = await context.SuggestionActions.AsNoTracking().Where(a => a.AccountNo == no).OrderByDescending(a => a.At).ThenByDescending(a => a.ActionId).Take(MostActions).ToListAsync(cancellation);
        var fitsToday = score is not null && await FitsTodayAsync(context, run!, score, settings, cancellation);
        return new(
            new(no, account.AccountId, account.Namespace, account.Name, account.NameKana, account.Segment, account.OwnerEmail, account.Industry, account.Region, account.Country, account.Employees, account.CreatedOn, account.Phone, account.Address, account.Unlisted),
            run is null ? null : ScoreRunQuery.Summary(run),
            score is null ? null : Standing(score, drivers, run!.AsOf, HealthBands.Of(score.Health, settings), fitsToday, [.. suggestions![no]]),
            [.. actions.Select(SuggestedTouches.Of)])
        {
            WinBack = score is null && suggestions is not null ? [.. suggestions[no]] : [],
            RiskChange = run is null ? null : await RiskChanges.OfAsync(context, run, drivers, cancellation),
        };
    }

    /// <summary>Health by month end and score run, oldest first; points computed afterwards are marked.</summary>
    public Task<List<HealthPoint>?> HealthHistoryAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default) =>
        IfVisibleAsync(viewer, accountNo, context => context.HealthPoints.AsNoTracking().Where(point => point.AccountNo == accountNo).OrderBy(point => point.AsOf).ToListAsync(cancellation), cancellation);

    public Task<Capped<InquiryRow>?> InquiriesAsync(Viewer viewer, int accountNo, int offset, int limit, CancellationToken cancellation = default) =>
        IfVisibleAsync(viewer, accountNo, context => AccountFacts.InquiriesAsync(context, accountNo, offset, limit, cancellation), cancellation);

    public Task<Capped<AnswerRow>?> AnswersAsync(Viewer viewer, int accountNo, int offset, int limit, CancellationToken cancellation = default) =>
        IfVisibleAsync(viewer, accountNo, context => AccountFacts.AnswersAsync(context, accountNo, offset, limit, cancellation), cancellation);

    public Task<Capped<TouchRow>?> TouchesAsync(Viewer viewer, int accountNo, int offset, int limit, CancellationToken cancellation = default) =>
        IfVisibleAsync(viewer, accountNo, context => AccountFacts.TouchesAsync(context, accountNo, offset, limit, cancellation), cancellation);

    public Task<Capped<PurchaseRow>?> PurchasesAsync(Viewer viewer, int accountNo, int offset, int limit, CancellationToken cancellation = default) =>
        IfVisibleAsync(viewer, accountNo, context => AccountFacts.PurchasesAsync(context, accountNo, offset, limit, cancellation), cancellation);

    public Task<Capped<InvoiceRow>?> InvoicesAsync(Viewer viewer, int accountNo, int offset, int limit, CancellationToken cancellation = default) =>
        IfVisibleAsync(viewer, accountNo, context => AccountFacts.InvoicesAsync(context, accountNo, offset, limit, cancellation), cancellation);

    public Task<Capped<DealRow>?> DealsAsync(Viewer viewer, int accountNo, int offset, int limit, CancellationToken cancellation = default) =>
        IfVisibleAsync(viewer, accountNo, context => AccountFacts.DealsAsync(context, accountNo, offset, limit, cancellation), cancellation);

    /// <summary>Usage by week of seven days, up to and with a day.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="until">Last day of the last week.</param>
    /// <param name="weeks">1–260.</param>
    /// <param name="metrics">How many metrics to tell apart; the others are summed.</param>
    /// <param name="cancellation">Ends the query.</param>
    public Task<WeeklyUsage?> UsageAsync(Viewer viewer, int accountNo, DateOnly until, int weeks, int metrics = 6, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weeks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weeks, 260);
        return IfVisibleAsync(viewer, accountNo, context => AccountUsage.ByWeekAsync(context, accountNo, until, weeks, metrics, cancellation), cancellation);
    }

    private async Task<T?> IfVisibleAsync<T>(Viewer viewer, int accountNo, Func<CustomerSuccessContext, Task<T>> read, CancellationToken cancellation)
        where T : class
    {
        await using var context = database.OpenContext();
        return await context.MaySeeAsync(viewer, accountNo, cancellation) ? await read(context) : null;
    }

    private async Task<bool> FitsTodayAsync(CustomerSuccessContext context, ScoreRun run, AccountScore score, CompanySettings settings, CancellationToken cancellation)
    {
        var today = settings.Today(clock);
        var plan = (await _plans.ReadAsync(context, run, [score.OwnerEmail], settings, today, cancellation)).Values.Single();
        return plan.Planned.TryGetValue(score.AccountNo, out var day) && day == today;
    }

    private static AccountStanding Standing(AccountScore s, AccountDrivers? drivers, DateOnly asOf, HealthBand? band, bool fitsToday, IReadOnlyList<SuggestedTouch> suggestions) => new(
        s.State, s.Segment, s.Plan, s.Mrr, s.RenewsOn, s.QueueRank, s.ChurnProbability, s.UpsellProbability, s.RuleScore, s.ExpectedLoss, band,
        new HealthPoint { AccountNo = s.AccountNo, AsOf = asOf, Total = s.Health, Adoption = s.Adoption, Engagement = s.Engagement, Support = s.Support, Sentiment = s.Sentiment, Commercial = s.Commercial, Relationship = s.Relationship },
        s.ValuePerMinute, fitsToday,
        JsonSerializer.Deserialize<List<Driver>>(drivers?.ChurnJson ?? "[]") ?? [],
        JsonSerializer.Deserialize<List<Driver>>(drivers?.UpsellJson ?? "[]") ?? [],
        suggestions)
    {
        Lifetime = ForecastQuery.Lifetime(s.LifetimeValue, s.LifetimeLower, s.LifetimeUpper),
        RenewalProbability = s.RenewalProbability,
        Reliefs = JsonSerializer.Deserialize<List<Relief>>(drivers?.ReliefJson ?? "[]") ?? [],
    };
}
