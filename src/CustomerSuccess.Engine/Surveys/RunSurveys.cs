using System.Collections.Concurrent;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Surveys;

/// <summary>What one look at all surveys did.</summary>
public sealed record SurveyRunReport(int Invited, int HeldBack, int Reminded, int Expired);

/// <summary>
/// While the application serves: invites people to surveys that are on, reminds them, and follows what becomes of their messages. One process at a time;
/// each transaction leaves whoever it looked at with an invitation and its message or with neither, and goes on where the last one ended.
/// </summary>
public sealed class RunSurveys(Database database, Mailbox mailbox, Acts acts, MailLinks links, SettingsStore settingsStore, LiveChanges live, TimeProvider clock, ILogger<RunSurveys> log) : BackgroundService
{
    private const string Lease = "surveys";
    private const int Batch = 300;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>What goes on all the time is looked at less often than waves, which somebody waits for.</summary>
    private const int LooksPerAudience = 6;
    private static readonly string[] Waking = ["wave_started", "turned_on"];
    private static readonly InvitationState[] Open = [InvitationState.Waiting, InvitationState.Asked, InvitationState.Opened];

    /// <summary>Days on which there was nobody left to ask, by survey: the audience is not read again on such a day.</summary>
    private readonly ConcurrentDictionary<string, (int Version, DateOnly Day)> _nobodyLeft = new(StringComparer.Ordinal);

    private readonly NewBounces _bounces = new(database, clock);

    /// <summary>Looks at every survey once, and does what is due.</summary>
    public Task<SurveyRunReport> RunAsync(CancellationToken cancellation = default) => RunAsync(wavesAlone: false, cancellation);

    private async Task<SurveyRunReport> RunAsync(bool wavesAlone, CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await FollowAsync(cancellation);
        var expired = await ExpireAsync(cancellation);
        var (invited, heldBack, reminded) = (0, 0, 0);
        if (SurveyEdits.Lacks(settings) is null)
        {
            foreach (var survey in await OnAsync(cancellation))
            {
                if (wavesAlone && survey.Mode != SurveyMode.Wave)
                {
                    continue;
                }

                var (more, held) = await InviteAsync(survey, settings, cancellation);
                (invited, heldBack) = (invited + more, heldBack + held);
                reminded += wavesAlone ? 0 : await RemindAsync(survey.SurveyId, cancellation);
            }
        }

        return new(invited, heldBack, reminded, expired);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looks = 0;
        return new RecurringWork(database, clock, log, Lease, Interval).RunAsync(
            (isWoken, held) => RunAsync(wavesAlone: looks++ % LooksPerAudience != 0 && !isWoken, held),
            wake => live.Listen(JournalAreas.Survey, Waking, wake),
            stoppingToken);
    }

    private async Task<List<Survey>> OnAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        return await context.Surveys.AsNoTracking().Where(survey => survey.IsOn && survey.DeletedAt == null).OrderBy(survey => survey.SurveyId).ToListAsync(cancellation);
    }

    /// <summary>Invites whoever is due; returns how many were invited and how many held back.</summary>
    private async Task<(int Invited, int HeldBack)> InviteAsync(Survey survey, CompanySettings settings, CancellationToken cancellation)
    {
        var today = settings.Today(clock);
        if (survey.Mode == SurveyMode.Continuous && _nobodyLeft.TryGetValue(survey.SurveyId, out var known) && known == (survey.Version, today))
        {
            return (0, 0);
        }

        var (invited, heldBack) = (0, 0);
        while (true)
        {
            var step = await StepAsync(survey.SurveyId, cancellation);
            (invited, heldBack) = (invited + step.Invited, heldBack + step.HeldBack);
            if (step.IsNobodyLeft)
            {
                _nobodyLeft[survey.SurveyId] = (survey.Version, today);
            }

            if (!step.GoesOn)
            {
                return (invited, heldBack);
            }
        }
    }

    private sealed record Step(int Invited, int HeldBack, bool GoesOn, bool IsNobodyLeft = false)
    {
        public static Step None { get; } = new(0, 0, false);
    }

    /// <summary>One transaction of inviting.</summary>
    private async Task<Step> StepAsync(string surveyId, CancellationToken cancellation)
    {
        var key = await links.OpenAsync(cancellation);
        var made = Step.None;
        await mailbox.RunAsync(Viewer.System, async (act, settings, writer) =>
        {
            await ContactGate.LockAsync(act.Context, cancellation);
            await act.LockAsync(SurveyEdits.Lock);
            if (await act.Context.Surveys.AsNoTracking().FirstOrDefaultAsync(known => known.SurveyId == surveyId && known.IsOn && known.DeletedAt == null, cancellation) is not { } survey)
            {
                return ActResult.NotFound<Step>();
            }

            var invites = new SurveyInvites(act, settings, writer, key);
            made = survey.Mode == SurveyMode.Wave ? await WaveStepAsync(act, settings, survey, invites) : await DayStepAsync(act, settings, survey, invites);
            if (made is { Invited: 0, HeldBack: 0, GoesOn: false })
            {
                return ActResult.Unchanged(made);
            }

            act.Note(JournalAreas.Survey, "invited", recordId: surveyId, changes: new FieldChanges().Note("invited", null, Text(made.Invited)).Note("held_back", null, Text(made.HeldBack)));
            return ActResult.Done(made);
        }, cancellation);
        return made;
    }

    /// <summary>The next accounts of a wave; the last step ends it.</summary>
    private static async Task<Step> WaveStepAsync(ActScope act, CompanySettings settings, Survey survey, SurveyInvites invites)
    {
        if (await act.Context.SurveyWaves.Where(known => known.SurveyId == survey.SurveyId && known.IsInviting).OrderBy(known => known.WaveNo).FirstOrDefaultAsync(act.Cancellation) is not { } wave)
        {
            return Step.None;
        }

        var version = await VersionAsync(act, survey.SurveyId, wave.Version);
        var (people, last, isEnd) = await new SurveyCandidates(act.Context, version.Plan, settings.DayOf(act.Now), act.Cancellation).OfWaveAsync(wave.LastAccountNo);
        var (invited, heldBack) = await invites.InviteAsync(survey, version, wave.WaveNo, people);
        (wave.LastAccountNo, wave.IsInviting) = (last, !isEnd);
        return new(invited, heldBack, GoesOn: true);
    }

    /// <summary>Whoever is due today of a survey that goes on all the time.</summary>
    private static async Task<Step> DayStepAsync(ActScope act, CompanySettings settings, Survey survey, SurveyInvites invites)
    {
        var today = settings.DayOf(act.Now);
        var version = await VersionAsync(act, survey.SurveyId, survey.Version);
        var plan = version.Plan;
        var candidates = new SurveyCandidates(act.Context, plan, today, act.Cancellation);
        var waveNo = (today.Year * 100) + today.Month;
        IReadOnlyList<SurveyCandidate> people;
        var isNobodyLeft = false;
        if (survey.Mode == SurveyMode.Continuous)
        {
            var start = new Analytics.CompanyCalendar(settings.TimeZone).Start(today);
            var asked = await act.Context.SurveyInvitations.CountAsync(known => known.SurveyId == survey.SurveyId && known.WaveNo == waveNo && known.State != InvitationState.HeldBack && known.CreatedAt >= start, act.Cancellation);
            if (asked >= plan.PerDay)
            {
                return Step.None;
            }

            people = await candidates.OfDayAsync(survey, waveNo, act.Now, Math.Min(Batch, plan.PerDay - asked));
            isNobodyLeft = people.Count == 0;
        }
        else
        {
            waveNo = (waveNo * 100) + today.Day;
            people = survey.Mode == SurveyMode.AfterInquiry
                ? await candidates.OfInquiriesAsync(survey, act.Now)
                : await candidates.OfLeaversAsync(survey, settings.DayOf(survey.OnSince ?? act.Now));
        }

        if (people.Count == 0)
        {
            return Step.None with { IsNobodyLeft = isNobodyLeft };
        }

        await act.Context.Database.ExecuteSqlAsync(
            $"INSERT INTO survey_wave (survey_id, wave_no, version, started_at, last_account_no, is_inviting) VALUES ({survey.SurveyId}, {waveNo}, {version.Version}, {Stored.Instant(act.Now)}, 0, {false}) ON CONFLICT DO NOTHING",
            act.Cancellation);
        var (invited, heldBack) = await invites.InviteAsync(survey, version, waveNo, people);

        // of those who are held back others take the place
        return new(invited, heldBack, GoesOn: survey.Mode == SurveyMode.Continuous && invited + heldBack > 0);
    }

    private static Task<SurveyVersion> VersionAsync(ActScope act, string surveyId, int version) =>
        act.Context.SurveyVersions.AsNoTracking().FirstAsync(known => known.SurveyId == surveyId && known.Version == version, act.Cancellation);

    private async Task<int> RemindAsync(string surveyId, CancellationToken cancellation)
    {
        var key = await links.OpenAsync(cancellation);
        var reminded = 0;
        while (true)
        {
            await using (var context = database.OpenContext())
            {
                // mostly there is nobody, and then nothing is locked
                if ((await DueAsync(context, surveyId, clock.GetUtcNow().UtcDateTime, most: 1, cancellation)).Due.Count == 0)
                {
                    return reminded;
                }
            }

            var step = 0;
            await mailbox.RunAsync(Viewer.System, async (act, settings, writer) =>
            {
                await ContactGate.LockAsync(act.Context, cancellation);
                await act.LockAsync(SurveyEdits.Lock);
                var (due, plans) = await DueAsync(act.Context, surveyId, act.Now, Batch, cancellation);
                if (due.Count == 0)
                {
                    return ActResult.Unchanged("");
                }

                step = due.Count;
                var (accounts, mailIds) = (due.Select(known => known.AccountNo).Distinct().ToList(), due.Select(known => known.MailId).OfType<string>().ToList());
                var answered = await act.Context.MailMessages.AsNoTracking().Where(mail => accounts.Contains(mail.AccountNo) && mailIds.Contains(mail.MailId)).ToDictionaryAsync(mail => mail.MailId, mail => mail.MessageId, cancellation);
                await new SurveyInvites(act, settings, writer, key).RemindAsync(due, plans, answered);
                act.Note(JournalAreas.Survey, "reminded", recordId: surveyId, changes: new FieldChanges().Note("reminded", null, Text(due.Count)));
                return ActResult.Done("");
            }, cancellation);
            reminded += step;
            if (step < Batch)
            {
                return reminded;
            }
        }
    }

    /// <summary>Invitations that are due to be reminded of, as an index of just those that have not been gives them, and the plans of all versions that remind.</summary>
    private static async Task<(List<SurveyInvitation> Due, Dictionary<int, SurveyPlan> Plans)> DueAsync(CustomerSuccessContext context, string surveyId, DateTime now, int most, CancellationToken cancellation)
    {
        var plans = (await context.SurveyVersions.AsNoTracking().Where(known => known.SurveyId == surveyId).ToListAsync(cancellation)).Where(known => known.Plan.ReminderDays is not null).ToDictionary(known => known.Version, known => known.Plan);
        var due = new List<SurveyInvitation>();
        var atLeast = now.AddHours(1);
        foreach (var (version, plan) in plans.Where(_ => due.Count < most))
        {
            var before = now.AddDays(-plan.ReminderDays!.Value);
            due.AddRange(await context.SurveyInvitations
                .Where(known => known.SurveyId == surveyId && known.Version == version && known.RemindedAt == null && known.AskedAt <= before && known.ExpiresAt > atLeast && (known.State == InvitationState.Asked || known.State == InvitationState.Opened))
                .OrderBy(known => known.AskedAt).Take(most - due.Count).ToListAsync(cancellation));
        }

        return (due, plans);
    }

    /// <summary>Takes over what became of the messages: who has been asked, and who was held back after all.</summary>
    private async Task FollowAsync(CancellationToken cancellation)
    {
        await FollowAsync(Left, cancellation);
        await _bounces.FollowAsync((accounts, mails) => FollowAsync(context => Bounced(context).Where(row => accounts.Contains(row.Mail.AccountNo) && mails.Contains(row.Mail.MailId)), cancellation), cancellation);
    }

    /// <summary>Looks for what moved once, without a lock; some at a time are then read again within it, by their keys.</summary>
    private async Task FollowAsync(Func<CustomerSuccessContext, IQueryable<MovedRow>> moved, CancellationToken cancellation)
    {
        List<(int AccountNo, int ContactNo)> keys;
        await using (var context = database.OpenContext())
        {
            keys = [.. (await moved(context).Select(row => new { row.Invitation.AccountNo, row.Invitation.ContactNo }).Distinct().ToListAsync(cancellation)).Select(key => (key.AccountNo, key.ContactNo)).Order()];
        }

        foreach (var some in keys.Chunk(Batch))
        {
            var (accounts, contacts) = (some.Select(key => key.AccountNo).Distinct().ToList(), some.Select(key => key.ContactNo).ToList());
            await acts.RunAsync(Viewer.System, async act =>
            {
                await act.LockAsync(SurveyEdits.Lock);
                var rows = await moved(act.Context).Where(row => accounts.Contains(row.Invitation.AccountNo) && contacts.Contains(row.Invitation.ContactNo)).ToListAsync(cancellation);
                foreach (var row in rows)
                {
                    Follow(row.Invitation, row.Mail);
                }

                if (rows.Count == 0)
                {
                    return ActResult.Unchanged("");
                }

                act.Note(JournalAreas.Survey, "followed", changes: new FieldChanges().Note("invitations", null, Text(rows.Count)));
                return ActResult.Done("");
            }, cancellation);
        }
    }

    private sealed class MovedRow
    {
        public required SurveyInvitation Invitation { get; init; }

        public required MailMessage Mail { get; init; }
    }

    /// <summary>Invitations whose message has left the queue, for the mail server or for good.</summary>
    private static IQueryable<MovedRow> Left(CustomerSuccessContext context) =>
        from invitation in context.SurveyInvitations
        where invitation.State == InvitationState.Waiting
        join mail in context.MailMessages on new { invitation.AccountNo, MailId = invitation.MailId! } equals new { mail.AccountNo, mail.MailId }
        where mail.Status != MailStatus.Queued && mail.Status != MailStatus.Sending && !(mail.Status == MailStatus.Held && mail.Reasons == HoldReasons.Paused)
        select new MovedRow { Invitation = invitation, Mail = mail };

    /// <summary>Those whose message came back.</summary>
    private static IQueryable<MovedRow> Bounced(CustomerSuccessContext context) =>
        from mail in context.MailMessages
        where mail.Status == MailStatus.Bounced && mail.Origin == MailOrigin.Survey
        join invitation in context.SurveyInvitations on new { mail.AccountNo, mail.MailId } equals new { invitation.AccountNo, MailId = invitation.MailId! }
        where invitation.State == InvitationState.Asked
        select new MovedRow { Invitation = invitation, Mail = mail };

    private static void Follow(SurveyInvitation invitation, MailMessage mail)
    {
        if (mail.Status == MailStatus.Sent)
        {
            (invitation.State, invitation.AskedAt) = (InvitationState.Asked, mail.SentAt);
            return;
        }

        invitation.State = InvitationState.HeldBack;
        invitation.AskedAt = null;
        invitation.Reasons = mail.Status switch
        {
            MailStatus.Bounced => HoldReasons.AddressBounced,
            MailStatus.Failed => SurveyHolds.NotDelivered,
            _ => mail.Reasons ?? SurveyHolds.NotDelivered,
        };
        if (mail.Status is MailStatus.Held or MailStatus.Draft)
        {
            // nobody is to let it go on after the survey has given the person up
            mail.Status = MailStatus.Cancelled;
            mail.Version++;
        }
    }

    private async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var expired = 0;
        var due = clock.GetUtcNow().UtcDateTime;
        await using (var context = database.OpenContext())
        {
            if (!await context.SurveyInvitations.AnyAsync(known => Open.Contains(known.State) && known.ExpiresAt <= due, cancellation))
            {
                return 0;
            }
        }

        await acts.RunAsync(Viewer.System, async act =>
        {
            var now = act.Now;
            expired = await act.Context.SurveyInvitations.Where(known => Open.Contains(known.State) && known.ExpiresAt <= now).ExecuteUpdateAsync(set => set.SetProperty(known => known.State, InvitationState.Expired), cancellation);
            if (expired == 0)
            {
                return ActResult.Unchanged("");
            }

            act.Note(JournalAreas.Survey, "expired", changes: new FieldChanges().Note("invitations", null, Text(expired)));
            return ActResult.Done("");
        }, cancellation);
        return expired;
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
