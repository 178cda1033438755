using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>
/// Chooses the touches of some accounts anew after facts have come in, as a score run would, and puts what is new into the newest run's queue. Probabilities and health stay as the run
/// found them. What stands suggested stays while its reason holds, and so does what people made of it.
/// </summary>
internal sealed class EventSuggestions(Database database, Acts acts, SettingsStore settingsStore, AsOfDates reaches, BuildFeatures features, TimeProvider clock)
{
    /// <summary>Accounts of a CSM that can have a place in the coming week.</summary>
    private const int MostInWeek = 1_000;

    private OfRun? _ofRun;

    /// <summary>Looks at accounts that the run scored.</summary>
    /// <param name="run">The newest finished run.</param>
    /// <param name="accounts">Accounts of which facts came in.</param>
    /// <param name="change">The last of these changes; it is marked with the work.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    /// <returns>Null where another run was finished meanwhile.</returns>
    public async Task<FollowedFacts?> RunAsync(ScoreRun run, IReadOnlyList<int> accounts, long change, CancellationToken cancellation)
    {
        var work = await ReadAsync(run, accounts, cancellation);
        var result = await acts.RunAsync(Viewer.System, async act =>
        {
            await act.LockAccountsAsync(accounts);
            await QueueUpkeep.LockAsync(act.Context, cancellation);
            if ((await ScoreRunQuery.NewestAsync(act.Context, cancellation))?.ScoreRunId != run.ScoreRunId)
            {
                return ActResult.NotFound<FollowedFacts>();
            }

            await FollowFacts.MarkAsync(act.Context, change, cancellation);
            return ActResult.Done(work is null ? new(0, 0, 0) : await FollowAsync(act, work, change));
        }, cancellation);
        return result.Value;
    }

    /// <summary>Reads what takes long before anything is locked.</summary>
    private async Task<Work?> ReadAsync(ScoreRun run, IReadOnlyList<int> accounts, CancellationToken cancellation)
    {
        var (company, ofRun) = (await settingsStore.ReadAsync(cancellation), ScoreRunQuery.SettingsOf(run));
        var settings = company with { LeadDays = ofRun.LeadDays, HorizonDays = ofRun.HorizonDays, GraceDays = ofRun.GraceDays };
        var known = await reaches.ReachesAsync(cancellation);
        var asOf = known.ScoreAsOf is { } reach && reach > run.AsOf ? reach : run.AsOf;
        var today = company.Today(clock) is var day && day > asOf ? day : asOf;
        await using var context = database.OpenContext();
        var scored = await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.State == ScoreState.Scored && accounts.Contains(score.AccountNo)).Select(score => score.AccountNo).Order().ToListAsync(cancellation);

        // a run as of an earlier day says nothing of how things stand
        if (scored.Count == 0 || (run.UsageUntil is { } until && until != run.AsOf))
        {
            return null;
        }

        if (_ofRun?.RunId != run.ScoreRunId)
        {
            var effects = await RunEffects.ReadAsync(database, run, known, company, cancellation);
            var probabilities = await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.ChurnProbability != null).Select(score => new { score.Segment, score.ChurnProbability }).ToListAsync(cancellation);
            _ofRun = new(run.ScoreRunId, effects.Learned, new([.. probabilities.Select(own => (own.Segment, own.ChurnProbability!.Value))], settings.HorizonDays));
        }

        var plays = await PlayQuery.ReadAsync(context, cancellation);
        List<Play> inUse = [.. plays.Select(entry => entry.Play).Where(play => play.IsOn).Select(play => play with { Learned = _ofRun.Learned.GetValueOrDefault(play.Key) })];
        var following = await context.Enrolments.AsNoTracking().Where(own => own.State == EnrolmentState.Running && scored.Contains(own.AccountNo)).Select(own => new { own.Play, own.PlayVersion }).Distinct().ToListAsync(cancellation);
        var sequences = (await SequencePlans.ReadAsync(context, following.Select(own => (own.Play, own.PlayVersion)), cancellation)).Where(own => own.Value.Sequence is { } sequence && SequenceConditions.AsksOfRuns(sequence)).ToDictionary(own => own.Key, own => own.Value);
        List<Condition> further = [.. PlayQuery.ConditionsOf(sequences.Values), .. sequences.Values.Select(play => play.Sequence!.Goal).OfType<Condition>()];
        var fields = RunSuggestions.FieldsOf(inUse, further, await SegmentMembers.ConditionsAsync(context, cancellation));
        var catalogue = await features.CatalogueAsync(asOf, fields.Where(field => FeatureCatalogue.Describe(field) is not null && !field.StartsWith(FeatureNames.Attribute, StringComparison.Ordinal)), cancellation);
        var table = await features.RunAsync(scored, [asOf], catalogue, cancellation);
        var late = await LateSigns.ReadAsync(context, new(features, catalogue, today), table, fields, settings, scored, cancellation);
        return new(run, company, settings, asOf, today, plays, inUse, sequences, further, new FeatureReader(table), late);
    }

    private async Task<FollowedFacts> FollowAsync(ActScope act, Work work, long change)
    {
        var (context, run, accounts) = (act.Context, work.Run, work.Features.Table.AccountNo);
        var draws = await StandingDraws.ReadAsync(context, work.Company, work.Today, act.Cancellation, accounts);
        var choose = await RunSuggestions.ReadAsync(context, work.AsOf, work.Today, act.Now, work.Features, work.InUse, draws, work.Settings, work.Late, accounts, work.Further, act.Cancellation);
        var rows = await context.AccountScores.Where(score => score.ScoreRunId == run.ScoreRunId && score.State == ScoreState.Scored && accounts.Contains(score.AccountNo)).ToDictionaryAsync(score => score.AccountNo, act.Cancellation);
        var present = (await context.Suggestions.AsNoTracking().Where(own => own.ScoreRunId == run.ScoreRunId && accounts.Contains(own.AccountNo)).OrderBy(own => own.Rank).ToListAsync(act.Cancellation)).ToLookup(own => own.AccountNo);
        var actions = (await SuggestedTouches.Standing(context.SuggestionActions.AsNoTracking(), run).Where(own => accounts.Contains(own.AccountNo)).ToListAsync(act.Cancellation)).Where(action => SuggestedTouches.Holds(action, work.Today)).ToLookup(own => own.AccountNo);
        var drivers = await context.AccountDrivers.AsNoTracking().Where(own => own.ScoreRunId == run.ScoreRunId && accounts.Contains(own.AccountNo)).Select(own => new { own.AccountNo, own.ChurnJson }).ToDictionaryAsync(own => own.AccountNo, own => own.ChurnJson, act.Cancellation);
        var withTerms = (await context.Subscriptions.AsNoTracking().Where(term => term.VoidedBy == null && accounts.Contains(term.AccountNo)).Select(term => term.AccountNo).Distinct().ToListAsync(act.Cancellation)).ToHashSet();
        var looked = new List<Looked>();
        for (var row = 0; row < accounts.Length; row++)
        {
            if (rows.TryGetValue(accounts[row], out var score))
            {
                var why = JsonSerializer.Deserialize<List<Driver>>(drivers.GetValueOrDefault(score.AccountNo) ?? "[]") ?? [];
                var found = new Explained(score.ChurnProbability, score.UpsellProbability, _ofRun!.Life.MonthsOf(score.Segment), why, [], [], []);
                var one = new Looked(score, row, found, score.Mrr != 0 || withTerms.Contains(score.AccountNo) ? score.Mrr : null, [.. present[score.AccountNo]], [.. actions[score.AccountNo]]);
                one.Choose(choose, work.InUse, act.Now);
                looked.Add(one);
            }
        }

        await MoveAsync(act, run, looked);
        await DrawAsync(act, work, draws, looked, one => one.Choose(choose, work.InUse, act.Now));
        await MoveAsync(act, run, looked);
        foreach (var one in looked.Where(one => one.IsChanged))
        {
            await context.Suggestions.Where(own => own.ScoreRunId == run.ScoreRunId && own.AccountNo == one.Score.AccountNo).ExecuteDeleteAsync(act.Cancellation);
            await context.InsertAllAsync(one.Now, act.Cancellation);
        }

        var (suggested, withdrawn) = (looked.Sum(one => Tell(act, work, one)), looked.Sum(one => one.Withdrawn.Count()));
        if (suggested > 0)
        {
            await FollowFacts.NoteNewsAsync(context, change, act.Cancellation);
        }

        await LeaveAsync(act, work, choose, looked);
        await context.SaveChangesAsync(act.Cancellation);
        await QueueUpkeep.RefreshAsync(context, run, accounts, act.Now, act.Cancellation);
        return new(looked.Count, suggested, withdrawn);
    }

    private static async Task MoveAsync(ActScope act, ScoreRun run, List<Looked> looked)
    {
        var moved = looked.Where(one => one.TakeMove()).Select(one => one.Score).ToList();
        if (moved.Count > 0)
        {
            await QueueRanks.MoveAsync(act.Context, run, moved, act.Cancellation);
            await act.Context.SaveChangesAsync(act.Cancellation);
        }
    }

    /// <summary>Accounts to which something new is suggested are drawn where their turn has come, as in a score run.</summary>
    private async Task DrawAsync(ActScope act, Work work, StandingDraws draws, List<Looked> looked, Action<Looked> chooseAgain)
    {
        var fresh = looked.Where(one => one.Fresh.Any()).ToDictionary(one => one.Score.AccountNo);
        if (fresh.Count == 0)
        {
            return;
        }

        var changed = looked.Select(one => one.Score.AccountNo).ToHashSet();
        var queue = looked.ConvertAll(one => one.Score);
        foreach (var owner in fresh.Values.Select(one => one.Score.OwnerEmail).Distinct())
        {
            var own = act.Context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == work.Run.ScoreRunId && score.OwnerEmail == owner);
            queue.AddRange(await WeekAsync(own.Where(score => score.QueueRank != null && (score.AwayUntil == null || score.AwayUntil <= work.Today)).OrderBy(score => score.QueueRank)));
            queue.AddRange(await WeekAsync(own.Where(score => score.OpportunityRank != null && (score.UpsellAwayUntil == null || score.UpsellAwayUntil <= work.Today)).OrderBy(score => score.OpportunityRank)));
        }

        var drawing = new DrawAssignments(work.Company, work.Today, draws, work.Plays.ToDictionary(entry => entry.Play.Key, StringComparer.Ordinal), _ofRun!.Learned);
        var drawn = await drawing.RunAsync(act.Context, [.. queue.DistinctBy(score => score.AccountNo)], score => chooseAgain(fresh[score.AccountNo]), act.Cancellation, fresh.Keys.ToHashSet());
        if (drawn.Count > 0)
        {
            await AppSource.NumberAsync(act.Context, act.Cancellation);
            await act.Context.InsertAllAsync(drawn, act.Cancellation);
        }

        async Task<IEnumerable<AccountScore>> WeekAsync(IQueryable<AccountScore> scores) =>
            (await scores.Take(MostInWeek)
                .Select(score => new AccountScore { AccountNo = score.AccountNo, Name = "", NameSort = "", OwnerEmail = score.OwnerEmail, QueueRank = score.QueueRank, TopPlay = score.TopPlay, TopMinutes = score.TopMinutes, OpportunityRank = score.OpportunityRank, UpsellPlay = score.UpsellPlay, UpsellMinutes = score.UpsellMinutes })
                .ToListAsync(act.Cancellation)).Where(score => !changed.Contains(score.AccountNo));
    }

    /// <summary>Notes what came and went, and tells the owner of what came; that nothing special is the matter is no news.</summary>
    private static int Tell(ActScope act, Work work, Looked one)
    {
        var account = one.Score.AccountNo;
        foreach (var gone in one.Withdrawn)
        {
            act.Note(JournalAreas.Suggestion, FollowFacts.Withdrawn, account, gone.Play, new FieldChanges().Note("play", gone.Play, null));
        }

        foreach (var fresh in one.Fresh)
        {
            act.Note(JournalAreas.Suggestion, FollowFacts.Suggested, account, fresh.Play, new FieldChanges().Note("play", null, fresh.Play));
            if (fresh.Play != PlayCatalogue.CheckIn)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"suggested:{account}:{fresh.Play}:{fresh.ReasonCode}:{work.Today:yyyy-MM-dd}");
                act.Notify(new(NoticeKinds.PlayFired, key, JournalAreas.Suggestion, account, fresh.Play) { ToOwner = true, Args = NoticePlay.Args(work.InUse.First(play => play.Key == fresh.Play)) });
            }
        }

        return one.Fresh.Count();
    }

    /// <summary>Accounts leave sequences whose aim is reached or whose reason is gone.</summary>
    private static async Task LeaveAsync(ActScope act, Work work, RunSuggestions choose, List<Looked> looked)
    {
        if (work.Sequences.Count == 0)
        {
            return;
        }

        var byAccount = looked.ToDictionary(one => one.Score.AccountNo);
        var accounts = byAccount.Keys.ToList();
        foreach (var enrolment in await act.Context.Enrolments.Where(own => own.State == EnrolmentState.Running && accounts.Contains(own.AccountNo)).ToListAsync(act.Cancellation))
        {
            if (work.Sequences.TryGetValue((enrolment.Play, enrolment.PlayVersion), out var play) && byAccount[enrolment.AccountNo] is var one)
            {
                var signs = choose.SignsOf(one.Score, one.Row, one.Found.ChurnDrivers);
                var facts = new EnrolmentFacts { GoalMet = play.Sequence!.Goal?.Holds(signs) == true, ReasonGone = play.Sequence.EndsWhenReasonGone && !play.Reasons(signs).Any() };
                if (EnrolmentExit.Of(play.Sequence, facts) is { } reason)
                {
                    await EnrolmentEnding.LeaveAsync(act, enrolment, reason);
                }
            }
        }
    }

    /// <summary>What is the same for every event until the next run.</summary>
    private sealed record OfRun(int RunId, IReadOnlyDictionary<string, LearnedEffects> Learned, SegmentLife Life);

    private sealed record Work(
        ScoreRun Run, CompanySettings Company, CompanySettings Settings, DateOnly AsOf, DateOnly Today, IReadOnlyList<PlayEntry> Plays, IReadOnlyList<Play> InUse,
        IReadOnlyDictionary<(string Key, int Version), Play> Sequences, IReadOnlyList<Condition> Further, FeatureReader Features, LateSigns Late);

    /// <summary>An account that is looked at, with what was suggested and what is now.</summary>
    private sealed class Looked(AccountScore score, int row, Explained found, decimal? mrr, IReadOnlyList<Suggestion> before, IReadOnlyList<SuggestionAction> actions)
    {
        private (double Value, double? Upsell) _placed = (score.ValuePerMinute, score.UpsellValuePerMinute);
        private List<Suggestion> _open = [];

        public AccountScore Score => score;

        public int Row => row;

        public Explained Found => found;

        /// <summary>The account's suggestions as they are to stand, first to do first.</summary>
        public List<Suggestion> Now { get; private set; } = [];

        public IEnumerable<Suggestion> Fresh => Now.Where(own => !before.Any(old => old.Play == own.Play && old.ReasonCode == own.ReasonCode && old.At == own.At));

        /// <summary>Open ones that stand no more; what comes back for another reason is none of them.</summary>
        public IEnumerable<Suggestion> Withdrawn => _open.Where(old => !Now.Exists(own => own.Play == old.Play));

        public bool IsChanged => !Now.Select(Key).SequenceEqual(before.Select(Key));

        public void Choose(RunSuggestions choose, IReadOnlyList<Play> inUse, DateTime now)
        {
            SuggestionAction? ActedOn(Suggestion own) => actions.Where(action => action.Play == own.Play && SuggestedTouches.IsOf(action, own)).MaxBy(action => action.At);

            // what somebody has acted on stays, and what is no longer offered is left where past queues show it
            var kept = before.Where(own => ActedOn(own) is not null || !inUse.Any(play => play.Key == own.Play)).ToList();
            _open = [.. before.Except(kept)];
            var done = kept.Where(own => ActedOn(own)?.Kind == SuggestionActionKind.Done).Select(own => own.Play).ToHashSet(StringComparer.Ordinal);
            var chosen = choose.Suggest(score, row, found, mrr, (_open.Select(own => own.Play).ToHashSet(StringComparer.Ordinal), done));
            kept.RemoveAll(own => chosen.Any(other => other.Play == own.Play));
            Now = [.. chosen.Select(own => Standing(own, now)), .. kept.Select(Copy)];
            for (var i = 0; i < Now.Count; i++)
            {
                Now[i].Rank = i + 1;
            }

            RunSuggestions.Follow(score, Now, found.Upsell, mrr);
        }

        /// <summary>True once where the account's place in a queue is no longer where it was put.</summary>
        public bool TakeMove()
        {
            var (before, now) = (_placed, (score.ValuePerMinute, score.UpsellValuePerMinute));
            _placed = now;
            return before != now;
        }

        /// <summary>What stood already keeps its worth and its time, with the reason's numbers of now.</summary>
        private Suggestion Standing(Suggestion chosen, DateTime now)
        {
            if (_open.Find(own => own.Play == chosen.Play && own.ReasonCode == chosen.ReasonCode) is not { } old)
            {
                chosen.At = now;
                return chosen;
            }

            var copy = Copy(old);
            copy.ReasonArgsJson = chosen.ReasonArgsJson;
            return copy;
        }

        private static Suggestion Copy(Suggestion own) => new()
        {
            ScoreRunId = own.ScoreRunId,
            AccountNo = own.AccountNo,
            Rank = own.Rank,
            Play = own.Play,
            IsUpsell = own.IsUpsell,
            Channel = own.Channel,
            ReasonCode = own.ReasonCode,
            ReasonArgsJson = own.ReasonArgsJson,
            Minutes = own.Minutes,
            Effect = own.Effect,
            Value = own.Value,
            ValuePerMinute = own.ValuePerMinute,
            At = own.At,
        };

        private static (string, string, string, DateTime?) Key(Suggestion own) => (own.Play, own.ReasonCode, own.ReasonArgsJson, own.At);
    }
}
