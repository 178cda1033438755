using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Surveys;

/// <summary>Whether a link takes answers.</summary>
public enum LinkState
{
    Open,

    /// <summary>Answered before; the answer can be changed.</summary>
    Answered,

    /// <summary>Its time has passed, or the survey is gone.</summary>
    Closed,
}

/// <summary>What whoever has a link is shown: the questions, and what he or she said before.</summary>
/// <param name="Sender">Who asks, in both languages; empty where it is not set.</param>
/// <param name="Answers">By question.</param>
public sealed record SurveyAsked(SurveyPlan Plan, string Language, LinkState State, DateTime ExpiresAt, string TimeZone, string SenderEn, string SenderJa, IReadOnlyDictionary<string, string> Answers, double? Score)
{
    public string SenderIn(string language) => language == "ja" ? SenderJa : SenderEn;
}

/// <summary>Takes answers from whoever has a link: what is said becomes a fact of the source <c>app</c> at once, and an answer given again replaces what was said.</summary>
public sealed class SurveyAnswers(Database database, Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    private const int LongestTaskDetail = 1_000;

    /// <summary>What a link asks; null for a link that is none of ours, or whose invitation is gone.</summary>
    public async Task<SurveyAsked?> FindAsync(MailLink link, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await Of(context, link).AsNoTracking().FirstOrDefaultAsync(cancellation) is not { } invitation || await PlanAsync(context, invitation, cancellation) is not var (survey, plan))
        {
            return null;
        }

        var state = IsClosed(survey, invitation, clock.GetUtcNow().UtcDateTime) ? LinkState.Closed : invitation.AnsweredAt is null ? LinkState.Open : LinkState.Answered;
        return new(plan, invitation.Language, state, invitation.ExpiresAt, settings.TimeZone, settings.SenderNameIn("en"), settings.SenderNameIn("ja"), SurveyText.ReadAnswers(invitation.AnswersJson), invitation.Score);
    }

    /// <summary>The questions were looked at; scanners that follow every link do not count.</summary>
    public async Task SeenAsync(MailLink link, string method, string? agent, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var now = clock.GetUtcNow().UtcDateTime;
        if (await Of(context, link).AsNoTracking().FirstOrDefaultAsync(cancellation) is not { State: InvitationState.Waiting or InvitationState.Asked } invitation)
        {
            return;
        }

        var sentAt = invitation.AskedAt ?? await context.MailMessages.Where(mail => mail.AccountNo == invitation.AccountNo && mail.MailId == invitation.MailId).Select(mail => mail.SentAt).FirstOrDefaultAsync(cancellation);
        if (!MailHits.IsMachine(method, agent, now, sentAt))
        {
            await Of(context, link).Where(known => known.State == InvitationState.Waiting || known.State == InvitationState.Asked)
                .ExecuteUpdateAsync(set => set.SetProperty(known => known.State, InvitationState.Opened).SetProperty(known => known.OpenedAt, now).SetProperty(known => known.AskedAt, known => known.AskedAt ?? sentAt), cancellation);
        }
    }

    /// <summary>Takes answers, all or none.</summary>
    /// <param name="link">Whose.</param>
    /// <param name="typed">By question, as they were sent; others are left out.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    /// <returns>Done with the invitation; not found where the link is none of ours; invalid by question with the codes of <see cref="SurveyRules.Read"/>, or <c>link</c> is <c>closed</c>.</returns>
    public async Task<ActResult<SurveyInvitation>> AnswerAsync(MailLink link, IReadOnlyDictionary<string, string?> typed, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(Viewer.System, async act =>
        {
            if (!await act.LockAccountAsync(link.AccountNo) || await Of(act.Context, link).FirstOrDefaultAsync(cancellation) is not { } invitation || await PlanAsync(act.Context, invitation, cancellation) is not var (survey, plan))
            {
                return ActResult.NotFound<SurveyInvitation>();
            }

            if (IsClosed(survey, invitation, act.Now))
            {
                return ActResult.Invalid<SurveyInvitation>("link", "closed");
            }

            var answers = new Dictionary<string, string>();
            var problems = new Dictionary<string, string>();
            foreach (var question in plan.Questions)
            {
                if (SurveyRules.Read(question, typed.GetValueOrDefault(question.Id), out var value) is { } problem)
                {
                    problems[question.Id] = problem;
                }
                else if (value is not null)
                {
                    answers[question.Id] = value;
                }
            }

            if (problems.Count == 0 && answers.Count == 0)
            {
                problems[plan.Questions[0].Id] = "missing";
            }

            if (problems.Count > 0)
            {
                return ActResult.Invalid<SurveyInvitation>(problems);
            }

            var json = SurveyText.WriteAnswers(answers);
            if (invitation.AnswersJson == json)
            {
                return ActResult.Unchanged(invitation);
            }

            await KeepAsync(new Given(act, settings, survey, plan, invitation, answers, plan.HasScore ? double.Parse(answers[plan.Questions[0].Id], CultureInfo.InvariantCulture) : null), json);
            return ActResult.Done(invitation);
        }, cancellation);
    }

    /// <summary>An answer that is about to be kept.</summary>
    private sealed record Given(ActScope Act, CompanySettings Settings, Survey Survey, SurveyPlan Plan, SurveyInvitation Invitation, Dictionary<string, string> Answers, double? Score)
    {
        /// <summary>What was written in words: the first of the texts.</summary>
        public string? Comment => Plan.Questions.Where(question => question.Kind == QuestionKind.Text).Select(question => Answers.GetValueOrDefault(question.Id)).FirstOrDefault(text => text is not null);
    }

    private static async Task KeepAsync(Given given, string json)
    {
        var (act, invitation) = (given.Act, given.Invitation);
        var before = invitation.Score;
        var isFirst = invitation.AnsweredAt is null;
        if (isFirst)
        {
            var sentAt = await act.Context.MailMessages.Where(mail => mail.AccountNo == invitation.AccountNo && mail.MailId == invitation.MailId).Select(mail => mail.SentAt).FirstOrDefaultAsync(act.Cancellation);
            (invitation.AnsweredAt, invitation.AskedAt, invitation.OpenedAt, invitation.Reasons) = (act.Now, invitation.AskedAt ?? sentAt ?? act.Now, invitation.OpenedAt ?? act.Now, null);

            // whoever has answered is not reminded
            var reminder = invitation.ReminderMailId;
            await act.Context.MailMessages.Where(mail => mail.AccountNo == invitation.AccountNo && mail.MailId == reminder && (mail.Status == MailStatus.Queued || mail.Status == MailStatus.Held))
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Status, MailStatus.Cancelled).SetProperty(mail => mail.Reasons, HoldReasons.OriginEnded).SetProperty(mail => mail.Version, mail => mail.Version + 1), act.Cancellation);
        }
        else
        {
            invitation.AmendedAt = act.Now;
        }

        (invitation.State, invitation.AnswersJson, invitation.Score) = (InvitationState.Answered, json, given.Score);
        await PutFactAsync(given);
        await PutAttributesAsync(given);
        await FollowUpAsync(given);
        if (given.Score is { } score && SurveyRules.GroupOf(given.Plan.Kind, score) == ScoreGroup.Low)
        {
            act.Notify(new(NoticeKinds.Detractor, "detractor:" + invitation.InvitationId, JournalAreas.Answer, invitation.AccountNo, invitation.InvitationId) { ToOwner = true, Args = new Dictionary<string, string> { ["survey"] = given.Survey.Name, ["score"] = Text(given.Score)! } });
        }

        act.Note(JournalAreas.Survey, isFirst ? "answered" : "amended", invitation.AccountNo, invitation.InvitationId, new FieldChanges().Note("survey", null, given.Survey.Name).Note("score", Text(before), Text(given.Score)));
    }

    /// <summary>The answer among the facts. What is said of an inquiry stands with the inquiry and nowhere else, so that it counts once.</summary>
    private static async Task PutFactAsync(Given given)
    {
        var (act, invitation) = (given.Act, given.Invitation);
        if (given.Plan.FactKind is not { } kind || given.Score is not { } score)
        {
            return;
        }

        if (given.Plan.Kind == SurveyKind.Csat && InquiryKey.TryParse(invitation.RecordId) is { } key)
        {
            var hash = SurveyInvites.RequestHash(invitation.InvitationId);
            if (await InquiryActs.FindAsync(act, new InquiryRef(invitation.AccountNo, key)) is { } inquiry
                && await act.Context.SatisfactionRequests.FirstOrDefaultAsync(request => request.TokenHash == hash, act.Cancellation) is { } request)
            {
                var comment = given.Comment is { Length: > SatisfactionRequest.LongestComment } longer ? longer[..SatisfactionRequest.LongestComment] : given.Comment;
                await SatisfactionRequests.PutAsync(act, inquiry, request, (int)score, comment, given.Settings);
                return;
            }
        }

        var source = await AppSource.NumberAsync(act.Context, act.Cancellation);
        var fact = await act.Context.SurveyResponses.FindAsync([invitation.AccountNo, source, invitation.InvitationId], act.Cancellation);
        if (fact is null)
        {
            fact = new SurveyResponse { AccountNo = invitation.AccountNo, SourceId = source, FactId = invitation.InvitationId, Kind = kind, ImportFileId = AppSource.NoImportFile };
            act.Context.SurveyResponses.Add(fact);
        }

        var (least, most) = given.Plan.Scale!.Value;
        var day = given.Settings.DayOf(fact.RespondedAt == default ? act.Now : fact.RespondedAt);

        // an answer that was changed is known from the change on: no earlier day may see it
        (fact.ContactNo, fact.Survey, fact.Score, fact.ScaleMin, fact.ScaleMax, fact.Comment, fact.RespondedAt) = (invitation.ContactNo, given.Survey.Name, score, least, most, given.Comment, act.Now);
        await AppSource.NoteChangeAsync(act.Context, invitation.AccountNo, day, act.Cancellation);
    }

    /// <summary>Answers that write to custom attributes do so as somebody who edits them would; a value that no longer fits is left out.</summary>
    private static async Task PutAttributesAsync(Given given)
    {
        var (act, invitation) = (given.Act, given.Invitation);
        var today = given.Settings.DayOf(act.Now);
        foreach (var owner in Enum.GetValues<AttributeOwner>())
        {
            var written = given.Plan.Questions.Where(question => question.Attribute is not null && question.AttributeOf == owner && given.Answers.ContainsKey(question.Id)).ToList();
            if (written.Count == 0)
            {
                continue;
            }

            EditedProfile profile;
            if (owner == AttributeOwner.Account)
            {
                profile = await EditedProfile.OfAsync(act.Context, await act.Context.Accounts.SingleAsync(account => account.AccountNo == invitation.AccountNo, act.Cancellation), [], today, act.Cancellation);
            }
            else if (await act.Context.Contacts.FindAsync([invitation.AccountNo, invitation.ContactNo], act.Cancellation) is { VoidedBy: null } contact)
            {
                profile = await EditedProfile.OfAsync(act.Context, contact, [], today, act.Cancellation);
            }
            else
            {
                continue;
            }

            foreach (var question in written)
            {
                await profile.PutAsync([new FieldEdit(question.Attribute!, profile.Read()[question.Attribute!], given.Answers[question.Id])], act.Cancellation);
            }

            if (profile.ChangedFrom is { } from)
            {
                await AppSource.NoteChangeAsync(act.Context, invitation.AccountNo, from, act.Cancellation);
                act.Note(owner == AttributeOwner.Account ? JournalAreas.Account : JournalAreas.Contact, "changed", invitation.AccountNo, owner == AttributeOwner.Account ? null : invitation.ContactNo.ToString(CultureInfo.InvariantCulture), profile.Changes);
            }
        }
    }

    /// <summary>The owner gets a task where the survey asks for one; once, however often the answer is changed.</summary>
    private static async Task FollowUpAsync(Given given)
    {
        var (act, invitation) = (given.Act, given.Invitation);
        if (invitation.TaskId is not null || given.Plan.FollowUpOf(given.Score) is not { Task: { } title } follow)
        {
            return;
        }

        var owner = await act.Context.Accounts.Where(account => account.AccountNo == invitation.AccountNo).Select(account => account.OwnerEmail).FirstOrDefaultAsync(act.Cancellation);
        if ((owner ?? given.Survey.ChangedByEmail)?.ToLowerInvariant() is not { Length: > 0 } assignee)
        {
            return;
        }

        var said = string.Create(CultureInfo.InvariantCulture, $"{given.Survey.Name} · {given.Score}/{given.Plan.Scale!.Value.Most}") + (given.Comment is { } comment ? "\n\n" + comment : "");
        var id = act.NewId();
        act.Context.WorkTasks.Add(new WorkTask
        {
            AccountNo = invitation.AccountNo,
            TaskId = id,
            SeriesId = id,
            Title = title,
            Detail = said.Length <= LongestTaskDetail ? said : said[..(LongestTaskDetail - 1)] + "…",
            ContactNo = invitation.ContactNo,
            DueOn = given.Settings.DayOf(act.Now).AddDays(follow.DueDays),
            Priority = follow.Group == ScoreGroup.Low ? TaskPriority.High : TaskPriority.Normal,
            AssigneeEmail = assignee,
            Origin = "survey:" + invitation.InvitationId,
            CreatedAt = act.Now,
            CreatedByUser = act.Viewer.UserId,
            Version = 1,
        });
        invitation.TaskId = id;
        act.Note(JournalAreas.Task, "created", invitation.AccountNo, id, new FieldChanges().Note("title", null, title).Note("assignee", null, assignee));
    }

    private static IQueryable<SurveyInvitation> Of(CustomerSuccessContext context, MailLink link) =>
        context.SurveyInvitations.Where(known => known.AccountNo == link.AccountNo && known.InvitationId == link.MailId);

    private static bool IsClosed(Survey survey, SurveyInvitation invitation, DateTime now) => survey.DeletedAt is not null || invitation.ExpiresAt <= now;

    private static async Task<(Survey Survey, SurveyPlan Plan)?> PlanAsync(CustomerSuccessContext context, SurveyInvitation invitation, CancellationToken cancellation) =>
        await context.Surveys.AsNoTracking().FirstOrDefaultAsync(known => known.SurveyId == invitation.SurveyId, cancellation) is { } survey
        && await context.SurveyVersions.AsNoTracking().FirstOrDefaultAsync(known => known.SurveyId == invitation.SurveyId && known.Version == invitation.Version, cancellation) is { } version
            ? (survey, version.Plan)
            : null;

    private static string? Text(double? number) => number?.ToString(CultureInfo.InvariantCulture);
}
