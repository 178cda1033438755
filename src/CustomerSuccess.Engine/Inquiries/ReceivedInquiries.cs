using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.BusinessTime;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>What somebody wrote into the public form.</summary>
public sealed record PublicInquiry(string? Name, string? Email, string? Company, string? Phone, string? Subject, string? Body, string? Category);

/// <summary>The inquiry was taken.</summary>
/// <param name="Reference">What the sender may refer to. It is made alike whether or not they are known.</param>
public sealed record PublicReceipt(string Reference);

/// <summary>Somebody who may have written.</summary>
/// <param name="HasAddress">True where the address is theirs, false where only their company's domain is.</param>
public sealed record ReceivedCandidate(int AccountNo, string AccountId, string AccountName, int? ContactNo, string? ContactName, bool HasAddress);

/// <summary>An inquiry that waits to be matched, with those it may be from.</summary>
public sealed record ReceivedRow(ReceivedInquiry Received, IReadOnlyList<ReceivedCandidate> Candidates);

/// <summary>
/// Takes inquiries from the public form. A sender whose address is exactly one customer's contact becomes an inquiry of that account; every other one waits
/// until somebody says whose it is. The sender is told the same in either case.
/// </summary>
public sealed class ReceivedInquiries(Acts acts, SettingsStore settingsStore, Database database)
{
    public const int LongestName = 200, LongestBody = 10_000;

    private const int MostWaiting = 200, MostCandidates = 5;

    /// <summary>Domains of mail providers: they say nothing about a company.</summary>
    private static readonly HashSet<string> Providers = new(StringComparer.OrdinalIgnoreCase)
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "yahoo.co.jp", "icloud.com", "me.com", "aol.com", "proton.me", "protonmail.com", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "nifty.com",
    };

    /// <summary>Takes an inquiry.</summary>
    public async Task<ActResult<PublicReceipt>> ReceiveAsync(PublicInquiry sent, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        if (!settings.PublicForm)
        {
            return ActResult.NotFound<PublicReceipt>();
        }

        var problems = Problems(sent);
        return problems.Count > 0 ? ActResult.Invalid<PublicReceipt>(problems) : await acts.RunAsync(Viewer.System, async act =>
        {
            var reference = await OpenInquiries.NewReferenceAsync(act);
            var email = sent.Email!.Trim();
            var lower = email.ToLowerInvariant();
            var known = await act.Context.Contacts.AsNoTracking()
                .Where(c => c.Email != null && c.Email.ToLower() == lower && c.VoidedBy == null && c.LeftOn == null)
                .Select(c => new { c.AccountNo, c.ContactNo }).Take(2).ToListAsync(cancellation);
            if (known is [var contact] && await act.LockAccountAsync(contact.AccountNo))
            {
                var rules = await DeskRulesReader.ReadAsync(act.Context, settings, cancellation);
                var inquiry = await OpenInquiries.AddAsync(act, rules, Draft(contact.AccountNo, contact.ContactNo, sent), reference, act.Now);
                await InquiryActs.NoteAsync(act, inquiry, "opened", settings);
            }
            else
            {
                act.Context.ReceivedInquiries.Add(new ReceivedInquiry
                {
                    ReceivedId = reference,
                    At = act.Now,
                    Name = InquiryChanges.Clean(sent.Name),
                    Email = email,
                    Company = InquiryChanges.Clean(sent.Company),
                    Phone = InquiryChanges.Clean(sent.Phone),
                    Subject = InquiryChanges.Clean(sent.Subject),
                    Body = sent.Body!.Trim(),
                    Category = InquiryChanges.Clean(sent.Category),
                    Language = TextLanguage.Of($"{sent.Subject}\n{sent.Body}"),
                });
                act.Note(JournalAreas.Received, "received", recordId: reference);
            }

            return ActResult.Done(new PublicReceipt(reference));
        }, cancellation);
    }

    /// <summary>Those that wait, oldest first, with whom they may be from; none for a viewer who does not see all accounts.</summary>
    public async Task<IReadOnlyList<ReceivedRow>> WaitingAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        if (!InquiryListQuery.MayMatch(viewer))
        {
            return [];
        }

        await using var context = database.OpenContext();
        var waiting = await context.ReceivedInquiries.AsNoTracking().Where(r => r.State == ReceivedState.Waiting).OrderBy(r => r.At).Take(MostWaiting).ToListAsync(cancellation);
        var rows = new List<ReceivedRow>();
        foreach (var received in waiting)
        {
            rows.Add(new(received, await CandidatesAsync(context, received, cancellation)));
        }

        return rows;
    }

    /// <summary>Says whose an inquiry is: it becomes one of that account, opened when it was sent.</summary>
    /// <param name="viewer">Who says so.</param>
    /// <param name="receivedId">Which one.</param>
    /// <param name="version">The version that the viewer saw.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="contactNo">The contact; null for none.</param>
    /// <param name="addContact">True to make the sender a contact of the account.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<DeskInquiry>> MatchAsync(Viewer viewer, string receivedId, int version, int accountNo, int? contactNo, bool addContact, CancellationToken cancellation = default)
    {
        if (!InquiryListQuery.MayMatch(viewer))
        {
            return ActResult.Forbidden<DeskInquiry>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo)
                || (contactNo is { } no && !await act.Context.Contacts.AnyAsync(c => c.AccountNo == accountNo && c.ContactNo == no && c.VoidedBy == null, cancellation))
                || await act.Context.ReceivedInquiries.FirstOrDefaultAsync(r => r.ReceivedId == receivedId, cancellation) is not { } received)
            {
                return ActResult.NotFound<DeskInquiry>();
            }

            if (received.State != ReceivedState.Waiting || received.Version != version)
            {
                return ActResult.Conflict<DeskInquiry>(null);
            }

            if (addContact && contactNo is null)
            {
                contactNo = (await NewContacts.AddAsync(act, new NewContact(accountNo, received.Name, received.Email, received.Phone, received.Language), settings)).ContactNo;
            }

            var rules = await DeskRulesReader.ReadAsync(act.Context, settings, cancellation);
            var sent = new PublicInquiry(received.Name, received.Email, received.Company, received.Phone, received.Subject, received.Body, received.Category);
            var inquiry = await OpenInquiries.AddAsync(act, rules, Draft(accountNo, contactNo, sent), received.ReceivedId, received.At);
            await InquiryActs.NoteAsync(act, inquiry, "opened", settings);
            Decide(act, received, ReceivedState.Matched, accountNo);
            return ActResult.Done(DeskInquiry.Of(inquiry));
        }, cancellation);
    }

    /// <summary>Puts one aside for good: it is from no customer. Undone by <see cref="RestoreAsync"/>.</summary>
    public Task<ActResult<ReceivedInquiry>> DiscardAsync(Viewer viewer, string receivedId, int version, CancellationToken cancellation = default) =>
        DecideAsync(viewer, receivedId, version, ReceivedState.Waiting, ReceivedState.Discarded, cancellation);

    public Task<ActResult<ReceivedInquiry>> RestoreAsync(Viewer viewer, string receivedId, int version, CancellationToken cancellation = default) =>
        DecideAsync(viewer, receivedId, version, ReceivedState.Discarded, ReceivedState.Waiting, cancellation);

    private async Task<ActResult<ReceivedInquiry>> DecideAsync(Viewer viewer, string receivedId, int version, ReceivedState from, ReceivedState to, CancellationToken cancellation) =>
        !InquiryListQuery.MayMatch(viewer) ? ActResult.Forbidden<ReceivedInquiry>() : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync($"received:{receivedId}");
            if (await act.Context.ReceivedInquiries.FirstOrDefaultAsync(r => r.ReceivedId == receivedId, cancellation) is not { } received)
            {
                return ActResult.NotFound<ReceivedInquiry>();
            }

            if (received.State != from || received.Version != version)
            {
                return ActResult.Conflict(received);
            }

            Decide(act, received, to, null);
            return ActResult.Done(received);
        }, cancellation);

    private static void Decide(ActScope act, ReceivedInquiry received, ReceivedState state, int? accountNo)
    {
        act.Note(JournalAreas.Received, state == ReceivedState.Matched ? "matched" : state == ReceivedState.Discarded ? "discarded" : "restored", accountNo ?? 0, received.ReceivedId);
        (received.State, received.AccountNo, received.DecidedAt, received.DecidedBy) = (state, accountNo, act.Now, act.Viewer.Email);
        received.Version++;
    }

    private static NewInquiry Draft(int accountNo, int? contactNo, PublicInquiry sent) => new()
    {
        AccountNo = accountNo,
        ContactNo = contactNo,
        RequesterName = sent.Name,
        RequesterEmail = sent.Email,
        Channel = "web",
        Subject = sent.Subject,
        Body = sent.Body,
        Category = sent.Category,
    };

    private static async Task<IReadOnlyList<ReceivedCandidate>> CandidatesAsync(CustomerSuccessContext context, ReceivedInquiry received, CancellationToken cancellation)
    {
        if (received.Email?.ToLowerInvariant() is not { } email || email.IndexOf('@', StringComparison.Ordinal) is not (> 0 and var at))
        {
            return [];
        }

        var own = await Join(context, context.Contacts.Where(c => c.Email != null && c.Email.ToLower() == email && c.VoidedBy == null), true).Take(MostCandidates).ToListAsync(cancellation);
        var domain = email[at..];
        if (own.Count > 0 || Providers.Contains(domain[1..]))
        {
            return own;
        }

        var company = await Join(context, context.Contacts.Where(c => c.Email != null && c.Email.ToLower().EndsWith(domain) && c.VoidedBy == null), false).Take(50).ToListAsync(cancellation);
        return [.. company.DistinctBy(c => c.AccountNo).Take(MostCandidates).Select(c => c with { ContactNo = null, ContactName = null })];
    }

    private static IQueryable<ReceivedCandidate> Join(CustomerSuccessContext context, IQueryable<Contact> contacts, bool hasAddress) =>
        from contact in contacts.AsNoTracking()
        join account in context.Accounts.AsNoTracking() on contact.AccountNo equals account.AccountNo
        orderby account.AccountNo, contact.ContactNo
        select new ReceivedCandidate(account.AccountNo, account.AccountId, account.Name, contact.ContactNo, contact.Name ?? contact.Email, hasAddress);

    private static Dictionary<string, string> Problems(PublicInquiry sent)
    {
        var problems = new Dictionary<string, string>();
        void Need(string field, string? text, int longest, bool isRequired)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                if (isRequired)
                {
                    problems[field] = "missing";
                }
            }
            else if (text.Trim().Length > longest)
            {
                problems[field] = "too_long";
            }
        }

        Need("name", sent.Name, LongestName, true);
        Need("email", sent.Email, LongestName, true);
        Need("company", sent.Company, LongestName, false);
        Need("phone", sent.Phone, 50, false);
        Need("subject", sent.Subject, OpenInquiries.LongestSubject, true);
        Need("body", sent.Body, LongestBody, true);
        Need("category", sent.Category, LongestName, false);
        if (!problems.ContainsKey("email") && !IsAddress(sent.Email!.Trim()))
        {
            problems["email"] = "unreadable";
        }

        return problems;
    }

    /// <summary>True for one address without a name around it.</summary>
    private static bool IsAddress(string text) =>
        System.Net.Mail.MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}
