using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.BusinessTime;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>How fast and how well inquiries are answered, what is left open, and whether customers leave after it. Figures are those of <see cref="InquiriesQuery"/>.</summary>
public sealed class ServiceReport(Database database, CompanyBooks books, ServiceBooks inquiries, TimeProvider clock)
{
    /// <summary>Figures over what is worked on here move on by themselves: they are computed anew after so many minutes.</summary>
    private const int FreshMinutes = 10;

    /// <summary>Such times by which readers of a large company may be given figures that stand.</summary>
    private const int MostBehind = 2;

    private long _ahead, _stands;

    /// <summary>Figures of the last months, by month and by what inquiries are, and what is open.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="scope">Which inquiries.</param>
    /// <param name="months">Months up to the last one with an inquiry, 1 or more.</param>
    /// <param name="cancellation">Ends the query.</param>
    public Task<ServiceOverview> OverviewAsync(Viewer viewer, ServiceScope scope, int months, CancellationToken cancellation = default) => OverviewAsync(viewer, scope, months, false, cancellation);

    /// <summary>The same, with times as clock hours or as the desk's calendars count them.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="scope">Which inquiries.</param>
    /// <param name="months">Months up to the last one with an inquiry, 1 or more.</param>
    /// <param name="inBusinessTime">True to count only the time in which the desk is open.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<ServiceOverview> OverviewAsync(Viewer viewer, ServiceScope scope, int months, bool inBusinessTime, CancellationToken cancellation)
    {
        var (desk, accounts, key) = await OpenAsync(viewer, $"service|{scope}|{months}", inBusinessTime, token => OverviewAsync(viewer, scope, months, inBusinessTime, token), cancellation);
        return await Task.Run(() => desk.Service.Figures.Figure(key, () => ServiceTally.Overview(desk, accounts, scope, months)), cancellation);
    }

    /// <summary>Whether customers left more often after an experience than without it.</summary>
    public async Task<ServiceChurn> ChurnAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var (desk, accounts, key) = await OpenAsync(viewer, "service-churn", false, null, cancellation);
        return await Task.Run(() => desk.Service.Figures.Figure(key, () => ServiceFollowing.Churn(desk, accounts)), cancellation);
    }

    /// <summary>The inquiries behind a figure.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Which ones.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1–1000.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<ServiceList> InquiriesAsync(Viewer viewer, ServiceListAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var (desk, accounts, key) = await OpenAsync(viewer, $"service-list|{ask}", ask.InBusinessTime, token => InquiriesAsync(viewer, ask, offset, limit, token), cancellation);
        // the figures are the same in whatever order
        var unsorted = ask with { Sort = default, Descending = default };
        var whole = key is null ? null : $"{key}|{unsorted}";
        var (rows, found, figures) = await Task.Run(() =>
        {
            var all = InquiryRows.Of(desk);
            var ordered = desk.Service.Figures.List<int>(key, () => Ordered(desk, accounts, ask));
            return (all, ordered, desk.Service.Figures.Figure(whole, () => ServiceTally.Figures(desk, all, ordered)));
        }, cancellation);
        return new(await WithSubjectsAsync([.. found.Skip(offset).Take(limit).Select(row => Row(desk, rows.EntryOf(row), rows[row]))], cancellation), found.Count, figures);
    }

    /// <summary>The customers behind an association.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Which ones.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1 or more.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<ServiceAccountList> AccountsAsync(Viewer viewer, ServiceAccountAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var (desk, accounts, key) = await OpenAsync(viewer, $"service-accounts|{ask}", false, token => AccountsAsync(viewer, ask, offset, limit, token), cancellation);
        var rows = await Task.Run(() => desk.Service.Figures.List(key, () => ServiceFollowing.Rows(desk, accounts, ask)), cancellation);
        return new([.. rows.Skip(offset).Take(limit)], rows.Count, rows.Select(row => row.AccountNo).Distinct().Count(), desk.Book.Settings.Currency);
    }

    private static bool[] Asked(Desk desk, InquiryRows rows, IReadOnlyList<BookEntry> accounts, ServiceListAsk ask)
    {
        var inside = rows.Of(accounts, ask.Scope, desk.Book.Accounts.Count);
        for (var row = 0; row < inside.Length; row++)
        {
            var inquiry = rows[row];
            inside[row] = inside[row] && !(inquiry.Day < ask.From) && !(inquiry.Day > ask.To) && (!ask.Escalated || inquiry.Escalated) && (!ask.Rated || inquiry.Satisfaction is not null)
                && (ask.OpenOn is not { } day || ServiceTally.InBand(desk, inquiry, day, ask.AgeFrom, ask.AgeTo));
        }

        return inside;
    }

    /// <summary>The list's inquiries in its order, by their rows: what is shown of them is made for a page.</summary>
    private static int[] Ordered(Desk desk, IReadOnlyList<BookEntry> accounts, ServiceListAsk ask)
    {
        var rows = InquiryRows.Of(desk);
        var inside = Asked(desk, rows, accounts, ask);
        int[] found = [.. Enumerable.Range(0, inside.Length).Where(row => inside[row])];
        return ask.Sort switch
        {
            ServiceSort.FirstResponse => StableOrder.By(found, row => Minutes(desk, rows[row]), ask.Descending),
            ServiceSort.Resolution => StableOrder.By(found, row => Hours(desk, rows[row]), ask.Descending),
            ServiceSort.Satisfaction => StableOrder.By(found, row => rows[row].Satisfaction ?? 0, ask.Descending),
            _ => StableOrder.By(found, row => rows[row].Day.DayNumber, ask.Descending),
        };
    }

    private static double Minutes(Desk desk, InquiryLine inquiry) => Math.Max(0, desk.Waited(inquiry, inquiry.FirstResponseAt ?? desk.Service.RunsUntil(inquiry, desk.Now)).TotalMinutes);

    private static double Hours(Desk desk, InquiryLine inquiry) => Math.Max(0, desk.Waited(inquiry, inquiry.ClosedAt ?? desk.Service.RunsUntil(inquiry, desk.Now)).TotalHours);

    private static ServiceRow Row(Desk desk, BookEntry entry, InquiryLine inquiry) => new(
        entry.AccountNo, entry.AccountId, entry.Namespace, entry.Name, inquiry.Key, inquiry.Day, Minutes(desk, inquiry), inquiry.FirstResponseAt is not null,
        Hours(desk, inquiry), inquiry.ClosedAt is not null, inquiry.Satisfaction, inquiry.Escalated, inquiry.Category, inquiry.Assignee, inquiry.Priority);

    /// <summary>Subjects are read for the rows shown alone.</summary>
    private async Task<IReadOnlyList<ServiceRow>> WithSubjectsAsync(IReadOnlyList<ServiceRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return rows;
        }

        await using var context = database.OpenContext();
        var (numbers, ids) = (rows.Select(row => row.AccountNo).Distinct().ToList(), rows.Select(row => row.Key.FactId).Distinct().ToList());
        var subjects = await context.Inquiries.AsNoTracking().Where(inquiry => numbers.Contains(inquiry.AccountNo) && ids.Contains(inquiry.FactId))
            .Select(inquiry => new { inquiry.AccountNo, inquiry.SourceId, inquiry.FactId, inquiry.Subject }).ToListAsync(cancellation);
        var found = subjects.ToDictionary(one => (one.AccountNo, new InquiryKey(one.SourceId, one.FactId)), one => one.Subject);
        return [.. rows.Select(row => row with { Subject = found.GetValueOrDefault((row.AccountNo, row.Key)) })];
    }

    /// <summary>Figures of this moment are about to be computed ahead; false where those that stand are of it.</summary>
    internal bool Begin()
    {
        Interlocked.Exchange(ref _ahead, MomentNow);
        return Interlocked.Read(ref _ahead) != Interlocked.Read(ref _stands);
    }

    /// <summary>They were computed: readers of a large company are given them.</summary>
    internal void Stand() => Interlocked.Exchange(ref _stands, Interlocked.Read(ref _ahead));

    private long MomentNow => clock.GetUtcNow().UtcTicks / (TimeSpan.TicksPerMinute * FreshMinutes);

    /// <summary>The time up to which figures are kept that move on by themselves.</summary>
    private long MomentOf(CompanyBook book)
    {
        var (now, stands) = (MomentNow, Interlocked.Read(ref _stands));
        return books.IsAhead ? Interlocked.Read(ref _ahead) : book.Accounts.Count >= books.StandsFrom && now - stands <= MostBehind ? stands : now;
    }

    private async Task<(Desk Desk, IReadOnlyList<BookEntry> Accounts, string? Key)> OpenAsync(Viewer viewer, string figure, bool inBusinessTime, Func<CancellationToken, Task>? again, CancellationToken cancellation)
    {
        DeskRules? rules = null;
        if (inBusinessTime)
        {
            await using var context = database.OpenContext();
            var settings = (await books.ForReadersAsync(cancellation)).Settings;
            (rules, var stamp) = (await DeskRulesReader.ReadAsync(context, settings, cancellation), await DeskRulesReader.StampAsync(context, settings, cancellation));
            figure = $"{figure}|{stamp}";
        }

        var (book, accounts, key) = await books.ForAsync(viewer, figure, cancellation, again);
        var service = await inquiries.ForAsync(book, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        return (new Desk(book, service, now, rules), accounts, key is null || !service.IsWorkedOn ? key : FormattableString.Invariant($"{key}|{MomentOf(book)}"));
    }
}

/// <summary>The inquiries of a company at a moment.</summary>
/// <param name="book">The company.</param>
/// <param name="service">Its inquiries.</param>
/// <param name="now">The moment (UTC).</param>
/// <param name="rules">By whose calendars time is counted; null for clock hours.</param>
internal sealed class Desk(CompanyBook book, ServiceBook service, DateTime now, DeskRules? rules = null)
{
    private readonly Dictionary<BusinessCalendar, OpenTime> _open = [];
    private DateTime? _first;

    private readonly CompanyCalendar _calendar = new(book.Settings.TimeZone);

    public CompanyBook Book { get; } = book;

    public ServiceBook Service { get; } = service;

    public DateTime Now { get; } = now;

    /// <summary>The last day of which it is known what is open: of a desk that works here, today.</summary>
    public DateOnly Today => _calendar.Day(Service.IsWorkedOn ? Now : (Service.KnownUntil ?? Now).AddTicks(-1));

    /// <summary>The instant at which a day ends.</summary>
    public DateTime EndOf(DateOnly day) => _calendar.Start(day.AddDays(1));

    /// <summary>How long an inquiry had waited at an instant.</summary>
    public TimeSpan Waited(InquiryLine inquiry, DateTime until)
    {
        if (rules is null)
        {
            return until - inquiry.OpenedAt;
        }

        var calendar = rules.CalendarOf(inquiry.Language);
        if (!_open.TryGetValue(calendar, out var open))
        {
            _first ??= Service.Accounts.Values.SelectMany(lines => lines).Min(line => line.OpenedAt);
            _open.Add(calendar, open = new OpenTime(calendar, _first.Value, Now > _first ? Now : _first.Value));
        }

        return open.Between(inquiry.OpenedAt, until);
    }

    /// <summary>The inquiries of accounts, account by account.</summary>
    public IEnumerable<(BookEntry Entry, InquiryLine Inquiry)> Of(IEnumerable<BookEntry> accounts) =>
        accounts.SelectMany(entry => Service.Accounts.GetValueOrDefault(entry.AccountNo, []), (entry, inquiry) => (entry, inquiry));
}
