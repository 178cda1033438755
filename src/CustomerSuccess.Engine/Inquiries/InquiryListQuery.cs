using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>Pages of the desk's list, how much waits, and what there is to filter by.</summary>
public sealed class InquiryListQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Accounts that a searched name may stand for.</summary>
    private const int MostNamed = 500;

    /// <summary>Inquiries that the full-text index may name; of more, it is quicker to look at the rows.</summary>
    private const int MostIndexed = 5_000;

    /// <summary>The latest inquiries out of which choices to filter by are taken.</summary>
    private const int ChoicesFrom = 5_000;

    private const int MostChoices = 200;

    /// <summary>A page of the inquiries that match.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="descending">The other way round; those that are due nowhere stay last.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1–200.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<InquiryListResult> PageAsync(Viewer viewer, InquiryFilter filter, InquirySort sort, bool descending, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 200);
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var matching = await MatchingAsync(context, viewer, filter, new CompanyCalendar(settings.TimeZone), cancellation);
        var sorted = Sorted(matching, sort, descending).Select(i => new { i.AccountNo, i.SourceId, i.FactId });

        // what lies in an index is counted and then paged; where whole rows must be looked at, that is done once
        var looked = filter.Text is null && filter.Tag is null ? null : await sorted.Take(InquiryListResult.Most).ToListAsync(cancellation);
        var total = looked?.Count ?? await matching.Select(i => i.FactId).Take(InquiryListResult.Most).CountAsync(cancellation);
        if (total <= offset)
        {
            return new(total, [], settings.Currency);
        }

        var keys = looked is null ? await sorted.Skip(offset).Take(limit).ToListAsync(cancellation) : [.. looked.Skip(offset).Take(limit)];
        var (numbers, ids) = (keys.Select(k => k.AccountNo).Distinct().ToList(), keys.Select(k => k.FactId).ToList());
        var rows = await context.Inquiries.AsNoTracking().Where(i => numbers.Contains(i.AccountNo) && ids.Contains(i.FactId))
            .Select(i => new Inquiry
            {
                AccountNo = i.AccountNo,
                SourceId = i.SourceId,
                FactId = i.FactId,
                Subject = i.Subject,
                ContactNo = i.ContactNo,
                RequesterName = i.RequesterName,
                RequesterEmail = i.RequesterEmail,
                State = i.State,
                Urgency = i.Urgency,
                Assignee = i.Assignee,
                Category = i.Category,
                Product = i.Product,
                Tags = i.Tags,
                Channel = i.Channel,
                Language = i.Language,
                OpenedAt = i.OpenedAt,
                ChangedAt = i.ChangedAt,
                FirstResponseAt = i.FirstResponseAt,
                NextDueAt = i.NextDueAt,
                Escalated = i.Escalated,
                CustomerSpokeLast = i.CustomerSpokeLast,
                Version = i.Version,
            })
            .ToDictionaryAsync(i => new { i.AccountNo, i.SourceId, i.FactId }, cancellation);
        var page = keys.ConvertAll(key => rows[key]);
        var accounts = await context.Accounts.AsNoTracking().Where(a => numbers.Contains(a.AccountNo)).Select(a => new { a.AccountNo, a.AccountId, a.Namespace, a.Name }).ToDictionaryAsync(a => a.AccountNo, cancellation);
        var contacts = page.Select(i => i.ContactNo).OfType<int>().Distinct().ToList();
        var people = await context.Contacts.AsNoTracking().Where(c => numbers.Contains(c.AccountNo) && contacts.Contains(c.ContactNo)).Select(c => new { c.ContactNo, Name = c.Name ?? c.Email }).ToDictionaryAsync(c => c.ContactNo, c => c.Name, cancellation);
        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var scores = run is null ? [] : await context.AccountScores.AsNoTracking().Where(s => s.ScoreRunId == run.ScoreRunId && numbers.Contains(s.AccountNo)).Select(s => new { s.AccountNo, s.Mrr, s.Health }).ToDictionaryAsync(s => s.AccountNo, cancellation);
        return new(total,
        [
            .. page.Select(i =>
            {
                var (account, score) = (accounts[i.AccountNo], scores.GetValueOrDefault(i.AccountNo));
                return new InquiryListRow(
                    new(i.SourceId, i.FactId), i.AccountNo, account.AccountId, account.Namespace, account.Name, i.Subject, (i.ContactNo is { } contact ? people.GetValueOrDefault(contact) : null) ?? i.RequesterName ?? i.RequesterEmail,
                    i.State, i.Urgency, i.Assignee, i.Category, i.Product, InquiryTags.Read(i.Tags), i.Channel, i.Language, i.OpenedAt, i.ChangedAt, i.FirstResponseAt, i.NextDueAt,
                    i.FirstResponseAt is null, i.Escalated, i.CustomerSpokeLast, i.Version, score?.Mrr, score?.Health, HealthBands.Of(score?.Health, settings));
            }),
        ], run is null ? settings.Currency : ScoreRunQuery.Summary(run).Currency);
    }

    /// <summary>How much waits.</summary>
    public async Task<InquiryCounts> CountsAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var now = clock.GetUtcNow().UtcDateTime;
        var (me, lower) = (InquiryWork.KeyOf(viewer.Email), viewer.Email?.ToLowerInvariant());
        var open = await Standing(context, viewer).Where(i => !i.IsSettled)
            .GroupBy(_ => 1)
            .Select(g => new
            {
                Mine = g.Count(i => me != null && i.AssigneeKey == me),
                MineOverdue = g.Count(i => me != null && i.AssigneeKey == me && i.NextDueAt < now),
                Unassigned = g.Count(i => i.AssigneeKey == null),
                Team = g.Count(),
                Overdue = g.Count(i => i.NextDueAt < now),
                Escalated = g.Count(i => i.Escalated),
            })
            .FirstOrDefaultAsync(cancellation);
        var calls = lower is null ? 0 : await context.InquiryMentions.Where(m => m.Email == lower && m.SeenAt == null).Select(m => new { m.AccountNo, m.SourceId, m.FactId }).Distinct().CountAsync(cancellation);
        var received = MayMatch(viewer) ? await context.ReceivedInquiries.CountAsync(r => r.State == ReceivedState.Waiting, cancellation) : 0;
        return new(open?.Mine ?? 0, open?.MineOverdue ?? 0, open?.Unassigned ?? 0, open?.Team ?? 0, open?.Overdue ?? 0, open?.Escalated ?? 0, calls, received);
    }

    /// <summary>What occurs among the latest inquiries and those that are to be done.</summary>
    public async Task<InquiryChoices> ChoicesAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var latest = await Standing(context, viewer).OrderByDescending(i => i.OpenedAt).Take(ChoicesFrom)
            .GroupBy(i => new { i.Category, i.Product, i.Channel, i.Assignee, i.Tags }).Select(g => g.Key).ToListAsync(cancellation);
        static IReadOnlyList<string> Distinct(IEnumerable<string?> words) => [.. words.OfType<string>().Where(word => word.Length > 0).Distinct().Order(StringComparer.Ordinal).Take(MostChoices)];
        return new(
            Distinct(latest.Select(l => l.Category)), Distinct(latest.Select(l => l.Product)), Distinct(latest.Select(l => l.Channel)), Distinct(latest.Select(l => l.Assignee)), Distinct(latest.SelectMany(l => InquiryTags.Read(l.Tags))));
    }

    /// <summary>Who sees all accounts may say whose an inquiry is that came from nobody known.</summary>
    internal static bool MayMatch(Viewer viewer) => viewer is { MayWork: true, OwnPortfolioOnly: false };

    private static IQueryable<Inquiry> Standing(CustomerSuccessContext context, Viewer viewer) =>
        context.Inquiries.AsNoTracking().OfAccountsVisibleTo(context, viewer).Where(i => i.VoidedBy == null);

    private async Task<IQueryable<Inquiry>> MatchingAsync(CustomerSuccessContext context, Viewer viewer, InquiryFilter filter, CompanyCalendar calendar, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var inquiries = Standing(context, viewer);
        inquiries = filter.State is { } state ? inquiries.Where(i => i.State == state && i.IsSettled == state.IsSettled()) : filter.Settled ? inquiries : inquiries.Where(i => !i.IsSettled);
        var lower = viewer.Email?.ToLowerInvariant();
        if (filter.Assignee is { } assignee)
        {
            var key = assignee == InquiryFilter.Nobody ? null : InquiryWork.KeyOf(assignee == InquiryFilter.Me ? viewer.Email ?? "-" : assignee);
            inquiries = inquiries.Where(i => i.AssigneeKey == key);
        }

        inquiries = filter.Overdue ? inquiries.Where(i => !i.IsSettled && i.NextDueAt < now) : inquiries;
        inquiries = filter.Escalated ? inquiries.Where(i => i.Escalated) : inquiries;
        inquiries = filter.CallsMe ? inquiries.Where(i => context.InquiryMentions.Any(m => m.AccountNo == i.AccountNo && m.SourceId == i.SourceId && m.FactId == i.FactId && m.Email == lower && m.SeenAt == null)) : inquiries;
        inquiries = filter.Priority is { } priority ? inquiries.Where(i => i.Urgency == priority) : inquiries;
        inquiries = InquiryWork.KeyOf(filter.Category) is { } category ? inquiries.Where(i => i.CategoryKey == category) : inquiries;
        inquiries = InquiryWork.KeyOf(filter.Product) is { } product ? inquiries.Where(i => i.ProductKey == product) : inquiries;
        inquiries = InquiryWork.KeyOf(filter.Channel) is { } channel ? inquiries.Where(i => i.ChannelKey == channel) : inquiries;
        inquiries = filter.Language is { } language ? inquiries.Where(i => i.Language == language) : inquiries;
        inquiries = filter.AccountNo is { } account ? inquiries.Where(i => i.AccountNo == account) : inquiries;
        if (InquiryTags.Write([filter.Tag ?? ""]) is { } tag)
        {
            inquiries = inquiries.Where(i => i.Tags != null && i.Tags.Contains(tag));
        }

        if (filter.OpenedFrom is { } from)
        {
            var start = calendar.Start(from);
            inquiries = inquiries.Where(i => i.OpenedAt >= start);
        }

        return string.IsNullOrWhiteSpace(filter.Text) ? inquiries : await NamedAsync(context, viewer, inquiries, filter.Text, cancellation);
    }

    private static async Task<IQueryable<Inquiry>> NamedAsync(CustomerSuccessContext context, Viewer viewer, IQueryable<Inquiry> inquiries, string text, CancellationToken cancellation)
    {
        var (key, written) = (SortKey.Of(text), text.Trim());
        var named = await context.Accounts.AsNoTracking().VisibleTo(viewer)
            .Where(a => a.NameSort.Contains(key) || a.Name.Contains(written) || a.AccountId == written)
            .OrderBy(a => a.AccountNo).Select(a => a.AccountNo).Take(MostNamed).ToListAsync(cancellation);
        if (await IndexedAsync(context, text, cancellation) is not { } found)
        {
            return inquiries.Where(i => (i.SearchKey != null && i.SearchKey.Contains(key)) || named.Contains(i.AccountNo));
        }

        // only the rows that the index names are looked at
        var (sources, ids) = (found.Select(inquiry => inquiry.SourceId).Distinct().ToList(), found.Select(inquiry => inquiry.FactId).ToList());
        return named.Count == 0
            ? inquiries.Where(i => sources.Contains(i.SourceId) && ids.Contains(i.FactId) && i.SearchKey != null && i.SearchKey.Contains(key))
            : inquiries.Where(i => (sources.Contains(i.SourceId) && ids.Contains(i.FactId) && i.SearchKey != null && i.SearchKey.Contains(key)) || named.Contains(i.AccountNo));
    }

    /// <summary>
    /// Every inquiry that can say the words, by the full-text index, which finds words of letters by their beginnings;
    /// null where that knows too little, or names so many that they are found sooner by looking.
    /// </summary>
    private static async Task<List<InquiryKey>?> IndexedAsync(CustomerSuccessContext context, string text, CancellationToken cancellation)
    {
        var terms = SearchTokens.TermsOf(SearchTokens.WordsOf(text));
        if (terms.Count == 0 || !await FillSearch.IsCompleteAsync(context, cancellation))
        {
            return null;
        }

        var question = new IndexQuestion([.. terms.Select(term => term with { Token = SearchTokens.Anywhere + term.Token })], [[SearchTokens.OfKind + SearchKinds.Inquiry]], IsNarrow: true);
        var documents = await SearchIndex.FindAsync(context, await SearchIndex.WordsOfAsync(context, question, cancellation), 0, long.MaxValue, MostIndexed + 1, cancellation);
        if (documents.Count > MostIndexed)
        {
            return null;
        }

        var records = await context.SearchTexts.AsNoTracking().Where(row => documents.Contains(row.DocNo)).Select(row => row.RecordId).ToListAsync(cancellation);
        return [.. records.Select(InquiryKey.TryParse).OfType<InquiryKey>()];
    }

    private static IQueryable<Inquiry> Sorted(IQueryable<Inquiry> inquiries, InquirySort sort, bool descending)
    {
        var sorted = (sort, descending) switch
        {
            (InquirySort.Due, false) => inquiries.OrderBy(i => i.NextDueAt == null).ThenBy(i => i.NextDueAt),
            (InquirySort.Due, true) => inquiries.OrderBy(i => i.NextDueAt == null).ThenByDescending(i => i.NextDueAt),
            (InquirySort.Opened, false) => inquiries.OrderBy(i => i.OpenedAt),
            (InquirySort.Opened, true) => inquiries.OrderByDescending(i => i.OpenedAt),
            (InquirySort.Changed, false) => inquiries.OrderBy(i => i.ChangedAt),
            (InquirySort.Changed, true) => inquiries.OrderByDescending(i => i.ChangedAt),
            (InquirySort.Priority, false) => inquiries.OrderByDescending(i => i.Urgency).ThenBy(i => i.NextDueAt == null).ThenBy(i => i.NextDueAt),
            (InquirySort.Priority, true) => inquiries.OrderBy(i => i.Urgency).ThenBy(i => i.NextDueAt == null).ThenBy(i => i.NextDueAt),
            (InquirySort.State, false) => inquiries.OrderBy(i => i.State).ThenBy(i => i.OpenedAt),
            (InquirySort.State, true) => inquiries.OrderByDescending(i => i.State).ThenBy(i => i.OpenedAt),
            (_, false) => inquiries.OrderBy(i => i.AssigneeKey).ThenBy(i => i.OpenedAt),
            (_, true) => inquiries.OrderByDescending(i => i.AssigneeKey).ThenBy(i => i.OpenedAt),
        };

        // ties go the same way, so that an index can be read in either direction
        return descending && sort is (InquirySort.Opened or InquirySort.Changed)
            ? sorted.ThenByDescending(i => i.AccountNo).ThenByDescending(i => i.SourceId).ThenByDescending(i => i.FactId)
            : sorted.ThenBy(i => i.AccountNo).ThenBy(i => i.SourceId).ThenBy(i => i.FactId);
    }
}
