using System.Globalization;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Effects;

/// <summary>
/// Draws, for the accounts whose turn has come, whether the touch that is first for them is offered or held out. An account's turn has come where its touch fits into the
/// coming week of its CSM: what nobody has the time to do would make both arms alike. Who is held out of a play is given the next touch in its place, which is drawn in turn.
/// </summary>
internal sealed class DrawAssignments(CompanySettings settings, DateOnly today, StandingDraws standing, IReadOnlyDictionary<string, PlayEntry> plays, IReadOnlyDictionary<string, LearnedEffects> learned)
{
    private readonly List<Assignment> _drawn = [];

    /// <summary>New draws of a run; suggestions and scores follow them.</summary>
    /// <param name="context">The store.</param>
    /// <param name="scores">The run's accounts, ranked.</param>
    /// <param name="suggestAgain">Chooses the touches of an account anew, once a play is held out of it, and sets what follows from them.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="among">Accounts that may be drawn, the others only take their place in the week; null for all.</param>
    public async Task<IReadOnlyList<Assignment>> RunAsync(CustomerSuccessContext context, IReadOnlyList<AccountScore> scores, Action<AccountScore> suggestAgain, CancellationToken cancellation, IReadOnlySet<int>? among = null)
    {
        var calendars = await CapacityBook.ReadAsync(context, settings, today, cancellation);
        var toKeep = InTime(calendars, scores.Where(score => score is { QueueRank: not null, TopPlay: not null }).OrderBy(score => score.QueueRank), score => score.TopMinutes);
        var toSell = InTime(calendars, scores.Where(score => score is { OpportunityRank: not null, UpsellPlay: not null }).OrderBy(score => score.OpportunityRank), score => score.UpsellMinutes);
        var ids = await IdsAsync(context, [.. toKeep.Union(toSell).Where(account => among?.Contains(account) != false)], cancellation);
        foreach (var score in scores.Where(score => ids.ContainsKey(score.AccountNo)))
        {
            while ((toKeep.Contains(score.AccountNo) && IsHeldOut(score.TopPlay)) || (toSell.Contains(score.AccountNo) && IsHeldOut(score.UpsellPlay)))
            {
                suggestAgain(score);
            }

            bool IsHeldOut(string? play) => play is not null && !standing.IsDrawn(score.AccountNo, play) && !Draw(score.AccountNo, ids[score.AccountNo], play);
        }

        return _drawn;
    }

    /// <summary>True where the play is offered.</summary>
    private bool Draw(int account, (string Namespace, string AccountId) id, string play)
    {
        var entry = plays[play];
        var share = Holdout.ShareOf(entry.Play, learned.TryGetValue(play, out var effect) ? effect.Whole.Verdict : EffectVerdict.TooLittle, settings);
        if (share <= 0)
        {
            return true;
        }

        var isOffered = Holdout.Draw(settings.HoldoutSeed, id.Namespace, id.AccountId, play, today.Year) >= share;
        standing.Add(account, play, isOffered);
        _drawn.Add(new Assignment
        {
            AccountNo = account,
            SourceId = AppSource.SourceId,
            FactId = string.Create(CultureInfo.InvariantCulture, $"{play}/{today.Year}"),
            ImportFileId = AppSource.NoImportFile,
            Play = play,
            AssignedOn = today,
            Arm = isOffered ? DrawnAccounts.OfferedArm : DrawnAccounts.HeldOutArm,
            PlayVersion = entry.Version.ToString(CultureInfo.InvariantCulture),
        });
        return isOffered;
    }

    /// <summary>Accounts whose touch fits into the coming week of whoever looks after them.</summary>
    private HashSet<int> InTime(CapacityBook calendars, IEnumerable<AccountScore> queue, Func<AccountScore, double> minutes)
    {
        var shortest = plays.Values.Where(entry => entry.Play.IsOn).Select(entry => entry.Play.Minutes).DefaultIfEmpty(1).Min();
        return
        [
            .. queue.GroupBy(score => score.OwnerEmail?.ToLowerInvariant()).SelectMany(own =>
            {
                var calendar = calendars.Of(own.Key);
                List<WorkDay> week = [.. Enumerable.Range(0, WeekPlans.Days).Select(today.AddDays).Select(day => new WorkDay(day, calendar.MinutesOn(day), 0, 0))];
                return WorkPlan.Of(own.Select(score => new WorkItem(score.AccountNo, minutes(score), false)), week, shortest).Planned.Keys;
            }),
        ];
    }

    private static async Task<Dictionary<int, (string Namespace, string AccountId)>> IdsAsync(CustomerSuccessContext context, IReadOnlyList<int> accounts, CancellationToken cancellation)
    {
        var ids = new Dictionary<int, (string, string)>();
        foreach (var some in accounts.Chunk(500))
        {
            foreach (var account in await context.Accounts.AsNoTracking().Where(account => some.Contains(account.AccountNo)).Select(account => new { account.AccountNo, account.Namespace, account.AccountId }).ToListAsync(cancellation))
            {
                ids[account.AccountNo] = (account.Namespace, account.AccountId);
            }
        }

        return ids;
    }
}
