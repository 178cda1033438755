using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Surveys;

/// <summary>
/// Writes invitations and their messages in one transaction, so that whoever is asked has exactly one of each whenever a process dies. The caller holds the locks
/// of contacts and surveys.
/// </summary>
internal sealed class SurveyInvites(ActScope act, CompanySettings settings, OutboxWriter writer, MailLinks.Key links)
{
    /// <summary>Invites people to a wave, or notes why somebody is not invited.</summary>
    /// <param name="survey">The survey.</param>
    /// <param name="version">What is asked.</param>
    /// <param name="waveNo">The wave.</param>
    /// <param name="people">Whom.</param>
    /// <returns>How many were invited and how many held back.</returns>
    public async Task<(int Invited, int HeldBack)> InviteAsync(Survey survey, SurveyVersion version, int waveNo, IReadOnlyList<SurveyCandidate> people)
    {
        var (context, plan, today) = (act.Context, version.Plan, settings.DayOf(act.Now));
        var contacts = people.Select(person => person.ContactNo).ToList();
        var had = await context.SurveyInvitations.AsNoTracking().Where(known => known.SurveyId == survey.SurveyId && known.WaveNo == waveNo && contacts.Contains(known.ContactNo)).Select(known => known.ContactNo).ToListAsync(act.Cancellation);
        people = [.. people.Where(person => !had.Contains(person.ContactNo)).DistinctBy(person => person.ContactNo)];
        if (people.Count == 0)
        {
            return (0, 0);
        }

        var accounts = people.Select(person => person.AccountNo).Distinct().ToList();
        var countries = await context.Accounts.AsNoTracking().Where(account => accounts.Contains(account.AccountNo)).ToDictionaryAsync(account => account.AccountNo, account => Country.Find(account.Country), act.Cancellation);
        var throttle = await SurveyThrottle.ReadAsync(context, plan, people, today, act.Now, act.Cancellation);
        var asked = new List<SurveyInvitation>();
        var mails = new List<NewMail>();
        var heldBack = 0;
        foreach (var person in people)
        {
            var invitation = New(survey, version, waveNo, person, plan.LanguageFor(MailLanguage.Of(person.Language, countries.GetValueOrDefault(person.AccountNo), settings.MailLanguage)));
            context.SurveyInvitations.Add(invitation);
            if (throttle.Take(person) is { } hold)
            {
                (invitation.State, invitation.Reasons) = (InvitationState.HeldBack, hold);
                heldBack++;
                continue;
            }

            var mail = Message(invitation, plan, isReminder: false, null);
            invitation.MailId = mail.Id;
            asked.Add(invitation);
            mails.Add(mail);
        }

        await SendAsync(mails, (i, summary) =>
        {
            (asked[i].State, asked[i].Reasons) = (InvitationState.HeldBack, MailRows.Joined(summary.Reasons));
            heldBack++;
        });
        AskInquiries(asked.Where(invitation => invitation.State != InvitationState.HeldBack && invitation is { Kind: SurveyKind.Csat, RecordId: not null }));
        return (people.Count - heldBack, heldBack);
    }

    /// <summary>Reminds people once.</summary>
    /// <param name="due">Tracked invitations that have not been answered.</param>
    /// <param name="plans">What they ask, by version.</param>
    /// <param name="answered">Message-IDs of the messages that asked.</param>
    public async Task RemindAsync(IReadOnlyList<SurveyInvitation> due, IReadOnlyDictionary<int, SurveyPlan> plans, IReadOnlyDictionary<string, string?> answered)
    {
        var mails = new List<NewMail>();
        foreach (var invitation in due)
        {
            var mail = Message(invitation, plans[invitation.Version], isReminder: true, invitation.MailId is { } id ? answered.GetValueOrDefault(id) : null);
            (invitation.RemindedAt, invitation.ReminderMailId) = (act.Now, mail.Id);
            mails.Add(mail);
        }

        await SendAsync(mails, (_, _) => { });
    }

    /// <summary>Where the questions of an invitation stand.</summary>
    public static string Address(CompanySettings settings, MailLinks.Key links, SurveyInvitation invitation) =>
        $"{settings.WebAddress}/s/{links.Make(new MailLink(MailLinkKind.Survey, invitation.AccountNo, invitation.InvitationId, 1))}";

    /// <summary>The token by which the desk's request for satisfaction is found again: it is no link's.</summary>
    public static string RequestHash(string invitationId) => SatisfactionRequests.HashOf("survey:" + invitationId);

    /// <summary>Queues messages; what may not be sent is cancelled, lest somebody lets it go on later, and told.</summary>
    private async Task SendAsync(List<NewMail> mails, Action<int, MailSummary> refused)
    {
        if (mails.Count == 0)
        {
            return;
        }

        var report = await MailInAct.SendManyAsync(act, settings, writer, mails);
        var summaries = report.Value?.Mails ?? throw new InvalidOperationException($"Invitations cannot be written: {report.Outcome} {string.Join(' ', report.Problems)}");
        for (var i = 0; i < summaries.Count; i++)
        {
            if (summaries[i].Status is MailStatus.Held or MailStatus.Cancelled)
            {
                var message = act.Context.MailMessages.Local.First(mail => mail.MailId == summaries[i].MailId);
                message.Status = MailStatus.Cancelled;
                refused(i, summaries[i]);
            }
        }
    }

    private SurveyInvitation New(Survey survey, SurveyVersion version, int waveNo, SurveyCandidate person, string language) => new()
    {
        AccountNo = person.AccountNo,
        SurveyId = survey.SurveyId,
        WaveNo = waveNo,
        ContactNo = person.ContactNo,
        InvitationId = act.NewId(),
        Kind = survey.Kind,
        Version = version.Version,
        AddressKey = person.AddressKey,
        Language = language,
        State = InvitationState.Waiting,
        RecordId = person.RecordId,
        CreatedAt = act.Now,
        ExpiresAt = act.Now.AddDays(version.Plan.ExpiryDays),
    };

    private NewMail Message(SurveyInvitation invitation, SurveyPlan plan, bool isReminder, string? inReplyTo) => new()
    {
        AccountNo = invitation.AccountNo,
        ContactNo = invitation.ContactNo,
        Id = act.NewId(),
        Purpose = Purpose.Proactive,
        Origin = MailOrigin.Survey,
        OriginId = invitation.SurveyId,
        OriginStep = isReminder ? 2 : 1,
        Language = invitation.Language,
        Subject = SurveyMail.Subject(plan, invitation.Language, isReminder),
        Body = SurveyMail.Body(plan, invitation.Language, isReminder, settings.DayOf(invitation.ExpiresAt)),
        Fields = new Dictionary<string, FieldValue> { [SurveyMail.Buttons] = new MarkupField(SurveyMail.ButtonMarkup(plan, invitation.Language, Address(settings, links, invitation))) },
        NotAfter = invitation.ExpiresAt,
        InReplyTo = inReplyTo,
        RecordsTouch = false,
    };

    /// <summary>The desk sees that its customer was asked, and asks no second time.</summary>
    private void AskInquiries(IEnumerable<SurveyInvitation> asked)
    {
        foreach (var invitation in asked)
        {
            var key = InquiryKey.TryParse(invitation.RecordId)!.Value;
            act.Context.SatisfactionRequests.Add(new SatisfactionRequest
            {
                AccountNo = invitation.AccountNo,
                SourceId = key.SourceId,
                FactId = key.FactId,
                RequestId = act.NewId(),
                TokenHash = RequestHash(invitation.InvitationId),
                AskedAt = act.Now,
                ExpiresAt = invitation.ExpiresAt,
            });
        }
    }
}
