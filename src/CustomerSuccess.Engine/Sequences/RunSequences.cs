using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Sequences;

/// <summary>What one look at all sequences did.</summary>
/// <param name="Started">Accounts that plays enrolled by themselves.</param>
/// <param name="Moved">Enrolments that moved on, waited anew or ended.</param>
public sealed record SequenceRunReport(int Started, int Moved);

/// <summary>
/// While the application serves: enrols accounts where plays say so, does the steps that are due, and lets accounts leave. One process at a time; each enrolment in a transaction of its own,
/// which leaves it with the step and its message or with neither.
/// </summary>
public sealed class RunSequences(Database database, Mailbox mailbox, Acts acts, SettingsStore settingsStore, LiveChanges live, TimeProvider clock, ILogger<RunSequences> log) : BackgroundService
{
    private const string Lease = "sequences";

    /// <summary>Enrolments that one look takes on.</summary>
    private const int Most = 2_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly string[] Waking = ["started", "posted"];
    private static readonly MailStatus[] Underway = [MailStatus.Draft, MailStatus.Queued, MailStatus.Sending];

    /// <summary>The run, and the change of facts since it, after which nobody is left to enrol, by play and version.</summary>
    private readonly Dictionary<string, (int Version, int Run, long Change)> _enrolled = new(StringComparer.Ordinal);

    /// <summary>Looks at everything once, and does what is due.</summary>
    public async Task<SequenceRunReport> RunAsync(CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var started = await EnrolAsync(settings, cancellation);
        return new(started, await MoveAsync(settings, cancellation));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RecurringWork(database, clock, log, Lease, Interval).RunAsync(
            (_, held) => RunAsync(held),
            wake => live.Listen(entries =>
            {
                if (entries.Any(entry => (entry.Area == JournalAreas.Sequence && Waking.Contains(entry.Act)) || (entry.Area == JournalAreas.Suggestion && entry.Act == FollowFacts.Suggested)))
                {
                    wake();
                }
            }),
            stoppingToken);

    /// <summary>Enrols the accounts to which the newest run suggests a play that starts by itself, what is worth most first.</summary>
    private async Task<int> EnrolAsync(CompanySettings settings, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var plays = (await PlayQuery.ReadAsync(context, cancellation)).Where(entry => entry.Play is { IsOn: true, Sequence.StartsByItself: true }).ToList();
        var followed = await FollowFacts.LastNewsAsync(context, cancellation) ?? 0;
        if (run is null || plays.TrueForAll(entry => _enrolled.TryGetValue(entry.Play.Key, out var known) && known == (entry.Version, run.ScoreRunId, followed)))
        {
            return 0;
        }

        var keys = plays.Select(entry => entry.Play.Key).ToList();
        var suggestions = await context.Suggestions.AsNoTracking().Offered(context).Where(own => own.ScoreRunId == run.ScoreRunId && keys.Contains(own.Play)).Select(own => new { own.AccountNo, own.Play, own.Value, own.ValuePerMinute, own.At }).ToListAsync(cancellation);
        var acted = (await SuggestedTouches.Standing(context.SuggestionActions.AsNoTracking(), run).Where(own => keys.Contains(own.Play)).Select(own => new { own.AccountNo, own.Play, own.At }).ToListAsync(cancellation)).ToLookup(own => (own.AccountNo, own.Play), own => own.At);
        var earliest = plays.Min(entry => clock.GetUtcNow().UtcDateTime.AddDays(-entry.Play.CoolDownDays));
        var lately = (await context.Enrolments.AsNoTracking().Where(own => keys.Contains(own.Play) && (own.EndedAt == null || own.EndedAt > earliest)).Select(own => new { own.AccountNo, own.Play, own.EndedAt }).ToListAsync(cancellation)).ToLookup(own => (own.AccountNo, own.Play), own => own.EndedAt);
        var draws = await StandingDraws.ReadAsync(context, settings, settings.Today(clock), cancellation);
        var started = 0;
        foreach (var own in suggestions.OrderByDescending(own => own.Value ?? decimal.MinValue).ThenByDescending(own => own.ValuePerMinute).ThenBy(own => own.AccountNo))
        {
            var entry = plays.First(known => known.Play.Key == own.Play);
            var cool = clock.GetUtcNow().UtcDateTime.AddDays(-entry.Play.CoolDownDays);
            if (acted[(own.AccountNo, own.Play)].Any(at => !(at < own.At)) || lately[(own.AccountNo, own.Play)].Any(ended => ended is null || ended > cool) || draws.IsHeldOut(own.AccountNo, own.Play))
            {
                continue;
            }

            var result = await acts.RunAsync(Viewer.System, async act => await act.LockAccountAsync(own.AccountNo)
                ? await Enrolling.EnrolAsync(act, settings, entry, own.AccountNo, null, draws, Holdout.ShareOf(entry.Play, EffectVerdict.TooLittle, settings)) is { Outcome: not ActOutcome.Invalid } enrolled ? enrolled : Drawn(act)
                : ActResult.NotFound<Enrolment>(), cancellation);
            started += result is { Outcome: ActOutcome.Done, Value.AccountNo: > 0 } ? 1 : 0;
        }

        foreach (var entry in plays)
        {
            _enrolled[entry.Play.Key] = (entry.Version, run.ScoreRunId, followed);
        }

        return started;
    }

    /// <summary>Nobody was enrolled; that the account was drawn to be held out is kept.</summary>
    private static ActResult<Enrolment> Drawn(ActScope act)
    {
        var nobody = new Enrolment { EnrolmentId = "", Play = "", StartedBy = "" };
        return act.Context.ChangeTracker.HasChanges() ? ActResult.Done(nobody) : ActResult.Unchanged(nobody);
    }

    /// <summary>Looks at every enrolment of which something is due or has changed, what is worth most first.</summary>
    private async Task<int> MoveAsync(CompanySettings settings, CancellationToken cancellation)
    {
        List<(int AccountNo, string EnrolmentId)> due;
        SequenceConditions conditions;
        await using (var context = database.OpenContext())
        {
            var following = await context.Enrolments.AsNoTracking().Where(own => own.State == EnrolmentState.Running).Select(own => new { own.Play, own.PlayVersion }).Distinct().ToListAsync(cancellation);
            if (following.Count == 0)
            {
                return 0;
            }

            var plays = await SequencePlans.ReadAsync(context, following.Select(own => (own.Play, own.PlayVersion)), cancellation);
            conditions = new(database, await ScoreRunQuery.NewestAsync(context, cancellation), [.. plays.Values], cancellation);
            var asking = plays.Where(own => own.Value.Sequence is { } sequence && SequenceConditions.AsksOfRuns(sequence)).Select(own => own.Key.Key).Distinct().ToList();
            var winningBack = plays.Where(own => own.Value.IsWinBack).Select(own => own.Key.Key).Distinct().ToList();
            due = await DueAsync(context, settings, asking, winningBack, conditions.RunId, cancellation);
        }

        var moved = 0;
        foreach (var (accountNo, enrolmentId) in due)
        {
            var result = await mailbox.RunAsync(Viewer.System, async (act, own, writer) =>
            {
                await ContactGate.LockAsync(act.Context, cancellation);
                await act.LockAsync(PlayEdits.Lock);
                return await act.LockAccountAsync(accountNo)
                    && await act.Context.Enrolments.FirstOrDefaultAsync(known => known.AccountNo == accountNo && known.EnrolmentId == enrolmentId && known.State == EnrolmentState.Running, cancellation) is { } enrolment
                    && await new StepWork(act, own, writer, conditions).LookAsync(enrolment)
                    ? ActResult.Done(enrolment)
                    : ActResult.NotFound<Enrolment>();
            }, cancellation);
            moved += result.Outcome == ActOutcome.Done ? 1 : 0;
        }

        return moved;
    }

    private async Task<List<(int AccountNo, string EnrolmentId)>> DueAsync(CustomerSuccessContext context, CompanySettings settings, List<string> asking, List<string> winningBack, int run, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = settings.DayOf(now);
        var running = context.Enrolments.AsNoTracking().Where(own => own.State == EnrolmentState.Running);
        var steps = context.EnrolmentSteps;
        var due = running.Where(own => own.DueAt <= now
            || (own.CheckedRun < run && asking.Contains(own.Play))
            || context.StoredPlays.Any(play => play.PlayKey == own.Play && play.IsOff)
            || steps.Any(step => step.AccountNo == own.AccountNo && step.EnrolmentId == own.EnrolmentId && step.StepNo == own.NextStep && own.DueAt == null && step.State != StepState.Waiting && step.State != StepState.Held)
            || steps.Any(step => step.AccountNo == own.AccountNo && step.EnrolmentId == own.EnrolmentId && step.MailId != null
                && context.MailMessages.Any(mail => mail.AccountNo == step.AccountNo && mail.MailId == step.MailId && (mail.RepliedAt != null || (step.State == StepState.Waiting && !Underway.Contains(mail.Status)))))
            || steps.Any(step => step.AccountNo == own.AccountNo && step.EnrolmentId == own.EnrolmentId && step.State == StepState.Waiting && step.TaskId != null
                && context.WorkTasks.Any(task => task.AccountNo == step.AccountNo && task.TaskId == step.TaskId && (task.DoneAt != null || task.DeletedAt != null)))
            || context.Contacts.Any(contact => contact.AccountNo == own.AccountNo && contact.ContactNo == own.ContactNo
                && (contact.OptOutEmail || contact.LeftOn <= today || contact.VoidedBy != null
                    || context.ContactStops.Any(stop => stop.LiftedAt == null && stop.Channel == Channels.Email && stop.Cause != StopCause.Bounce && (stop.List == null || stop.List == MailLists.Success) && ((contact.EmailKey != null && stop.AddressKey == contact.EmailKey) || (stop.AddressKey == null && stop.AccountNo == contact.AccountNo && stop.ContactNo == contact.ContactNo)))))
            || (own.WasPaying && !context.Subscriptions.Any(term => term.AccountNo == own.AccountNo && term.VoidedBy == null && term.StartedOn <= today && (term.EndedOn == null || term.EndedOn > today)))
            || (!own.WasPaying && winningBack.Contains(own.Play) && context.Subscriptions.Any(term => term.AccountNo == own.AccountNo && term.VoidedBy == null && term.StartedOn <= today && (term.EndedOn == null || term.EndedOn > today)))
            || context.Inquiries.Any(inquiry => inquiry.AccountNo == own.AccountNo && inquiry.VoidedBy == null && inquiry.MergedInto == null && !inquiry.IsSettled && inquiry.Urgency == Core.Inquiries.InquiryPriority.Urgent));
        return
        [
            .. (await due.Select(own => new { own.AccountNo, own.EnrolmentId, own.Value, own.DueAt }).ToListAsync(cancellation))
                .OrderByDescending(own => own.Value ?? decimal.MinValue).ThenBy(own => own.DueAt).ThenBy(own => own.EnrolmentId, StringComparer.Ordinal).Take(Most).Select(own => (own.AccountNo, own.EnrolmentId)),
        ];
    }
}
