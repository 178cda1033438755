using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Notices;

/// <summary>
/// Finds what nobody's act tells: tasks that fall due, imports, models, score runs and surveys. It may look as often as it likes, in any number of processes:
/// the name of an event is made of what happened, so that it is told once.
/// </summary>
public sealed class FindNotices(Database database, SettingsStore settingsStore, EffectsQuery effects, LiveChanges live, TimeProvider clock)
{
    /// <summary>What is older is no news.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    /// <summary>A wave is judged from so many days after its start, until so many.</summary>
    private const int SurveyFromDays = 7, SurveyUntilDays = 60, LeastAsked = 20;

    private int _runTold;

    /// <summary>Tells what is new; returns how many notices were written.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        List<NewNotice> found = [];
        await using var context = database.OpenContext();
        found.AddRange(await TasksAsync(context, settings.Today(clock), cancellation));
        found.AddRange(await ImportsAsync(context, now, cancellation));
        found.AddRange(await ModelsAsync(context, now, cancellation));
        found.AddRange(await SurveysAsync(context, settings, now, cancellation));
        var run = await context.ScoreRuns.AsNoTracking().Where(run => run.FinishedAt != null).OrderByDescending(run => run.ScoreRunId).FirstOrDefaultAsync(cancellation);
        if (run is not null && run.ScoreRunId != _runTold)
        {
            found.AddRange(await ScoresAsync(context, run, cancellation));
            found.AddRange(await PlaysAsync(cancellation));
        }

        var written = await WriteAsync(context, found, now, cancellation);
        _runTold = run?.ScoreRunId ?? 0;
        return written;
    }

    /// <summary>What is kept no longer goes.</summary>
    public async Task<int> ForgetAsync(CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-settings.NoticesKeptDays);
        await using var context = database.OpenContext();
        return await context.Notices.Where(notice => notice.At < before).ExecuteDeleteAsync(cancellation);
    }

    private async Task<int> WriteAsync(CustomerSuccessContext context, List<NewNotice> found, DateTime now, CancellationToken cancellation)
    {
        var keys = found.Select(notice => notice.EventKey).ToList();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in keys.Chunk(500))
        {
            known.UnionWith(await context.Notices.AsNoTracking().Where(notice => some.Contains(notice.EventKey)).Select(notice => notice.EventKey).ToListAsync(cancellation));
        }

        var fresh = found.Where(notice => !known.Contains(notice.EventKey)).ToList();
        if (fresh.Count == 0)
        {
            return 0;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var written = await NoticeWriter.WriteAsync(context, Viewer.System, fresh, now, cancellation);
        if (written > 0)
        {
            await JournalWriter.AppendAsync(context, [new() { At = now, ByUser = Viewer.System.UserId, Area = JournalAreas.Notice, Act = "told" }], cancellation);
            await context.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            live.Nudge();
        }

        return written;
    }

    private static async Task<IEnumerable<NewNotice>> TasksAsync(CustomerSuccessContext context, DateOnly today, CancellationToken cancellation)
    {
        var due = await context.WorkTasks.AsNoTracking()
            .Where(task => task.DueOn == today && task.DoneAt == null && task.DeletedAt == null && (task.SnoozedUntil == null || task.SnoozedUntil <= today))
            .Select(task => new { task.AccountNo, task.TaskId, task.Title, task.AssigneeEmail }).ToListAsync(cancellation);
        return due.Select(task => new NewNotice(NoticeKinds.TaskDue, $"task_due:{task.TaskId}:{today:yyyy-MM-dd}", JournalAreas.Task, task.AccountNo, task.TaskId) { ToEmails = [task.AssigneeEmail], Args = Args(("title", task.Title)) });
    }

    private static async Task<IEnumerable<NewNotice>> ImportsAsync(CustomerSuccessContext context, DateTime now, CancellationToken cancellation)
    {
        var since = now - Recent;
        var runs = await (
            from run in context.ImportRuns.AsNoTracking()
            where run.FinishedAt >= since
            join source in context.Sources.AsNoTracking() on run.SourceId equals source.SourceId
            select new { run.ImportRunId, run.Status, run.ByUser, source.Name, Rejected = context.ImportFiles.Where(file => file.ImportRunId == run.ImportRunId).Sum(file => (long?)file.Rejected) ?? 0 }).ToListAsync(cancellation);
        return
        [
            .. runs.Where(run => run.Status == ImportStatus.Failed || run.Rejected > 0).Select(run => new NewNotice(
                run.Status == ImportStatus.Failed ? NoticeKinds.ImportFailed : NoticeKinds.ImportRejected,
                string.Create(CultureInfo.InvariantCulture, $"import:{run.ImportRunId}"), JournalAreas.Import, RecordId: run.ImportRunId.ToString(CultureInfo.InvariantCulture))
            {
                ToRoles = true,
                ExceptUser = run.ByUser,
                Args = Args(("source", run.Name), ("rows", run.Rejected.ToString("N0", CultureInfo.InvariantCulture))),
            }),
        ];
    }

    private static async Task<IEnumerable<NewNotice>> ModelsAsync(CustomerSuccessContext context, DateTime now, CancellationToken cancellation)
    {
        var since = now - Recent;
        var events = await context.ModelEvents.AsNoTracking().Where(happened => happened.At >= since && happened.Action != ModelAction.Retired && happened.InPlaceOf != null).ToListAsync(cancellation);
        var alarms = await context.ModelWatches.AsNoTracking().Where(watch => watch.At >= since && watch.Level == WatchLevel.Alarm).ToListAsync(cancellation);
        return
        [
            .. events.Select(happened => new NewNotice(NoticeKinds.ModelPromoted, string.Create(CultureInfo.InvariantCulture, $"model:{happened.ModelEventId}"), JournalAreas.Model) { ToRoles = true, ExceptUser = happened.By, Args = Args(("version", happened.Version)) }),
            // a model that has drifted stays so at every scoring: that is told once
            .. alarms.Select(watch => new NewNotice(NoticeKinds.ModelDrifted, string.Create(CultureInfo.InvariantCulture, $"drift:{watch.ModelId}"), JournalAreas.Model) { ToRoles = true }),
        ];
    }

    private static async Task<IEnumerable<NewNotice>> SurveysAsync(CustomerSuccessContext context, CompanySettings settings, DateTime now, CancellationToken cancellation)
    {
        var (from, until) = (now.AddDays(-SurveyUntilDays), now.AddDays(-SurveyFromDays));
        var waves = await context.SurveyWaves.AsNoTracking().Where(wave => wave.StartedAt >= from && wave.StartedAt <= until && !wave.IsInviting).ToListAsync(cancellation);
        List<NewNotice> found = [];
        foreach (var wave in settings.LeastResponsePercent == 0 ? [] : waves)
        {
            var invited = context.SurveyInvitations.Where(invitation => invitation.SurveyId == wave.SurveyId && invitation.WaveNo == wave.WaveNo && invitation.AskedAt != null && invitation.AskedAt <= until);
            var asked = await invited.CountAsync(cancellation);
            var answered = asked < LeastAsked ? 0 : await invited.CountAsync(invitation => invitation.AnsweredAt != null, cancellation);
            if (asked >= LeastAsked && 100.0 * answered / asked < settings.LeastResponsePercent
                && await context.Surveys.AsNoTracking().Where(survey => survey.SurveyId == wave.SurveyId && survey.DeletedAt == null).Select(survey => survey.Name).FirstOrDefaultAsync(cancellation) is { } name)
            {
                found.Add(new(NoticeKinds.SurveyLow, string.Create(CultureInfo.InvariantCulture, $"survey_low:{wave.SurveyId}:{wave.WaveNo}"), JournalAreas.Survey, RecordId: wave.SurveyId)
                {
                    ToRoles = true,
                    Args = Args(("survey", name), ("rate", Percent((double)answered / asked))),
                });
            }
        }

        return found;
    }

    /// <summary>What the newest run knows that the one before did not. Another model has other probabilities, which are no rise.</summary>
    private static async Task<IEnumerable<NewNotice>> ScoresAsync(CustomerSuccessContext context, ScoreRun run, CancellationToken cancellation)
    {
        var before = await context.ScoreRuns.AsNoTracking().Where(other => other.FinishedAt != null && other.ScoreRunId < run.ScoreRunId).OrderByDescending(other => other.ScoreRunId).FirstOrDefaultAsync(cancellation);
        if (before is null || before.AsOf > run.AsOf)
        {
            return [];
        }

        var now = await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId).Select(score => new { score.AccountNo, score.State, score.Mrr, score.ChurnProbability }).ToListAsync(cancellation);
        var then = await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == before.ScoreRunId).Select(score => new { score.AccountNo, score.State, score.ChurnProbability }).ToDictionaryAsync(score => score.AccountNo, cancellation);
        var high = RiskRise.HighFrom(now.Select(score => score.Mrr));
        List<NewNotice> found = [];
        foreach (var score in now)
        {
            if (!then.TryGetValue(score.AccountNo, out var earlier) || earlier.State != ScoreState.Scored)
            {
                continue;
            }

            if (score.State == ScoreState.Leaving)
            {
                found.Add(new(NoticeKinds.AccountLeaving, Key("leaving", score.AccountNo), JournalAreas.Account, score.AccountNo) { ToOwner = true });
            }
            else if (run.ChurnModelId == before.ChurnModelId && score.Mrr >= high && score.ChurnProbability is { } p && earlier.ChurnProbability is { } was && RiskRise.IsMaterial(was, p))
            {
                found.Add(new(NoticeKinds.RiskRose, Key("risk", score.AccountNo), JournalAreas.Account, score.AccountNo) { ToOwner = true, Args = Args(("before", Percent(was)), ("now", Percent(p))) });
            }
        }

        return found;

        string Key(string what, int accountNo) => string.Create(CultureInfo.InvariantCulture, $"{what}:{run.ScoreRunId}:{accountNo}");
    }

    private async Task<IEnumerable<NewNotice>> PlaysAsync(CancellationToken cancellation)
    {
        var report = await effects.RunAsync(cancellation);
        return
        [
            .. report.Plays.Where(row => row.Effect.Verdict is EffectVerdict.Works or EffectVerdict.DoesNotWork or EffectVerdict.Harms).Select(row => new NewNotice(
                row.Effect.Verdict == EffectVerdict.Harms ? NoticeKinds.PlayHarms : NoticeKinds.PlayAnswered, $"play:{row.Entry.Play.Key}:{row.Effect.Verdict}", JournalAreas.Play, RecordId: row.Entry.Play.Key)
            {
                ToRoles = true,
                Args = NoticePlay.Args(row.Entry.Play),
            }),
        ];
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0}%");

    private static Dictionary<string, string> Args(params ReadOnlySpan<(string Name, string Value)> args)
    {
        var named = new Dictionary<string, string>(args.Length, StringComparer.Ordinal);
        foreach (var (name, value) in args)
        {
            named.Add(name, value);
        }

        return named;
    }
}
