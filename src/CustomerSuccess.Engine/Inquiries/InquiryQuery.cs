using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.BusinessTime;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>Everything on one inquiry. One that is unknown, or whose account the viewer may not see, reads as null.</summary>
public sealed class InquiryQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Messages that are shown: the latest ones.</summary>
    public const int MostMessages = 500;

    private const int MostEvents = 300, MostEarlier = 20;

    /// <summary>The page of an inquiry.</summary>
    public async Task<InquiryPage?> FindAsync(Viewer viewer, InquiryKey key, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var inquiry = await context.Inquiries.AsNoTracking().OfAccountsVisibleTo(context, viewer)
            .FirstOrDefaultAsync(i => i.SourceId == key.SourceId && i.FactId == key.FactId && i.VoidedBy == null, cancellation);
        if (inquiry is null)
        {
            return null;
        }

        var rules = await DeskRulesReader.ReadAsync(context, settings, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var name = key.ToString();
        var merged = await context.Inquiries.AsNoTracking().Where(i => i.AccountNo == inquiry.AccountNo && i.MergedInto == name && i.VoidedBy == null).ToListAsync(cancellation);
        return new(
            DeskInquiry.Of(inquiry),
            await AccountAsync(context, inquiry.AccountNo, settings, cancellation),
            await ContactAsync(context, inquiry.AccountNo, inquiry.ContactNo, cancellation),
            await MessagesAsync(context, inquiry, merged, cancellation),
            await EventsAsync(context, inquiry.AccountNo, name, cancellation),
            await EarlierAsync(context, inquiry, cancellation),
            TargetStanding.OfFirstResponse(inquiry, rules, now),
            TargetStanding.OfResolution(inquiry, rules, now),
            await SatisfactionAsync(context, inquiry, cancellation),
            [.. merged.Select(i => new InquiryKey(i.SourceId, i.FactId))]);
    }

    /// <summary>The light in which an account stands; null where the viewer may not see it.</summary>
    public async Task<AccountContext?> AccountAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        return await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation)
            ? await AccountAsync(context, accountNo, settings, cancellation)
            : null;
    }

    internal static async Task<AccountContext> AccountAsync(CustomerSuccessContext context, int accountNo, CompanySettings settings, CancellationToken cancellation)
    {
        var account = await context.Accounts.AsNoTracking().SingleAsync(a => a.AccountNo == accountNo, cancellation);
        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var score = run is null ? null : await context.AccountScores.AsNoTracking().FirstOrDefaultAsync(s => s.ScoreRunId == run.ScoreRunId && s.AccountNo == accountNo, cancellation);
        var open = await context.Inquiries.CountAsync(i => i.AccountNo == accountNo && !i.IsSettled && i.VoidedBy == null, cancellation);
        return new(
            accountNo, account.AccountId, account.Namespace, account.Name, account.OwnerEmail, account.Segment, account.Phone,
            score?.State, score?.Plan, score?.Mrr, run is null ? settings.Currency : ScoreRunQuery.Summary(run).Currency, score?.RenewsOn, score?.ChurnProbability, score?.Health, HealthBands.Of(score?.Health, settings), score?.QueueRank, score is null ? null : run!.AsOf, open);
    }

    internal static Task<ContactRow?> ContactAsync(CustomerSuccessContext context, int accountNo, int? contactNo, CancellationToken cancellation) =>
        context.Contacts.AsNoTracking()
            .Where(c => c.AccountNo == accountNo && c.ContactNo == contactNo)
            .Select(c => new ContactRow(c.ContactNo, c.ContactId, c.Name, c.NameKana, c.Email, c.Phone, c.Department, c.Role, c.Title, c.IsChampion, c.IsDecisionMaker, c.OptOutEmail, c.OptOutPhone, c.LeftOn))
            .FirstOrDefaultAsync(cancellation);

    private static async Task<IReadOnlyList<ThreadMessage>> MessagesAsync(CustomerSuccessContext context, Inquiry inquiry, IReadOnlyList<Inquiry> merged, CancellationToken cancellation)
    {
        var all = merged.Append(inquiry).ToDictionary(i => new InquiryKey(i.SourceId, i.FactId));
        var contacts = all.Values.Select(i => i.ContactNo).OfType<int>().Distinct().ToList();
        var names = await context.Contacts.AsNoTracking().Where(c => c.AccountNo == inquiry.AccountNo && contacts.Contains(c.ContactNo))
            .ToDictionaryAsync(c => c.ContactNo, c => new { c.Name, c.Email }, cancellation);
        var ids = all.Keys.Select(key => key.FactId).ToList();
        var later = await context.InquiryMessages.AsNoTracking()
            .Where(m => m.AccountNo == inquiry.AccountNo && ids.Contains(m.FactId))
            .OrderByDescending(m => m.At).ThenByDescending(m => m.MessageId)
            .Take(MostMessages)
            .ToListAsync(cancellation);
        var fates = await SendAnswer.FatesAsync(context, inquiry.AccountNo, [.. later.Where(m => m.Kind == MessageKind.Answer).Select(m => m.MessageId)], cancellation);
        InquiryKey? From(InquiryKey key) => key == new InquiryKey(inquiry.SourceId, inquiry.FactId) ? null : key;
        (string? Name, string? Email) Asker(Inquiry of) =>
            of.ContactNo is { } no && names.GetValueOrDefault(no) is { } contact ? (contact.Name ?? contact.Email, contact.Email) : (of.RequesterName ?? of.RequesterEmail, of.RequesterEmail);
        return
        [
            .. all.Select(pair => new ThreadMessage("", MessageKind.Customer, pair.Value.OpenedAt, Asker(pair.Value).Name, Asker(pair.Value).Email, pair.Value.Channel, pair.Value.Language, pair.Value.Body ?? pair.Value.Subject ?? "", From(pair.Key)))
                .Concat(later.Where(m => all.ContainsKey(new(m.SourceId, m.FactId))).Select(m =>
                {
                    var key = new InquiryKey(m.SourceId, m.FactId);
                    var (name, email) = m.Kind == MessageKind.Customer ? Asker(all[key]) : (m.AuthorName, m.AuthorEmail);
                    return new ThreadMessage(m.MessageId, m.Kind, m.At, m.AuthorName ?? name, m.AuthorEmail ?? email, m.Channel, m.Language, m.Body, From(key), fates.GetValueOrDefault(m.MessageId));
                }))
                .OrderBy(message => message.At).ThenBy(message => message.MessageId, StringComparer.Ordinal),
        ];
    }

    private static async Task<IReadOnlyList<ThreadEvent>> EventsAsync(CustomerSuccessContext context, int accountNo, string key, CancellationToken cancellation)
    {
        var entries = await context.Journal.AsNoTracking()
            .Where(e => e.AccountNo == accountNo && e.Area == JournalAreas.Inquiry && e.RecordId == key)
            .OrderByDescending(e => e.EntryNo).Take(MostEvents)
            .ToListAsync(cancellation);
        entries.Reverse();
        return
        [
            .. entries.Select(e =>
            {
                var changes = FieldChanges.Read(e.ChangesJson);
                return new ThreadEvent(e.At, e.ByEmail, e.Act, int.TryParse(changes.GetValueOrDefault("version")?.After, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0, changes);
            }),
        ];
    }

    private static async Task<IReadOnlyList<InquiryBrief>> EarlierAsync(CustomerSuccessContext context, Inquiry inquiry, CancellationToken cancellation)
    {
        var (contact, email) = (inquiry.ContactNo, inquiry.RequesterEmail);
        var rows = await context.Inquiries.AsNoTracking()
            .Where(i => i.AccountNo == inquiry.AccountNo && i.VoidedBy == null && !(i.SourceId == inquiry.SourceId && i.FactId == inquiry.FactId))
            .Select(i => new { i.SourceId, i.FactId, i.Subject, i.State, i.OpenedAt, i.ClosedAt, i.Satisfaction, Same = (contact != null && i.ContactNo == contact) || (contact == null && email != null && i.RequesterEmail == email) })
            .OrderByDescending(i => i.Same).ThenByDescending(i => i.OpenedAt).ThenBy(i => i.FactId)
            .Take(MostEarlier)
            .ToListAsync(cancellation);
        return [.. rows.Select(i => new InquiryBrief(new(inquiry.AccountNo, new(i.SourceId, i.FactId)), i.Subject, i.State, i.OpenedAt, i.ClosedAt, i.Satisfaction, i.Same))];
    }

    private static async Task<SatisfactionSaid?> SatisfactionAsync(CustomerSuccessContext context, Inquiry inquiry, CancellationToken cancellation)
    {
        var asked = await context.SatisfactionRequests.AsNoTracking()
            .Where(r => r.AccountNo == inquiry.AccountNo && r.SourceId == inquiry.SourceId && r.FactId == inquiry.FactId)
            .OrderByDescending(r => r.AnsweredAt).ThenByDescending(r => r.AskedAt)
            .FirstOrDefaultAsync(cancellation);
        return asked is null ? null : new(asked.AskedAt, asked.AskedBy, asked.AnsweredAt, asked.Score, asked.Comment);
    }
}
