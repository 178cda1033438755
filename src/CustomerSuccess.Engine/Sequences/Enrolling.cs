using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Sequences;

/// <summary>Enrols a person of an account in the sequence of a play, within an act that has locked the account.</summary>
internal static class Enrolling
{
    /// <summary>Enrols; one who is in the sequence already stays where he or she is.</summary>
    /// <param name="act">The act.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="entry">The play, which has a sequence.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="contactNo">Whom; null for whoever is closest to us.</param>
    /// <param name="draws">Standing draws of the account at least.</param>
    /// <param name="drawsShare">Share to draw by where the account was not drawn for the play yet; null for no draw.</param>
    public static async Task<ActResult<Enrolment>> EnrolAsync(ActScope act, CompanySettings settings, PlayEntry entry, int accountNo, int? contactNo, StandingDraws draws, double? drawsShare)
    {
        var play = entry.Play;
        var sequence = play.Sequence!;
        if (!draws.IsDrawn(accountNo, play.Key) && drawsShare is > 0)
        {
            await DrawAsync(act, settings, entry, accountNo, draws, drawsShare.Value);
        }

        if (draws.IsHeldOut(accountNo, play.Key))
        {
            return ActResult.Invalid<Enrolment>("play", "held_out");
        }

        var contacts = await act.Context.Contacts.AsNoTracking().Where(contact => contact.AccountNo == accountNo && contact.VoidedBy == null).OrderBy(contact => contact.ContactNo).ToListAsync(act.Cancellation);
        var contact = contactNo is null ? Closest(contacts, sequence, settings.DayOf(act.Now)) : contacts.Find(known => known.ContactNo == contactNo);
        if (contactNo is not null && contact is null)
        {
            return ActResult.Invalid<Enrolment>("contact", "unknown");
        }

        var own = contact?.ContactNo;
        if (await act.Context.Enrolments.FirstOrDefaultAsync(known => known.AccountNo == accountNo && known.Play == play.Key && known.ContactNo == own && known.State == EnrolmentState.Running, act.Cancellation) is { } running)
        {
            return ActResult.Unchanged(running);
        }

        var byHand = act.Viewer.Email is not null;
        if (byHand && sequence.Writes && contact is null)
        {
            return ActResult.Invalid<Enrolment>("contact", "missing");
        }

        var suggestion = await ScoreRunQuery.NewestAsync(act.Context, act.Cancellation) is { } run
            ? await act.Context.Suggestions.AsNoTracking().FirstOrDefaultAsync(own => own.ScoreRunId == run.ScoreRunId && own.AccountNo == accountNo && own.Play == play.Key, act.Cancellation)
            : null;
        var enrolment = new Enrolment
        {
            AccountNo = accountNo,
            EnrolmentId = act.NewId(),
            Play = play.Key,
            PlayVersion = entry.Version,
            ContactNo = own,
            StartedAt = act.Now,
            StartedBy = act.Viewer.UserId,
            StartedByEmail = act.Viewer.Email,
            WasPaying = await Paying(act, accountNo, settings.DayOf(act.Now)).AnyAsync(act.Cancellation),
            Value = suggestion?.Value,
            NextStep = 1,
        };
        act.Context.Enrolments.Add(enrolment);
        act.Note(JournalAreas.Sequence, "started", accountNo, enrolment.EnrolmentId, new FieldChanges().Note("play", null, play.Key));
        if (sequence.Writes && contact is null)
        {
            // nobody to write to: it is shown rather than tried at every run
            (enrolment.State, enrolment.EndedAt, enrolment.EndReason) = (EnrolmentState.Left, act.Now, EnrolmentEnds.NoContact);
            return ActResult.Done(enrolment);
        }

        enrolment.DueAt = await DueAsync(act, settings, enrolment, sequence, act.Now);
        if (suggestion is not null)
        {
            await MarkAsync(act, suggestion);
        }

        return ActResult.Done(enrolment);
    }

    /// <summary>The terms by which an account pays on a day.</summary>
    public static IQueryable<Subscription> Paying(ActScope act, int accountNo, DateOnly day) =>
        act.Context.Subscriptions.AsNoTracking().Where(term => term.AccountNo == accountNo && term.VoidedBy == null && term.StartedOn <= day && (term.EndedOn == null || term.EndedOn > day));

    /// <summary>When the next step of an enrolment is due, where its customer is.</summary>
    public static async Task<DateTime> DueAsync(ActScope act, CompanySettings settings, Enrolment enrolment, PlaySequence sequence, DateTime beforeAt)
    {
        var country = Country.Find(await act.Context.Accounts.Where(account => account.AccountNo == enrolment.AccountNo).Select(account => account.Country).FirstOrDefaultAsync(act.Cancellation));
        var zone = enrolment.ContactNo is { } no ? await act.Context.Contacts.Where(contact => contact.AccountNo == enrolment.AccountNo && contact.ContactNo == no).Select(contact => contact.TimeZone).FirstOrDefaultAsync(act.Cancellation) : null;
        return Due(sequence.Steps[enrolment.NextStep - 1], enrolment.StartedAt, beforeAt, zone, country, settings);
    }

    public static DateTime Due(PlayStep step, DateTime startedAt, DateTime beforeAt, string? zone, Country? country, CompanySettings settings)
    {
        var limits = settings.Outreach with { SkipWeekends = true, SkipHolidays = true };
        return StepTiming.Due(step, startedAt, beforeAt, PersonZone.Of(zone, country, settings.TimeZone), day => OpenHours.IsClosed(day, country, limits));
    }

    /// <summary>Whom a sequence reaches where nobody said: who can be written to, the champion before who decides, before all others.</summary>
    public static Contact? Closest(IEnumerable<Contact> contacts, PlaySequence sequence, DateOnly today) => Reachable(contacts, sequence, today).FirstOrDefault();

    /// <summary>Whom a sequence can reach, the closest to us first.</summary>
    public static IEnumerable<Contact> Reachable(IEnumerable<Contact> contacts, PlaySequence sequence, DateOnly today) => contacts
        .Where(contact => !(contact.LeftOn <= today) && (!sequence.Writes || (contact.EmailKey is not null && !contact.OptOutEmail)))
        .OrderByDescending(contact => contact.IsChampion).ThenByDescending(contact => contact.IsDecisionMaker).ThenBy(contact => contact.ContactNo);

    /// <summary>The suggestion was worked: its steps follow, and write their own touches.</summary>
    private static async Task MarkAsync(ActScope act, Suggestion suggestion)
    {
        var earlier = await act.Context.SuggestionActions.Where(own => own.AccountNo == suggestion.AccountNo && own.Play == suggestion.Play && own.UndoneAt == null && own.Kind != SuggestionActionKind.Done).ToListAsync(act.Cancellation);
        foreach (var aside in earlier)
        {
            aside.UndoneAt = act.Now;
        }

        var action = new SuggestionAction
        {
            AccountNo = suggestion.AccountNo,
            ActionId = act.NewId(),
            Play = suggestion.Play,
            ReasonCode = suggestion.ReasonCode,
            ReasonArgsJson = suggestion.ReasonArgsJson,
            Kind = SuggestionActionKind.Done,
            At = act.Now,
            ByUser = act.Viewer.UserId,
            ByEmail = act.Viewer.Email,
        };
        act.Context.SuggestionActions.Add(action);
        act.Note(JournalAreas.Suggestion, "done", suggestion.AccountNo, action.ActionId, new FieldChanges().Note("play", null, suggestion.Play));
    }

    /// <summary>An account that a play begins with by itself is drawn like one whose turn has come in a score run, so that the effect can be told.</summary>
    private static async Task DrawAsync(ActScope act, CompanySettings settings, PlayEntry entry, int accountNo, StandingDraws draws, double share)
    {
        var id = await act.Context.Accounts.AsNoTracking().Where(account => account.AccountNo == accountNo).Select(account => new { account.Namespace, account.AccountId }).FirstAsync(act.Cancellation);
        var today = settings.DayOf(act.Now);
        var factId = string.Create(CultureInfo.InvariantCulture, $"{entry.Play.Key}/{today.Year}");
        if (await act.Context.Assignments.FindAsync([accountNo, AppSource.SourceId, factId], act.Cancellation) is not null)
        {
            return;
        }

        await AppSource.NumberAsync(act.Context, act.Cancellation);
        var isOffered = Holdout.Draw(settings.HoldoutSeed, id.Namespace, id.AccountId, entry.Play.Key, today.Year) >= share;
        draws.Add(accountNo, entry.Play.Key, isOffered);
        act.Context.Assignments.Add(new Assignment
        {
            AccountNo = accountNo,
            SourceId = AppSource.SourceId,
            FactId = factId,
            ImportFileId = AppSource.NoImportFile,
            Play = entry.Play.Key,
            AssignedOn = today,
            Arm = isOffered ? DrawnAccounts.OfferedArm : DrawnAccounts.HeldOutArm,
            PlayVersion = entry.Version.ToString(CultureInfo.InvariantCulture),
        });
    }
}
