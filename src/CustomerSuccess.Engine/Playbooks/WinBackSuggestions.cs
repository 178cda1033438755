using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>
/// Suggestions for customers whose contract has ended: they have no score, and are asked those triggers alone that are about ended contracts. Draws, limits, cool-downs and opt-outs
/// are those of every suggestion; theirs has a week of its own beside the queue.
/// </summary>
internal sealed class WinBackSuggestions(ScoreRun run, RunEffects effects, CompanySettings company)
{
    /// <summary>Up to so many accounts queries name them.</summary>
    private const int MostNamed = 500;

    /// <summary>Writes the suggestions of a run.</summary>
    /// <param name="context">The store.</param>
    /// <param name="scores">The accounts that the run scored: they have their suggestions.</param>
    /// <param name="knownUntil">How far contracts are heeded.</param>
    /// <param name="settings">The settings of the models.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>New draws.</returns>
    public async Task<IReadOnlyList<Assignment>> RunAsync(CustomerSuccessContext context, IReadOnlyList<AccountScore> scores, DateOnly? knownUntil, CompanySettings settings, CancellationToken cancellation)
    {
        var plays = AboutEnded(effects.PlaysInUse);
        if (plays.Count == 0)
        {
            return [];
        }

        var ended = await EndedAccounts.ReadAsync(context, company, knownUntil, cancellation);
        var scored = scores.Select(score => score.AccountNo).ToHashSet();
        var gone = ended.On(run.AsOf).Where(own => !scored.Contains(own.AccountNo)).ToDictionary(own => own.AccountNo, own => own.Contract);
        var rows = await ScoresAsync(context, run.ScoreRunId, gone, cancellation);
        int[]? named = rows.Count <= MostNamed ? [.. rows.Select(row => row.AccountNo)] : null;
        var choose = await RunSuggestions.ReadAsync(context, run.AsOf, effects.Today, run.StartedAt, NoFeatures([.. rows.Select(row => row.AccountNo)], run.AsOf), plays, effects.Draws, settings, LateSigns.None, named, [], cancellation);
        var life = new SegmentLife([.. scores.Where(score => score.ChurnProbability is not null).Select(score => (score.Segment, score.ChurnProbability!.Value))], settings.HorizonDays);
        var found = new Dictionary<int, IReadOnlyList<Suggestion>>();
        var rowOf = rows.Select((row, i) => (row.AccountNo, i)).ToDictionary(own => own.AccountNo, own => own.i);
        foreach (var row in rows)
        {
            Choose(row);
        }

        List<AccountScore> queue = [.. rows.Where(row => row.TopPlay is not null).OrderByDescending(row => row.ValuePerMinute).ThenBy(row => row.AccountNo)];
        for (var i = 0; i < queue.Count; i++)
        {
            queue[i].QueueRank = i + 1;
        }

        IReadOnlyList<Assignment> drawn = !effects.IsLive ? [] : await new DrawAssignments(company, effects.Today, effects.Draws, effects.Plays, effects.Learned).RunAsync(context, queue, Choose, cancellation);
        foreach (var some in found.Values.SelectMany(own => own).Chunk(ScoreAccounts.BlockRows))
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
            await context.InsertAllAsync(some, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return drawn;

        void Choose(AccountScore row) =>
            found[row.AccountNo] = choose.Suggest(row, rowOf[row.AccountNo], new Explained(null, null, life.MonthsOf(row.Segment), [], [], [], []), gone[row.AccountNo].Mrr, null, (gone[row.AccountNo], ended.ReturnRate));
    }

    /// <summary>Plays that win back, with those of their triggers alone that are about ended contracts.</summary>
    public static IReadOnlyList<Play> AboutEnded(IEnumerable<Play> plays) =>
        [.. plays.Where(play => play.IsWinBack).Select(play => play with { IsUpsell = false, Triggers = [.. play.Triggers.Where(trigger => trigger.When.Fields.Any(SegmentFields.IsOfEnded))] })];

    /// <summary>Features tell of customers; what is known of those who left are the contract, attributes, events and segments.</summary>
    public static FeatureReader NoFeatures(int[] accounts, DateOnly day) => new(new FeatureTable(accounts, [.. Enumerable.Repeat(day, accounts.Length)], []));

    /// <summary>What is known of accounts that have no score.</summary>
    public static async Task<List<AccountScore>> ScoresAsync(CustomerSuccessContext context, int runId, IReadOnlyDictionary<int, EndedContract> gone, CancellationToken cancellation)
    {
        var known = new List<AccountScore>(gone.Count);
        foreach (var some in gone.Keys.Order().Chunk(MostNamed))
        {
            known.AddRange((await context.Accounts.AsNoTracking().Where(account => some.Contains(account.AccountNo)).OrderBy(account => account.AccountNo)
                .Select(account => new { account.AccountNo, account.Name, account.NameSort, account.Segment, account.OwnerEmail }).ToListAsync(cancellation))
                .Select(account => new AccountScore { ScoreRunId = runId, AccountNo = account.AccountNo, Name = account.Name, NameSort = account.NameSort, Segment = account.Segment, OwnerEmail = account.OwnerEmail }));
        }

        return known;
    }
}
