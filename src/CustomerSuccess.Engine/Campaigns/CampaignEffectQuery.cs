using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>What is known of a campaign's effect.</summary>
/// <param name="Goal">By what the arms are compared.</param>
/// <param name="Metric">The metric whose use counts; null for any.</param>
/// <param name="Days">Days after the draw in which it counts.</param>
/// <param name="Effect">The comparison.</param>
public sealed record CampaignEffect(CampaignGoal Goal, string? Metric, int Days, PlayEffect Effect);

/// <summary>Measures what a campaign with a holdout has brought about. As with plays the figures are the whole company's for every reader.</summary>
public sealed class CampaignEffectQuery(Database database, SettingsStore settingsStore, AsOfDates asOfDates, TimeProvider clock)
{
    /// <summary>Days after the draw in which use and answers count.</summary>
    public const int WatchedDays = 28;

    /// <summary>The relative effect that is looked for, by which the planned end is reckoned: a tenth.</summary>
    private const double LookedFor = 0.1;

    /// <summary>How often somebody uses or answers anyway, until the campaign's own rate is known.</summary>
    private const double UsualRate = 0.3;

    /// <summary>The effect of a campaign; null where nobody was drawn.</summary>
    public async Task<CampaignEffect?> FindAsync(string campaignId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var key = Campaign.DrawKeyOf(campaignId);
        if (await context.Campaigns.AsNoTracking().FirstOrDefaultAsync(known => known.CampaignId == campaignId, cancellation) is not { } campaign || !await context.Assignments.AnyAsync(own => own.Play == key && own.VoidedBy == null, cancellation))
        {
            return null;
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        var (plan, reaches, today) = (campaign.Plan, await asOfDates.ReachesAsync(cancellation), settings.Today(clock));
        if (plan.Goal is CampaignGoal.Keep or CampaignGoal.Sell)
        {
            var play = PlayOf(key, plan);
            var drawn = await DrawnAccounts.ReadAsync(context, [play], settings, reaches.Contracts, today, cancellation);
            var rule = LabelRule.Of(settings);
            return new(plan.Goal, null, rule.LeadDays + rule.HorizonDays, PlayEffect.Of(drawn.Of(key).Select(own => own.Draw), drawn.PriorOf(play, settings), rule, today));
        }

        var known = plan.Goal == CampaignGoal.Use ? reaches.Usage : today.AddDays(-1);
        var draws = await DrawsAsync(context, key, plan, known, settings, cancellation);
        return new(plan.Goal, plan.Metric, WatchedDays, PlayEffect.Of(draws, new(LookedFor, settings.PlayPriorWeight, IsUpsell: true, plan.HoldoutShare, UsualRate), new LabelRule(0, WatchedDays, 0), today));
    }

    private static async Task<IReadOnlyList<Drawn>> DrawsAsync(CustomerSuccessContext context, string key, CampaignPlan plan, DateOnly? known, CompanySettings settings, CancellationToken cancellation)
    {
        var draws = await context.Assignments.AsNoTracking().Where(own => own.Play == key && own.VoidedBy == null).Select(own => new { own.AccountNo, own.AssignedOn, own.Arm }).ToListAsync(cancellation);
        var found = new List<Drawn>(draws.Count);
        foreach (var day in draws.GroupBy(own => own.AssignedOn))
        {
            var end = day.Key.AddDays(WatchedDays);
            var isKnown = known >= end;
            var did = isKnown ? await DidAsync(context, key, plan, day.Key, end, settings, cancellation) : [];
            found.AddRange(day.Select(own => new Drawn(own.AssignedOn, own.Arm == DrawnAccounts.OfferedArm, !isKnown ? OutcomeState.Pending : did.Contains(own.AccountNo) ? OutcomeState.Happened : OutcomeState.NotHappened)));
        }

        return found;
    }

    /// <summary>Drawn accounts that did what the campaign is for, from the day after the draw up to its last day.</summary>
    private static async Task<HashSet<int>> DidAsync(CustomerSuccessContext context, string key, CampaignPlan plan, DateOnly drawnOn, DateOnly end, CompanySettings settings, CancellationToken cancellation)
    {
        var accounts = context.Assignments.Where(own => own.Play == key && own.VoidedBy == null && own.AssignedOn == drawnOn).Select(own => own.AccountNo);
        if (plan.Goal == CampaignGoal.Use)
        {
            var metric = plan.Metric;
            return [.. await context.Usage.AsNoTracking()
                .Where(use => accounts.Contains(use.AccountNo) && use.Day > drawnOn && use.Day <= end && use.Count > 0 && (metric == null || context.Metrics.Any(known => known.MetricId == use.MetricId && known.Name == metric)))
                .Select(use => use.AccountNo).Distinct().ToListAsync(cancellation)];
        }

        var calendar = new CompanyCalendar(settings.TimeZone);
        var (from, to) = (calendar.Start(drawnOn.AddDays(1)), calendar.Start(end.AddDays(1)));
        return
        [
            .. await context.Inquiries.AsNoTracking().Where(inquiry => accounts.Contains(inquiry.AccountNo) && inquiry.VoidedBy == null && inquiry.OpenedAt >= from && inquiry.OpenedAt < to).Select(inquiry => inquiry.AccountNo).Distinct().ToListAsync(cancellation),
            .. await context.SurveyResponses.AsNoTracking().Where(answer => accounts.Contains(answer.AccountNo) && answer.VoidedBy == null && answer.RespondedAt >= from && answer.RespondedAt < to).Select(answer => answer.AccountNo).Distinct().ToListAsync(cancellation),
            .. await context.ReceivedMails.AsNoTracking().Where(mail => accounts.Contains(mail.AccountNo) && mail.ReceivedAt >= from && mail.ReceivedAt < to && mail.Kind == Core.Mail.ReceivedKind.Reply).Select(mail => mail.AccountNo).Distinct().ToListAsync(cancellation),
        ];
    }

    /// <summary>The campaign as the arms of a play know it.</summary>
    private static Play PlayOf(string key, CampaignPlan plan) => new()
    {
        Key = key,
        IsUpsell = plan.Goal == CampaignGoal.Sell,
        Channels = [Channels.Email],
        Minutes = 1,
        PriorEffect = LookedFor,
        HoldoutShare = plan.HoldoutShare,
        CoolDownDays = 0,
        By = PlayRules.Doers[0],
        Triggers = [],
    };
}
