using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Feedback;

/// <summary>A request as its author wants it.</summary>
/// <param name="RequestId">Null for a new one.</param>
/// <param name="Version">The version that the author saw; 0 for a new one.</param>
/// <param name="ShippedOn">Null for today where it is shipped.</param>
public sealed record RequestDraft(string? RequestId, int Version, string? Title, string? Note, string? ThemeId, RequestStatus Status, DateOnly? ShippedOn);

/// <summary>A request with who is behind it, of what the viewer sees.</summary>
/// <param name="Accounts">Customers who ask.</param>
/// <param name="Mrr">Theirs, of those who pay.</param>
/// <param name="Told">Customers to whom a message went.</param>
public sealed record RequestLine(ProductRequest Request, int Accounts, decimal Mrr, int Told);

/// <summary>A customer behind a request, and how far telling it is.</summary>
/// <param name="ContactName">Whom to tell; null where nobody is known.</param>
/// <param name="Mail">The message; null before one was drafted.</param>
public sealed record VoiceLine(RequestVoice Voice, string AccountId, string Namespace, string Name, decimal Mrr, string? ContactName, string? Email, string Language, MailStatus? Mail, int MailVersion, IReadOnlyList<string> Reasons);

/// <summary>A request with its customers, most MRR first.</summary>
public sealed record RequestSheet(RequestLine Line, IReadOnlyList<VoiceLine> Voices, string Currency);

/// <summary>What a message to those who asked says, in a language.</summary>
public sealed record TellingText(string Subject, string Body);

/// <summary>
/// What customers ask of the product, who asks, and telling them once it is there. Whoever edits themes edits requests; whoever works with customers adds who asks, and tells them.
/// </summary>
public sealed class RequestBook(Acts acts, Database database, CompanyBooks books, FeedbackReport report, Mailbox mailbox, SettingsStore settingsStore)
{
    private const string Lock = "product_requests";

    /// <summary>Customers that are added from a theme at once, at most.</summary>
    private const int MostAdded = 1_000;

    /// <summary>Requests that stand: open ones first, by MRR.</summary>
    public async Task<IReadOnlyList<RequestLine>> ListAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var mrr = await MrrAsync(viewer, cancellation);
        await using var context = database.OpenContext();
        var requests = await context.ProductRequests.AsNoTracking().Where(request => request.DeletedAt == null).ToListAsync(cancellation);
        var voices = (await context.RequestVoices.AsNoTracking().Where(voice => context.Accounts.VisibleTo(viewer).Any(account => account.AccountNo == voice.AccountNo)).Select(voice => new
        {
            voice.RequestId,
            voice.AccountNo,
            Told = context.MailMessages.Any(mail => mail.AccountNo == voice.AccountNo && mail.MailId == voice.RequestId && mail.Status == MailStatus.Sent),
        }).ToListAsync(cancellation)).ToLookup(voice => voice.RequestId, StringComparer.Ordinal);
        return
        [
            .. requests.Select(request => new RequestLine(request, voices[request.RequestId].Count(), voices[request.RequestId].Sum(voice => mrr.Of(voice.AccountNo)), voices[request.RequestId].Count(voice => voice.Told)))
                .OrderBy(line => line.Request.Status is RequestStatus.Shipped or RequestStatus.Declined).ThenByDescending(line => line.Mrr).ThenByDescending(line => line.Accounts).ThenBy(line => line.Request.RequestId, StringComparer.Ordinal),
        ];
    }

    /// <summary>A request with its customers; null where there is none.</summary>
    public async Task<RequestSheet?> FindAsync(Viewer viewer, string requestId, CancellationToken cancellation = default)
    {
        var mrr = await MrrAsync(viewer, cancellation);
        await using var context = database.OpenContext();
        if (await context.ProductRequests.AsNoTracking().FirstOrDefaultAsync(request => request.RequestId == requestId && request.DeletedAt == null, cancellation) is not { } found)
        {
            return null;
        }

        var voices = await context.RequestVoices.AsNoTracking().Where(voice => voice.RequestId == requestId).Join(
            context.Accounts.VisibleTo(viewer), voice => voice.AccountNo, account => account.AccountNo, (voice, account) => new { Voice = voice, account.AccountId, account.Namespace, account.Name, account.NameSort }).ToListAsync(cancellation);
        var accounts = voices.Select(one => one.Voice.AccountNo).ToList();
        var contacts = await context.Contacts.AsNoTracking().Where(contact => accounts.Contains(contact.AccountNo) && contact.VoidedBy == null).Select(contact => new { contact.AccountNo, contact.ContactNo, contact.Name, contact.Email, contact.Language }).ToListAsync(cancellation);
        var people = contacts.ToDictionary(contact => (contact.AccountNo, (int?)contact.ContactNo));
        var mails = await context.MailMessages.AsNoTracking().Where(mail => mail.MailId == requestId && accounts.Contains(mail.AccountNo)).Select(mail => new { mail.AccountNo, mail.Status, mail.Version, mail.Reasons }).ToDictionaryAsync(mail => mail.AccountNo, cancellation);
        var lines = voices.OrderByDescending(one => mrr.Of(one.Voice.AccountNo)).ThenBy(one => one.NameSort, StringComparer.Ordinal).ThenBy(one => one.Voice.AccountNo).Select(one =>
        {
            var (person, mail) = (people.GetValueOrDefault((one.Voice.AccountNo, one.Voice.ContactNo)), mails.GetValueOrDefault(one.Voice.AccountNo));
            return new VoiceLine(
                one.Voice, one.AccountId, one.Namespace, one.Name, mrr.Of(one.Voice.AccountNo), person?.Name, person?.Email, person?.Language ?? TextLanguage.Of(one.Voice.Quote ?? one.Name) ?? "en",
                mail?.Status, mail?.Version ?? 0, mail?.Reasons?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? []);
        }).ToList();
        return new(new(found, lines.Count, lines.Sum(line => line.Mrr), lines.Count(line => line.Mail == MailStatus.Sent)), lines, mrr.Currency);
    }

    /// <summary>Writes a request down, or changes one. Problems by field: <c>title</c>, <c>note</c>.</summary>
    public async Task<ActResult<ProductRequest>> SaveAsync(Viewer viewer, RequestDraft draft, CancellationToken cancellation = default)
    {
        if (!ThemeBook.MayWrite(viewer))
        {
            return ActResult.Forbidden<ProductRequest>();
        }

        var (title, note) = (EnteredText.Of(draft.Title), EnteredText.Of(draft.Note));
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "title", title, ProductRequest.LongestTitle);
        EnteredText.Check(problems, "note", note, ProductRequest.LongestNote);
        if (title is null)
        {
            problems["title"] = "missing";
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return problems.Count > 0 ? ActResult.Invalid<ProductRequest>(problems) : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var request = draft.RequestId is null ? null : await act.Context.ProductRequests.FindAsync([draft.RequestId], cancellation);
            if (draft.RequestId is not null && request is not { DeletedAt: null })
            {
                return ActResult.NotFound<ProductRequest>();
            }

            if (request is not null && request.Version != draft.Version)
            {
                return ActResult.Conflict(request);
            }

            var shipped = draft.Status == RequestStatus.Shipped ? draft.ShippedOn ?? request?.ShippedOn ?? settings.DayOf(act.Now) : (DateOnly?)null;
            var changes = new FieldChanges().Note("title", request?.Title, title).Note("note", request?.Note, note).Note("theme", request?.ThemeId, draft.ThemeId).Note("status", request?.Status.ToString(), draft.Status.ToString());
            if (request is null)
            {
                request = new ProductRequest { RequestId = act.NewId(), Title = title!, CreatedAt = act.Now };
                act.Context.ProductRequests.Add(request);
            }

            (request.Title, request.Note, request.ThemeId, request.Status, request.ShippedOn, request.ChangedAt, request.ChangedByEmail, request.Version) = (title!, note, draft.ThemeId, draft.Status, shipped, act.Now, viewer.Email, request.Version + 1);
            act.Note(JournalAreas.ProductRequest, draft.RequestId is null ? "created" : "changed", recordId: request.RequestId, changes: changes);
            return ActResult.Done(request);
        }, cancellation);
    }

    /// <summary>Takes a request off the list, or brings it back; twice is once.</summary>
    public Task<ActResult<ProductRequest>> SetDeletedAsync(Viewer viewer, string requestId, bool isDeleted, CancellationToken cancellation = default) =>
        !ThemeBook.MayWrite(viewer) ? Task.FromResult(ActResult.Forbidden<ProductRequest>()) : acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.ProductRequests.FindAsync([requestId], cancellation) is not { } request)
            {
                return ActResult.NotFound<ProductRequest>();
            }

            if (request.DeletedAt is not null == isDeleted)
            {
                return ActResult.Unchanged(request);
            }

            (request.DeletedAt, request.ChangedAt, request.ChangedByEmail, request.Version) = (isDeleted ? act.Now : null, act.Now, viewer.Email, request.Version + 1);
            act.Note(JournalAreas.ProductRequest, isDeleted ? "deleted" : "restored", recordId: requestId);
            return ActResult.Done(request);
        }, cancellation);

    /// <summary>Adds a customer to those who ask; one who is there already stays as it is. The contact must be the customer's.</summary>
    public Task<ActResult<ProductRequest>> AddAsync(Viewer viewer, string requestId, int accountNo, int? contactNo, string? quote, CancellationToken cancellation = default) =>
        AddAsync(viewer, requestId, [(accountNo, contactNo, EnteredText.Of(quote), null)], cancellation);

    /// <summary>Adds the customers behind a list of texts, each with what it wrote last and who wrote it. Of more than <see cref="MostAdded"/> texts, the first ones of the list.</summary>
    public async Task<ActResult<ProductRequest>> AddAsync(Viewer viewer, string requestId, FeedbackListAsk ask, CancellationToken cancellation = default)
    {
        var texts = await report.TextsAsync(viewer, ask with { Sort = FeedbackSort.Day, Descending = true }, 0, MostAdded, cancellation);
        return await AddAsync(viewer, requestId, [.. texts.Rows.GroupBy(row => row.AccountNo).Select(own => own.First()).Select(row => (row.AccountNo, row.ContactNo, (string?)row.Text, (DateOnly?)row.Day))], cancellation);
    }

    /// <summary>Takes a customer off again. What was sent stays.</summary>
    public Task<ActResult<ProductRequest>> RemoveAsync(Viewer viewer, string requestId, int accountNo, CancellationToken cancellation = default) => WithAsync(viewer, requestId, async (act, request) =>
    {
        if (!await act.LockAccountAsync(accountNo) || await act.Context.RequestVoices.FindAsync([accountNo, requestId], cancellation) is not { } voice)
        {
            return ActResult.NotFound<ProductRequest>();
        }

        act.Context.RequestVoices.Remove(voice);
        act.Note(JournalAreas.ProductRequest, "removed", accountNo, requestId);
        return ActResult.Done(request);
    }, cancellation);

    /// <summary>
    /// Drafts a message to everybody who asked, is known by an address, and has none yet. It is the request's own message to the customer: asked again, nobody gets a second one.
    /// Nothing is sent before somebody queues it (<see cref="TellAsync"/>).
    /// </summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="requestId">Of which request; it must be shipped.</param>
    /// <param name="text">What it says in a language, <c>ja</c> or <c>en</c>.</param>
    /// <param name="cancellation">Ends the work; drafts that were written stay.</param>
    /// <returns>How many were drafted, null where the request is not there or not shipped, or the viewer may not.</returns>
    public async Task<int?> DraftAsync(Viewer viewer, string requestId, Func<string, TellingText> text, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork || await FindAsync(viewer, requestId, cancellation) is not { Line.Request.Status: RequestStatus.Shipped } sheet)
        {
            return null;
        }

        var drafted = 0;
        foreach (var line in sheet.Voices.Where(line => line is { Mail: null, Voice.ContactNo: not null, Email: not null }))
        {
            var language = line.Language == "ja" ? "ja" : "en";
            var (subject, body) = text(language);
            var mail = new NewMail { AccountNo = line.Voice.AccountNo, Id = requestId, ContactNo = line.Voice.ContactNo, Origin = MailOrigin.Manual, OriginId = requestId, Language = language, Subject = subject, Body = body };
            drafted += (await mailbox.DraftAsync(viewer, mail, cancellation)).Holds ? 1 : 0;
        }

        return drafted;
    }

    /// <summary>Queues the messages that are drafted or held; contact limits, stops and quiet hours decide when and whether each goes, and why not is told by <see cref="VoiceLine.Reasons"/>.</summary>
    /// <returns>How many are on their way now.</returns>
    public async Task<int> TellAsync(Viewer viewer, string requestId, CancellationToken cancellation = default)
    {
        var queued = 0;
        foreach (var line in (await FindAsync(viewer, requestId, cancellation))?.Voices.Where(line => line.Mail is MailStatus.Draft or MailStatus.Held) ?? [])
        {
            queued += await mailbox.QueueAsync(viewer, line.Voice.AccountNo, requestId, line.MailVersion, cancellation: cancellation) is { Holds: true, Value.Status: MailStatus.Queued or MailStatus.Sent } ? 1 : 0;
        }

        return queued;
    }

    private Task<ActResult<ProductRequest>> AddAsync(Viewer viewer, string requestId, IReadOnlyList<(int AccountNo, int? ContactNo, string? Quote, DateOnly? Day)> voices, CancellationToken cancellation) => WithAsync(viewer, requestId, async (act, request) =>
    {
        var accounts = (await act.LockAccountsAsync([.. voices.Select(voice => voice.AccountNo)])).ToHashSet();
        var known = await act.Context.RequestVoices.Where(voice => voice.RequestId == requestId).Select(voice => voice.AccountNo).ToHashSetAsync(cancellation);
        var people = new HashSet<(int, int)>();
        foreach (var some in accounts.Chunk(500))
        {
            foreach (var contact in await act.Context.Contacts.Where(contact => some.Contains(contact.AccountNo) && contact.VoidedBy == null).Select(contact => new { contact.AccountNo, contact.ContactNo }).ToListAsync(cancellation))
            {
                people.Add((contact.AccountNo, contact.ContactNo));
            }
        }

        if (voices.Count == 1 && !accounts.Contains(voices[0].AccountNo))
        {
            return ActResult.NotFound<ProductRequest>();
        }

        var added = 0;
        foreach (var (account, contact, quote, _) in voices.Where(voice => accounts.Contains(voice.AccountNo) && known.Add(voice.AccountNo)))
        {
            act.Context.RequestVoices.Add(new RequestVoice
            {
                AccountNo = account,
                RequestId = requestId,
                ContactNo = contact is { } no && people.Contains((account, no)) ? no : null,
                Quote = quote is { Length: > ProductRequest.LongestNote } ? quote[..ProductRequest.LongestNote] : quote,
                At = act.Now,
                AddedByEmail = viewer.Email,
            });
            act.Note(JournalAreas.ProductRequest, "added", account, requestId);
            added++;
        }

        return added == 0 ? ActResult.Unchanged(request) : ActResult.Done(request);
    }, cancellation);

    private Task<ActResult<ProductRequest>> WithAsync(Viewer viewer, string requestId, Func<ActScope, ProductRequest, Task<ActResult<ProductRequest>>> change, CancellationToken cancellation) =>
        !viewer.MayWork && !ThemeBook.MayWrite(viewer) ? Task.FromResult(ActResult.Forbidden<ProductRequest>()) : acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            return await act.Context.ProductRequests.FindAsync([requestId], cancellation) is { DeletedAt: null } request ? await change(act, request) : ActResult.NotFound<ProductRequest>();
        }, cancellation);

    private async Task<CurrentMrr> MrrAsync(Viewer viewer, CancellationToken cancellation)
    {
        var (book, accounts, _) = await books.ForAsync(viewer, "requests", cancellation);
        return new(book, accounts.ToDictionary(entry => entry.AccountNo));
    }

    private sealed class CurrentMrr(CompanyBook book, IReadOnlyDictionary<int, BookEntry> accounts)
    {
        public string Currency => book.Settings.Currency;

        public decimal Of(int account) => book.ContractsUntil is { } day && accounts.TryGetValue(account, out var entry) && entry.Contracts.Mrr.IsPaying(day) ? entry.Contracts.Mrr.On(day, currency => book.Rates.On(currency, day)) : 0;
    }
}
