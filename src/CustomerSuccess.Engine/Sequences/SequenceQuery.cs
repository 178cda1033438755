using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Sequences;

/// <summary>An enrolment in a list.</summary>
/// <param name="Enrolment">Where it stands.</param>
/// <param name="AccountName">Its account.</param>
/// <param name="ContactName">Whom it reaches; null for nobody in particular.</param>
/// <param name="Sequence">The steps that it follows.</param>
/// <param name="Steps">Those that were begun, in their order.</param>
/// <param name="Mail">The message of the step under way; null where there is none.</param>
public sealed record EnrolmentRow(Enrolment Enrolment, string AccountId, string Namespace, string AccountName, string? ContactName, PlaySequence? Sequence, IReadOnlyList<EnrolmentStep> Steps, MailMessage? Mail)
{
    /// <summary>The step that comes next or is under way; null at the end.</summary>
    public PlayStep? Next => Enrolment.State == EnrolmentState.Running ? Sequence?.Steps.ElementAtOrDefault(Enrolment.NextStep - 1) : null;

    /// <summary>From when the next contact is made, UTC, as far as is known: the step's day, or the moment until which limits let its message wait.</summary>
    public DateTime? NextAt => Enrolment.DueAt ?? (Mail?.Status == MailStatus.Queued ? Mail.NotBefore : null);
}

/// <summary>Enrolments of a play, newest first, with how many there are in each state.</summary>
public sealed record EnrolmentPage(IReadOnlyList<EnrolmentRow> Rows, IReadOnlyDictionary<EnrolmentState, int> Counts, IReadOnlyDictionary<string, int> Reasons)
{
    public int Total => Counts.Values.Sum();
}

/// <summary>A step as it would reach an account.</summary>
/// <param name="StepNo">From 1.</param>
/// <param name="Step">What it says.</param>
/// <param name="DueAt">When it would be due, UTC, if every step before it were done at once.</param>
/// <param name="Language"><c>en</c> or <c>ja</c>.</param>
/// <param name="Subject">With fields filled in.</param>
/// <param name="Text">With fields filled in.</param>
/// <param name="Reasons">What would hold it back: codes of <see cref="HoldReasons"/>.</param>
public sealed record StepPreview(int StepNo, PlayStep Step, DateTime DueAt, string Language, string Subject, string Text, IReadOnlyList<string> Reasons);

/// <summary>A letter that was prepared and waits to be posted.</summary>
/// <param name="Key">Names it.</param>
/// <param name="AccountName">The company as the envelope names it.</param>
/// <param name="Address">The postal address.</param>
/// <param name="Addressee">The line with 様 or 御中, in the customer's language.</param>
public sealed record PreparedLetter(LetterKey Key, string Play, string AccountId, string Namespace, string AccountName, string? Department, string? Title, string? Person, string Addressee, string Address, string Subject, string Text, DateTime PreparedAt, string? OwnerEmail);

/// <summary>Reads who is in which sequence, and what its steps would say.</summary>
public sealed class SequenceQuery(Database database, SettingsStore settingsStore, Mailbox mailbox, TimeProvider clock)
{
    /// <summary>Letters that one list holds.</summary>
    public const int MostLetters = 1_000;

    /// <summary>Enrolments of a play that the viewer may see.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="play">The play's key.</param>
    /// <param name="state">In one state; null for all.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<EnrolmentPage> OfPlayAsync(Viewer viewer, string play, EnrolmentState? state, int take, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var all = context.Enrolments.AsNoTracking().Where(own => own.Play == play && context.Accounts.VisibleTo(viewer).Any(account => account.AccountNo == own.AccountNo));
        var counts = await all.GroupBy(own => own.State).Select(own => new { own.Key, Count = own.Count() }).ToDictionaryAsync(own => own.Key, own => own.Count, cancellation);
        var reasons = await all.Where(own => own.EndReason != null).GroupBy(own => own.EndReason!).Select(own => new { own.Key, Count = own.Count() }).ToDictionaryAsync(own => own.Key, own => own.Count, cancellation);
        var rows = await all.Where(own => state == null || own.State == state).OrderByDescending(own => own.StartedAt).ThenBy(own => own.EnrolmentId).Take(take).ToListAsync(cancellation);
        return new(await RowsAsync(context, rows, cancellation), counts, reasons);
    }

    /// <summary>Enrolments of an account, running ones first; null where the viewer sees no such account.</summary>
    public async Task<IReadOnlyList<EnrolmentRow>?> OfAccountAsync(Viewer viewer, int accountNo, int take, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (!await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation))
        {
            return null;
        }

        var rows = await context.Enrolments.AsNoTracking().Where(own => own.AccountNo == accountNo)
            .OrderBy(own => own.EndedAt != null).ThenByDescending(own => own.StartedAt).ThenBy(own => own.EnrolmentId).Take(take).ToListAsync(cancellation);
        return await RowsAsync(context, rows, cancellation);
    }

    /// <summary>The play of a key where it has steps and is on; null otherwise.</summary>
    public async Task<Play?> StartableAsync(string play, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await SequencePlans.CurrentAsync(context, play, cancellation) is { Play: { IsOn: true, Sequence: not null } found } ? found : null;
    }

    /// <summary>People of an account whom the sequence of a play can reach, the closest to us first.</summary>
    public async Task<IReadOnlyList<Contact>> PeopleAsync(Viewer viewer, Play play, int accountNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var contacts = await context.Contacts.AsNoTracking()
            .Where(contact => contact.AccountNo == accountNo && contact.VoidedBy == null && context.Accounts.VisibleTo(viewer).Any(account => account.AccountNo == accountNo)).ToListAsync(cancellation);
        return play.Sequence is { } sequence ? [.. Enrolling.Reachable(contacts, sequence, settings.DayOf(clock.GetUtcNow().UtcDateTime))] : [];
    }

    /// <summary>The steps of a play as a real account would get them, in both languages or in its own. Nothing is kept.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="play">A play with a sequence.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="contactNo">Whom; null for whoever is closest to us.</param>
    /// <param name="languages">Which; none for the customer's own.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <returns>Null where the viewer sees no such account.</returns>
    public async Task<IReadOnlyList<StepPreview>?> PreviewAsync(Viewer viewer, Play play, int accountNo, int? contactNo, IReadOnlyList<string> languages, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var now = clock.GetUtcNow().UtcDateTime;
        var audience = await MailAudience.ReadAsync(context, viewer, settings, now, [accountNo], null, cancellation);
        if (audience.Account(accountNo) is null || play.Sequence is not { } sequence)
        {
            return null;
        }

        var contacts = await context.Contacts.AsNoTracking().Where(contact => contact.AccountNo == accountNo && contact.VoidedBy == null).ToListAsync(cancellation);
        var contact = contactNo is { } no ? contacts.Find(known => known.ContactNo == no) : Enrolling.Closest(contacts, sequence, settings.DayOf(now));
        var (previews, at) = (new List<StepPreview>(), now);
        for (var i = 0; i < sequence.Steps.Count; i++)
        {
            var step = sequence.Steps[i];
            at = Enrolling.Due(step, now, at, contact?.TimeZone, audience.CountryOf(accountNo), settings);
            foreach (var language in languages.Count == 0 ? [audience.LanguageOf(accountNo, contact)] : languages)
            {
                var mail = StepWords.Message(play, step, accountNo, contact?.ContactNo, i + 1, audience, language) with { NotBefore = at };
                var shown = await mailbox.PreviewAsync(viewer, mail, cancellation);
                previews.Add(shown.Value is { } detail
                    ? new(i + 1, step, at, detail.Summary.Language, detail.Summary.Subject, detail.Text, step.Channel == Channels.Email || Channels.IsGateway(step.Channel) ? detail.Summary.Reasons : [.. detail.Summary.Reasons.Where(reason => reason.StartsWith(HoldReasons.MissingField, StringComparison.Ordinal))])
                    : new(i + 1, step, at, language, mail.Subject ?? "", mail.Body ?? "", [.. shown.Problems.Select(problem => $"{problem.Key}_{problem.Value}")]));
            }
        }

        return previews;
    }

    /// <summary>Letters that wait to be posted, oldest first.</summary>
    public async Task<IReadOnlyList<PreparedLetter>> LettersAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var rows = await (
            from step in context.EnrolmentSteps.AsNoTracking().Where(step => step.Channel == Channels.Letter && step.State == StepState.Waiting)
            join enrolment in context.Enrolments.AsNoTracking().Where(own => own.State == EnrolmentState.Running) on new { step.AccountNo, step.EnrolmentId } equals new { enrolment.AccountNo, enrolment.EnrolmentId }
            join account in context.Accounts.AsNoTracking().VisibleTo(viewer) on step.AccountNo equals account.AccountNo
            orderby step.BegunAt
            select new { Step = step, enrolment.Play, enrolment.ContactNo, Account = account }).Take(MostLetters).ToListAsync(cancellation);
        var people = rows.Select(row => row.ContactNo).OfType<int>().Distinct().ToList();
        var contacts = await context.Contacts.AsNoTracking().Where(contact => people.Contains(contact.ContactNo)).ToDictionaryAsync(contact => (contact.AccountNo, contact.ContactNo), cancellation);
        return
        [
            .. rows.Select(row =>
            {
                var person = row.ContactNo is { } no ? contacts.GetValueOrDefault((row.Account.AccountNo, no)) : null;
                var language = MailLanguage.Of(person?.Language, Country.Find(row.Account.Country), settings.MailLanguage);
                return new PreparedLetter(
                    new(row.Step.AccountNo, row.Step.EnrolmentId, row.Step.StepNo), row.Play, row.Account.AccountId, row.Account.Namespace, row.Account.Name, person?.Department, person?.Title, person?.Name,
                    AddressLine.Of(language, row.Account.Name, person?.Department, person?.Title, person?.Name), row.Account.Address ?? "", row.Step.LetterSubject ?? "", row.Step.LetterText ?? "", row.Step.BegunAt, row.Account.OwnerEmail);
            }),
        ];
    }

    private static async Task<IReadOnlyList<EnrolmentRow>> RowsAsync(CustomerSuccessContext context, IReadOnlyList<Enrolment> enrolments, CancellationToken cancellation)
    {
        var (accountNos, ids, people) = (enrolments.Select(own => own.AccountNo).Distinct().ToList(), enrolments.Select(own => own.EnrolmentId).ToList(), enrolments.Select(own => own.ContactNo).OfType<int>().Distinct().ToList());
        var accounts = await context.Accounts.AsNoTracking().Where(account => accountNos.Contains(account.AccountNo)).Select(account => new { account.AccountNo, account.AccountId, account.Namespace, account.Name }).ToDictionaryAsync(account => account.AccountNo, cancellation);
        var contacts = await context.Contacts.AsNoTracking().Where(contact => accountNos.Contains(contact.AccountNo) && people.Contains(contact.ContactNo)).ToDictionaryAsync(contact => (contact.AccountNo, contact.ContactNo), contact => contact.Name, cancellation);
        var steps = (await context.EnrolmentSteps.AsNoTracking().Where(step => accountNos.Contains(step.AccountNo) && ids.Contains(step.EnrolmentId)).OrderBy(step => step.StepNo).ToListAsync(cancellation)).ToLookup(step => (step.AccountNo, step.EnrolmentId));
        var mailIds = steps.SelectMany(own => own).Where(step => step.State == StepState.Waiting).Select(step => step.MailId).OfType<string>().ToList();
        var mails = await context.MailMessages.AsNoTracking().Where(mail => accountNos.Contains(mail.AccountNo) && mailIds.Contains(mail.MailId)).ToDictionaryAsync(mail => (mail.AccountNo, mail.MailId), cancellation);
        var plays = await SequencePlans.ReadAsync(context, enrolments.Select(own => (own.Play, own.PlayVersion)), cancellation);
        return
        [
            .. enrolments.Where(own => accounts.ContainsKey(own.AccountNo)).Select(own =>
            {
                var (account, begun) = (accounts[own.AccountNo], steps[(own.AccountNo, own.EnrolmentId)].ToList());
                var mail = begun.Find(step => step.StepNo == own.NextStep && step is { State: StepState.Waiting, MailId: not null });
                return new EnrolmentRow(
                    own, account.AccountId, account.Namespace, account.Name, own.ContactNo is { } no ? contacts.GetValueOrDefault((own.AccountNo, no)) : null,
                    plays.GetValueOrDefault((own.Play, own.PlayVersion))?.Sequence, begun, mail is null ? null : mails.GetValueOrDefault((own.AccountNo, mail.MailId!)));
            }),
        ];
    }
}
