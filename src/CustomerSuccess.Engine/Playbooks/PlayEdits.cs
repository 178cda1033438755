using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>What an import of plays did, or would do.</summary>
/// <param name="Added">Keys that are new.</param>
/// <param name="Changed">Keys that were there and said something else.</param>
/// <param name="Unchanged">Keys that said the same.</param>
/// <param name="Problems">What is wrong, by key and field; where there is any, nothing was changed.</param>
/// <param name="Error">Why the file cannot be read at all, in English; null where it can.</param>
public sealed record PlayImport(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Unchanged, IReadOnlyList<(string Key, string Field, string Code)> Problems, string? Error = null);

/// <summary>Keeps plays: changes the shipped ones, adds a company's own, each change as a version.</summary>
public sealed class PlayEdits(Database database, Acts acts, PlayNames names, TimeProvider clock)
{
    /// <summary>Plays of its own that a company may have.</summary>
    public const int Most = 100;

    /// <summary>Whoever changes plays, and whoever does the steps of one, holds it: nothing of a play goes out once it was turned off.</summary>
    internal const string Lock = "plays";

    private const int ChunkAccounts = 500;

    /// <summary>Keeps what a play says. Problems by field as <see cref="PlayRules.Check"/> gives them; a new key that is in use is <c>taken</c>.</summary>
    /// <param name="viewer">Who may manage.</param>
    /// <param name="play">What it is to say.</param>
    /// <param name="seen">The version that the author saw: 0 for a shipped play that nobody changed, null for a new one.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<PlayEntry>> SaveAsync(Viewer viewer, Play play, int? seen, CancellationToken cancellation = default) => SaveAsync(viewer, play, seen, false, cancellation);

    /// <summary>The same, and says whether running sequences follow the new steps.</summary>
    /// <param name="viewer">Who may manage.</param>
    /// <param name="play">What it is to say.</param>
    /// <param name="seen">The version that the author saw.</param>
    /// <param name="moveRunning">True to let running sequences follow the new steps; else they keep the version that they began with.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<PlayEntry>> SaveAsync(Viewer viewer, Play play, int? seen, bool moveRunning, CancellationToken cancellation = default)
    {
        if (!viewer.MayManage)
        {
            return ActResult.Forbidden<PlayEntry>();
        }

        var result = await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var stored = await act.Context.StoredPlays.FindAsync([play.Key], cancellation);
            var exists = stored is { DeletedAt: null } || PlayCatalogue.Find(play.Key) is not null;
            if (seen is null && (exists || stored is not null))
            {
                return ActResult.Invalid<PlayEntry>("key", "taken");
            }

            if (seen is null && await act.Context.StoredPlays.CountAsync(own => own.DeletedAt == null, cancellation) >= Most + PlayCatalogue.All.Count)
            {
                return ActResult.Invalid<PlayEntry>("key", "too_many");
            }

            if (seen is not null && !exists)
            {
                return ActResult.NotFound<PlayEntry>();
            }

            var now = await CurrentAsync(act, play.Key);
            if (now is not null && seen is { } version && version != now.Version)
            {
                return ActResult.Conflict(now);
            }

            var clean = Clean(play);
            if (await ProblemsAsync(act, clean) is { Count: > 0 } problems)
            {
                return ActResult.Invalid<PlayEntry>(problems);
            }

            if (now is not null && PlayText.Write(now.Play) == PlayText.Write(clean))
            {
                return ActResult.Unchanged(now);
            }

            Put(act, stored, clean, now is null ? "created" : "changed");
            await FollowSequencesAsync(act, clean, moveRunning);
            return ActResult.Done((await CurrentAsync(act, play.Key))!);
        }, cancellation);
        if (result.Outcome == ActOutcome.Done)
        {
            await FollowAsync([play.Key], cancellation);
        }

        return result;
    }

    /// <summary>Turns a play on or off: from now on it is suggested, or what is suggested of it is offered no longer.</summary>
    public async Task<ActResult<PlayEntry>> TurnAsync(Viewer viewer, string key, bool on, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return (await PlayQuery.ReadAsync(context, cancellation)).FirstOrDefault(entry => entry.Play.Key == key) is { } entry
            ? await SaveAsync(viewer, entry.Play with { IsOn = on }, entry.Version, cancellation)
            : ActResult.NotFound<PlayEntry>();
    }

    /// <summary>Deletes a play of the company's own, with what is open of it; a shipped one is put back to what was shipped. It can be brought back by its history.</summary>
    public async Task<ActResult<PlayEntry>> DeleteAsync(Viewer viewer, string key, CancellationToken cancellation = default)
    {
        if (!viewer.MayManage)
        {
            return ActResult.Forbidden<PlayEntry>();
        }

        var result = await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.StoredPlays.FindAsync([key], cancellation) is not { DeletedAt: null } stored)
            {
                return ActResult.NotFound<PlayEntry>();
            }

            var before = (await CurrentAsync(act, key))!;
            var shipped = PlayCatalogue.Find(key);
            (stored.DeletedAt, stored.ChangedAt, stored.ChangedByEmail, stored.Version, stored.IsOff) = (act.Now, act.Now, viewer.Email, stored.Version + 1, shipped is not { IsOn: true });
            act.Context.PlayVersions.Add(new PlayVersion { PlayKey = key, Version = stored.Version, At = act.Now, ByEmail = viewer.Email });
            act.Note(JournalAreas.Play, shipped is null ? "deleted" : "reset", recordId: key);
            if (stored.IsOff)
            {
                await EnrolmentEnding.LeaveAllAsync(act, key, shipped is null ? EnrolmentEnds.PlayDeleted : EnrolmentEnds.PlayOff);
            }

            return ActResult.Done(shipped is null ? before : new PlayEntry(shipped, 0, null, null));
        }, cancellation);
        if (result.Outcome == ActOutcome.Done)
        {
            await FollowAsync([key], cancellation);
        }

        return result;
    }

    /// <summary>Brings back what a play said in a version.</summary>
    public async Task<ActResult<PlayEntry>> RestoreAsync(Viewer viewer, string key, int version, CancellationToken cancellation = default)
    {
        if (!viewer.MayManage)
        {
            return ActResult.Forbidden<PlayEntry>();
        }

        var result = await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.PlayVersions.FindAsync([key, version], cancellation) is not { PlayJson: { } json } || await act.Context.StoredPlays.FindAsync([key], cancellation) is not { } stored)
            {
                return ActResult.NotFound<PlayEntry>();
            }

            var play = PlayText.Read(json);
            if (await ProblemsAsync(act, play) is { Count: > 0 } problems)
            {
                return ActResult.Invalid<PlayEntry>(problems);
            }

            if (stored.DeletedAt is null && stored.PlayJson == json)
            {
                return ActResult.Unchanged((await CurrentAsync(act, key))!);
            }

            Put(act, stored, play, "restored");
            await FollowSequencesAsync(act, play, moveRunning: false);
            return ActResult.Done((await CurrentAsync(act, key))!);
        }, cancellation);
        if (result.Outcome == ActOutcome.Done)
        {
            await FollowAsync([key], cancellation);
        }

        return result;
    }

    /// <summary>Takes plays out of a file, all or none: new ones are added, those that are there say what the file says. Plays that are new come turned off.</summary>
    /// <param name="viewer">Who may manage.</param>
    /// <param name="text">The file.</param>
    /// <param name="isTrial">True where it is only told what would happen.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<PlayImport>> ImportAsync(Viewer viewer, string text, bool isTrial, CancellationToken cancellation = default)
    {
        if (!viewer.MayManage)
        {
            return ActResult.Forbidden<PlayImport>();
        }

        IReadOnlyList<Play> plays;
        try
        {
            plays = PlayText.ReadFile(text);
        }
        catch (FormatException error)
        {
            return ActResult.Done(new PlayImport([], [], [], [], error.Message));
        }

        var result = await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var (added, changed, unchanged, problems) = (new List<string>(), new List<string>(), new List<string>(), new List<(string, string, string)>());
            foreach (var own in plays)
            {
                var now = await CurrentAsync(act, own.Key);
                var play = Clean(own) with { IsOn = now?.Play.IsOn ?? false };
                problems.AddRange((await ProblemsAsync(act, play)).Select(problem => (play.Key, problem.Key, problem.Value)));
                if (now is not null && PlayText.Write(now.Play) == PlayText.Write(play))
                {
                    unchanged.Add(play.Key);
                    continue;
                }

                (now is null ? added : changed).Add(play.Key);
                if (!isTrial)
                {
                    Put(act, await act.Context.StoredPlays.FindAsync([play.Key], cancellation), play, now is null ? "created" : "changed");
                }
            }

            var told = new PlayImport(added, changed, unchanged, problems);
            return isTrial || problems.Count > 0 || added.Count + changed.Count == 0 ? ActResult.Unchanged(told) : ActResult.Done(told);
        }, cancellation);
        if (result is { Outcome: ActOutcome.Done, Value: { } done })
        {
            await FollowAsync([.. done.Added, .. done.Changed], cancellation);
        }

        return result;
    }

    /// <summary>Names, and the rows of the newest run whose suggestions are offered now or no longer, follow what plays say.</summary>
    private async Task FollowAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        names.Forget();
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } seen)
        {
            return;
        }

        var accounts = await context.Suggestions.AsNoTracking().Where(suggestion => suggestion.ScoreRunId == seen.ScoreRunId && keys.Contains(suggestion.Play)).Select(suggestion => suggestion.AccountNo).Distinct().Order().ToListAsync(cancellation);
        foreach (var some in accounts.Chunk(ChunkAccounts))
        {
            await using var part = database.OpenContext();
            await using var transaction = await part.Database.BeginTransactionAsync(cancellation);
            await QueueUpkeep.LockAsync(part, cancellation);
            if (await ScoreRunQuery.NewestAsync(part, cancellation) is { } run)
            {
                await QueueUpkeep.RefreshAsync(part, run, some, clock.GetUtcNow().UtcDateTime, cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }
    }

    private static void Put(ActScope act, StoredPlay? stored, Play play, string verb)
    {
        var json = PlayText.Write(play);
        var changes = new FieldChanges().Note("on", stored is null ? null : stored.IsOff ? "false" : "true", play.IsOn ? "true" : "false").Note("play", stored?.PlayJson, json);
        if (stored is null)
        {
            stored = new StoredPlay { PlayKey = play.Key, PlayJson = json };
            act.Context.StoredPlays.Add(stored);
        }

        (stored.PlayJson, stored.IsOff, stored.DeletedAt, stored.ChangedAt, stored.ChangedByEmail, stored.Version) = (json, !play.IsOn, null, act.Now, act.Viewer.Email, stored.Version + 1);
        act.Context.PlayVersions.Add(new PlayVersion { PlayKey = play.Key, Version = stored.Version, PlayJson = json, At = act.Now, ByEmail = act.Viewer.Email });
        act.Note(JournalAreas.Play, verb, recordId: play.Key, changes: changes);
    }

    /// <summary>Sequences that run of a play stop with it, or follow its new steps where its author says so.</summary>
    private static async Task FollowSequencesAsync(ActScope act, Play play, bool moveRunning)
    {
        if (!play.IsOn)
        {
            await EnrolmentEnding.LeaveAllAsync(act, play.Key, EnrolmentEnds.PlayOff);
        }
        else if (moveRunning && play.Sequence is not null)
        {
            var version = (await act.Context.StoredPlays.FindAsync([play.Key], act.Cancellation))!.Version;
            await act.Context.Enrolments.Where(known => known.Play == play.Key && known.State == EnrolmentState.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(known => known.PlayVersion, version), act.Cancellation);
        }
    }

    private static async Task<PlayEntry?> CurrentAsync(ActScope act, string key) =>
        PlayEntry.Of(await act.Context.StoredPlays.FindAsync([key], act.Cancellation) is { } stored ? [stored] : []).FirstOrDefault(entry => entry.Play.Key == key);

    private static Play Clean(Play play) => play with
    {
        NameEn = EnteredText.Of(play.NameEn),
        NameJa = EnteredText.Of(play.NameJa),
        MessageEn = EnteredText.Of(play.MessageEn),
        MessageJa = EnteredText.Of(play.MessageJa),
        TextEn = EnteredText.Of(play.TextEn),
        TextJa = EnteredText.Of(play.TextJa),
        Sequence = play.Sequence is not { } sequence ? null : sequence with
        {
            Steps =
            [
                .. sequence.Steps.Select(step => step with
                {
                    SubjectEn = EnteredText.Of(step.SubjectEn),
                    SubjectJa = EnteredText.Of(step.SubjectJa),
                    BodyEn = EnteredText.Of(step.BodyEn),
                    BodyJa = EnteredText.Of(step.BodyJa),
                }),
            ],
        },
    };

    private static async Task<IReadOnlyDictionary<string, string>> ProblemsAsync(ActScope act, Play play)
    {
        var segments = await act.Context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null).ToListAsync(act.Cancellation);
        var fields = await SegmentQuery.FieldsAsync(act.Context, segments, act.Cancellation);
        var templates = (await act.Context.MailTemplates.AsNoTracking().Select(template => template.TemplateId).Distinct().ToListAsync(act.Cancellation)).ToHashSet(StringComparer.Ordinal);
        return PlayRules.Check(play, fields, templates);
    }
}
