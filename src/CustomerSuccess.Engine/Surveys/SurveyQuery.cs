using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Surveys;

/// <summary>Reads surveys, whom they asked, and what was said.</summary>
public sealed class SurveyQuery(Database database, Mailbox mailbox, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Texts of a question that are shown.</summary>
    public const int MostTexts = 30;

    /// <summary>Every survey by name, with whom it reached among the accounts that the viewer may see.</summary>
    public async Task<IReadOnlyList<SurveyRow>> ListAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var surveys = await context.Surveys.AsNoTracking().Where(survey => survey.DeletedAt == null).ToListAsync(cancellation);
        var groups = await Visible(context, viewer).GroupBy(invitation => new { invitation.SurveyId, invitation.State, IsAsked = invitation.AskedAt != null, IsOpened = invitation.OpenedAt != null })
            .Select(own => new { own.Key, Count = own.Count(), Last = own.Max(invitation => invitation.CreatedAt) }).ToListAsync(cancellation);
        var by = groups.ToLookup(own => own.Key.SurveyId);
        return
        [
            .. surveys.OrderBy(survey => survey.Name, StringComparer.CurrentCultureIgnoreCase).Select(survey => new SurveyRow(
                survey,
                Counts(by[survey.SurveyId].Select(own => (own.Key.State, own.Key.IsAsked, own.Key.IsOpened, own.Count))),
                by[survey.SurveyId].Where(own => own.Key.State != InvitationState.HeldBack).Select(own => (DateTime?)own.Last).Max())),
        ];
    }

    /// <summary>A survey with its history; null where there is none of that id.</summary>
    public async Task<SurveyDetails?> FindAsync(Viewer viewer, string surveyId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await context.Surveys.AsNoTracking().FirstOrDefaultAsync(survey => survey.SurveyId == surveyId, cancellation) is not { } survey)
        {
            return null;
        }

        var versions = await context.SurveyVersions.AsNoTracking().Where(version => version.SurveyId == surveyId).OrderByDescending(version => version.Version).ToListAsync(cancellation);
        var waves = await context.SurveyWaves.AsNoTracking().Where(wave => wave.SurveyId == surveyId).OrderByDescending(wave => wave.StartedAt).ThenByDescending(wave => wave.WaveNo).ToListAsync(cancellation);
        var groups = await Visible(context, viewer).Where(invitation => invitation.SurveyId == surveyId)
            .GroupBy(invitation => new { invitation.WaveNo, invitation.State, IsAsked = invitation.AskedAt != null, IsOpened = invitation.OpenedAt != null })
            .Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        return new(survey, versions, waves, groups.GroupBy(own => own.Key.WaveNo).ToDictionary(own => own.Key, own => Counts(own.Select(row => (row.Key.State, row.Key.IsAsked, row.Key.IsOpened, row.Count)))));
    }

    /// <summary>What came of a survey.</summary>
    /// <param name="viewer">Who asks: only accounts that may be seen count.</param>
    /// <param name="surveyId">Which survey.</param>
    /// <param name="waveNo">One wave; null for all.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<SurveyResults?> ResultsAsync(Viewer viewer, string surveyId, int? waveNo, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var versions = await context.SurveyVersions.AsNoTracking().Where(version => version.SurveyId == surveyId).OrderByDescending(version => version.Version).ToListAsync(cancellation);
        if (versions.Count == 0)
        {
            return null;
        }

        var invitations = Visible(context, viewer).Where(invitation => invitation.SurveyId == surveyId && (waveNo == null || invitation.WaveNo == waveNo));
        var groups = await invitations.GroupBy(invitation => new { invitation.State, IsAsked = invitation.AskedAt != null, IsOpened = invitation.OpenedAt != null }).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        var held = await invitations.Where(invitation => invitation.State == InvitationState.HeldBack).GroupBy(invitation => invitation.Reasons).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        var asked = invitations.Where(invitation => invitation.AskedAt != null && invitation.State != InvitationState.HeldBack);
        var parts = await asked.Join(context.Accounts, invitation => invitation.AccountNo, account => account.AccountNo, (invitation, account) => new { account.Segment, account.OwnerEmail, invitation.State })
            .GroupBy(row => new { row.Segment, row.OwnerEmail, IsAnswered = row.State == InvitationState.Answered }).Select(own => new { own.Key, Count = own.Count() }).ToListAsync(cancellation);
        var answers = await invitations.Where(invitation => invitation.State == InvitationState.Answered)
            .Join(context.Accounts, invitation => invitation.AccountNo, account => account.AccountNo, (invitation, account) => new { invitation.AnswersJson, invitation.Score, At = invitation.AmendedAt ?? invitation.AnsweredAt!.Value, account.AccountNo, account.AccountId, account.Namespace, account.Name })
            .OrderByDescending(row => row.At).ToListAsync(cancellation);

        var said = answers.Select(row => (row, Answers: SurveyText.ReadAnswers(row.AnswersJson))).ToList();
        var questions = versions.SelectMany(version => version.Plan.Questions).DistinctBy(question => question.Id).Select(question =>
        {
            var given = said.Where(one => one.Answers.ContainsKey(question.Id)).Select(one => (one.row, Answer: one.Answers[question.Id])).ToList();
            var numbers = question.Kind is QuestionKind.Score or QuestionKind.Number ? given.Select(one => double.Parse(one.Answer, CultureInfo.InvariantCulture)).ToList() : [];
            return new QuestionResult(
                question, given.Count, Tally(question, [.. given.Select(one => one.Answer)]), numbers.Count > 0 ? numbers.Average() : null,
                question.Kind == QuestionKind.Text ? [.. given.Take(MostTexts).Select(one => new SaidText(one.Answer, one.row.At, one.row.AccountNo, one.row.AccountId, one.row.Namespace, one.row.Name, one.row.Score))] : []);
        }).Where(result => result.Answers > 0 || versions[0].Plan.Questions.Any(question => question.Id == result.Question.Id)).ToList();

        List<ResponsePart> By(Func<string?, string?, string?> key) =>
        [
            .. parts.GroupBy(row => key(row.Key.Segment, row.Key.OwnerEmail?.ToLowerInvariant())).Select(own => new ResponsePart(own.Key, own.Sum(row => row.Count), own.Where(row => row.Key.IsAnswered).Sum(row => row.Count)))
                .OrderByDescending(part => part.Asked).ThenBy(part => part.Value, StringComparer.Ordinal),
        ];
        return new(
            Counts(groups.Select(own => (own.Key.State, own.Key.IsAsked, own.Key.IsOpened, own.Count))),
            [.. held.SelectMany(own => MailRows.Reasons(own.Key).DefaultIfEmpty(SurveyHolds.NotDelivered).Select(reason => (Reason: reason.Split(':')[0], own.Count))).GroupBy(one => one.Reason).Select(one => (one.Key, one.Sum(row => row.Count))).OrderByDescending(one => one.Item2).ThenBy(one => one.Key, StringComparer.Ordinal)],
            By((segment, _) => segment), By((_, owner) => owner),
            versions[0].Plan.Kind == SurveyKind.Nps ? NpsOf(answers.Select(row => row.Score).OfType<double>()) : null,
            questions);
    }

    /// <summary>Custom attributes that answers may be written to, by record and name.</summary>
    public async Task<IReadOnlyList<AttributeDefinition>> AttributesAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.Attributes.AsNoTracking().Where(attribute => attribute.IsCustom && (attribute.Type == AttributeType.Category || attribute.Type == AttributeType.Number))
            .OrderBy(attribute => attribute.Record).ThenBy(attribute => attribute.Name).ToListAsync(cancellation);
    }

    /// <summary>Who was asked, or was not, newest first.</summary>
    public async Task<Capped<InvitationRow>> PeopleAsync(Viewer viewer, string surveyId, InvitationFilter filter, int offset, int count, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var invitations = Visible(context, viewer).Where(invitation => invitation.SurveyId == surveyId && (filter.WaveNo == null || invitation.WaveNo == filter.WaveNo));
        invitations = filter.Show switch
        {
            InvitationShow.Answered => invitations.Where(invitation => invitation.State == InvitationState.Answered),
            InvitationShow.Silent => invitations.Where(invitation => invitation.AskedAt != null && (invitation.State == InvitationState.Asked || invitation.State == InvitationState.Opened || invitation.State == InvitationState.Expired)),
            InvitationShow.HeldBack => invitations.Where(invitation => invitation.State == InvitationState.HeldBack),
            InvitationShow.Waiting => invitations.Where(invitation => invitation.State == InvitationState.Waiting),
            _ => invitations,
        };
        var total = await invitations.CountAsync(cancellation);
        var rows = await (
            from invitation in invitations.OrderByDescending(invitation => invitation.AnsweredAt ?? invitation.CreatedAt).ThenBy(invitation => invitation.AccountNo).ThenBy(invitation => invitation.ContactNo).Skip(offset).Take(count)
            join account in context.Accounts on invitation.AccountNo equals account.AccountNo
            join contact in context.Contacts on new { invitation.AccountNo, invitation.ContactNo } equals new { contact.AccountNo, contact.ContactNo } into contacts
            from person in contacts.DefaultIfEmpty()
            orderby invitation.AnsweredAt ?? invitation.CreatedAt descending, invitation.AccountNo, invitation.ContactNo
            select new { invitation, account.AccountId, account.Namespace, account.Name, account.OwnerEmail, Contact = person == null ? null : person.Name ?? person.Email }).ToListAsync(cancellation);
        return new(total, [.. rows.Select(row => new InvitationRow(row.invitation, row.AccountId, row.Namespace, row.Name, row.OwnerEmail, row.Contact))]);
    }

    /// <summary>The message of a survey as a real account would get it; nothing is kept. Problems as of <see cref="Mailbox.PreviewAsync"/>.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="plan">The survey as it is being written.</param>
    /// <param name="accountNo">The account; null for the first of the audience that the viewer may see.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<Core.Journal.ActResult<SurveyPreview>> PreviewAsync(Viewer viewer, SurveyPlan plan, int? accountNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        plan = SurveyRules.Clean(plan);
        SurveyCandidate? person;
        int? accounts;
        string? country;
        await using (var context = database.OpenContext())
        {
            var candidates = new SurveyCandidates(context, plan, settings.Today(clock), cancellation);
            accounts = plan.Mode is SurveyMode.Wave or SurveyMode.Continuous ? await candidates.CountAsync() : null;
            var visible = context.Accounts.VisibleTo(viewer);
            person = await candidates.OneAsync(visible, accountNo);
            country = person is null ? null : await visible.Where(account => account.AccountNo == person.AccountNo).Select(account => account.Country).FirstOrDefaultAsync(cancellation);
        }

        if (person is null || plan.Questions.Count == 0)
        {
            return Core.Journal.ActResult.NotFound<SurveyPreview>();
        }

        var language = plan.LanguageFor(MailLanguage.Of(person.Language, Country.Find(country), settings.MailLanguage));
        var link = (settings.WebAddress.Length > 0 ? settings.WebAddress : "https://example.com") + "/s/preview";
        var result = await mailbox.PreviewAsync(viewer, new NewMail
        {
            AccountNo = person.AccountNo,
            ContactNo = person.ContactNo,
            Purpose = Purpose.Proactive,
            Origin = MailOrigin.Survey,
            Language = language,
            Subject = SurveyMail.Subject(plan, language, isReminder: false),
            Body = SurveyMail.Body(plan, language, isReminder: false, settings.Today(clock).AddDays(plan.ExpiryDays)),
            Fields = new Dictionary<string, FieldValue> { [SurveyMail.Buttons] = new MarkupField(SurveyMail.ButtonMarkup(plan, language, link)) },
        }, cancellation);
        return result.Value is { } mail ? Core.Journal.ActResult.Done(new SurveyPreview(mail, accounts)) : Core.Journal.ActResult.Invalid<SurveyPreview>(result.Problems);
    }

    private static IReadOnlyList<(string Value, int Count)> Tally(SurveyQuestion question, List<string> answers)
    {
        var by = answers.CountBy(answer => answer, StringComparer.Ordinal).ToDictionary(own => own.Key, own => own.Value, StringComparer.Ordinal);
        IEnumerable<string> known = question.Kind switch
        {
            QuestionKind.Score => Enumerable.Range((int)(question.Least ?? 0), (int)((question.Most ?? 10) - (question.Least ?? 0)) + 1).Select(score => score.ToString(CultureInfo.InvariantCulture)),
            QuestionKind.Choice => question.Choices.Select(choice => choice.Value),
            _ => [],
        };
        return question.Kind is QuestionKind.Score or QuestionKind.Choice
            ? [.. known.Union(by.Keys, StringComparer.Ordinal).Select(value => (value, by.GetValueOrDefault(value)))]
            : [];
    }

    private static NetPromoter? NpsOf(IEnumerable<double> scores)
    {
        var counts = new int[3];
        foreach (var score in scores)
        {
            counts[(int)NetPromoter.GroupOf(score)]++;
        }

        return NetPromoter.Of(counts);
    }

    private static SurveyCounts Counts(IEnumerable<(InvitationState State, bool IsAsked, bool IsOpened, int Count)> groups)
    {
        var counts = SurveyCounts.None;
        foreach (var (state, isAsked, isOpened, count) in groups)
        {
            var reached = isAsked && state != InvitationState.HeldBack ? count : 0;
            counts = new(
                counts.Waiting + (state == InvitationState.Waiting ? count : 0), counts.Asked + reached, counts.Opened + (isOpened ? reached : 0),
                counts.Answered + (state == InvitationState.Answered ? count : 0), counts.Expired + (state == InvitationState.Expired ? reached : 0), counts.HeldBack + (state == InvitationState.HeldBack ? count : 0));
        }

        return counts;
    }

    private static IQueryable<SurveyInvitation> Visible(CustomerSuccessContext context, Viewer viewer)
    {
        var invitations = context.SurveyInvitations.AsNoTracking();
        if (!viewer.OwnPortfolioOnly)
        {
            return invitations;
        }

        var accounts = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
        return invitations.Where(invitation => accounts.Contains(invitation.AccountNo));
    }
}
