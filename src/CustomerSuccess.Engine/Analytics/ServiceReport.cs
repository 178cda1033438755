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

    /// <summary>Days by which open inquiries are told apart.</summary>
    private static readonly int[] AgeDays = [0, 2, 8, 31, 91];

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
        var (desk, accounts, key) = await OpenAsync(viewer, $"service|{scope}|{months}", inBusinessTime, cancellation);
        return await Task.Run(() => desk.Book.Once(key, () => Overview(desk, accounts, scope, months)), cancellation);
    }

    /// <summary>Whether customers left more often after an experience than without it.</summary>
    public async Task<ServiceChurn> ChurnAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var (desk, accounts, key) = await OpenAsync(viewer, "service-churn", false, cancellation);
        return await Task.Run(() => desk.Book.Once(key, () => ServiceFollowing.Churn(desk, accounts)), cancellation);
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
        var (desk, accounts, key) = await OpenAsync(viewer, $"service-list|{ask}", ask.InBusinessTime, cancellation);
        var (rows, figures) = await Task.Run(() => (desk.Book.List(key, () => Rows(desk, accounts, ask)), desk.Book.Once(key, () => Tally(desk, Asked(desk, accounts, ask)))), cancellation);
        return new(await WithSubjectsAsync([.. rows.Skip(offset).Take(limit)], cancellation), rows.Count, figures);
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
        var (desk, accounts, key) = await OpenAsync(viewer, $"service-accounts|{ask}", false, cancellation);
        var rows = await Task.Run(() => desk.Book.List(key, () => ServiceFollowing.Rows(desk, accounts, ask)), cancellation);
        return new([.. rows.Skip(offset).Take(limit)], rows.Count, rows.Select(row => row.AccountNo).Distinct().Count(), desk.Book.Settings.Currency);
    }

    private static ServiceOverview Overview(Desk desk, IReadOnlyList<BookEntry> accounts, ServiceScope scope, int months)
    {
        var all = desk.Of(accounts).Where(one => scope.Has(one.Entry, one.Inquiry)).ToList();
        if (all.Count == 0)
        {
            return new(null, null, new InquiryTally().Figures(), null, [], new Dictionary<ServiceSlice, IReadOnlyList<ServicePart>>(), [], null, null, null);
        }

        var to = MonthEnds.OnOrAfter(all.Max(one => one.Inquiry.Day));
        var first = all.Min(one => one.Inquiry.Day);
        var start = new DateOnly(to.Year, to.Month, 1).AddMonths(1 - months);
        var from = start > first ? start : new DateOnly(first.Year, first.Month, 1);
        List<(BookEntry Entry, InquiryLine Inquiry)> Between(DateOnly after, DateOnly until) => [.. all.Where(one => one.Inquiry.Day >= after && one.Inquiry.Day <= until)];
        var now = Between(from, to);
        var before = first < from ? Between(from.AddMonths(-months), from.AddDays(-1)) : [];
        var byMonth = now.ToLookup(one => MonthEnds.OnOrAfter(one.Inquiry.Day));
        var today = desk.Today;
        var open = all.Where(one => one.Inquiry.IsOpenAt(desk.EndOf(today))).ToList();
        var ages = open.Select(one => today.DayNumber - one.Inquiry.Day.DayNumber).Order().ToList();
        return new(
            from, to, Tally(desk, now), before.Count == 0 ? null : Tally(desk, before),
            [.. MonthEnds.Between(from, to).Select(month => Month(desk, all, byMonth[month], month))],
            Enum.GetValues<ServiceSlice>().ToDictionary(slice => slice, slice => (IReadOnlyList<ServicePart>)
            [
                .. now.GroupBy(one => ServiceScope.ValueOf(one.Entry, one.Inquiry, slice)).Select(same => new ServicePart(same.Key, Tally(desk, same)))
                    .OrderByDescending(part => part.Figures.Inquiries).ThenBy(part => part.Value, StringComparer.Ordinal),
            ]),
            [
                .. AgeDays.Select((days, i) => (From: days, To: i + 1 < AgeDays.Length ? AgeDays[i + 1] : (int?)null)).Select(band => (band, Some: open.Where(one => InBand(desk, one.Inquiry, today, band.From, band.To)).ToList()))
                    .Select(found => new BacklogBand(found.band.From, found.band.To, found.Some.Count, found.Some.Count(one => one.Inquiry.FirstResponseAt is null))),
            ],
            Middle(ages, 0.5), Middle(ages, 0.9), today);
    }

    private static ServiceMonth Month(Desk desk, List<(BookEntry Entry, InquiryLine Inquiry)> all, IEnumerable<(BookEntry Entry, InquiryLine Inquiry)> opened, DateOnly month)
    {
        var day = month < desk.Today ? month : desk.Today;
        var end = desk.EndOf(day);
        var ages = all.Where(one => one.Inquiry.IsOpenAt(end)).Select(one => day.DayNumber - one.Inquiry.Day.DayNumber).Order().ToList();
        return new(month, Tally(desk, opened), ages.Count, Middle(ages, 0.5));
    }

    /// <summary>A quantile by linear interpolation; null for none.</summary>
    private static double? Middle(List<int> sorted, double share)
    {
        if (sorted.Count == 0)
        {
            return null;
        }

        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]));
    }

    private static bool InBand(Desk desk, InquiryLine inquiry, DateOnly day, int? from, int? to) =>
        inquiry.IsOpenAt(desk.EndOf(day)) && !(day.DayNumber - inquiry.Day.DayNumber < from) && !(day.DayNumber - inquiry.Day.DayNumber >= to);

    private static InquiryFigures Tally(Desk desk, IEnumerable<(BookEntry Entry, InquiryLine Inquiry)> some)
    {
        var tally = new InquiryTally();
        foreach (var (_, inquiry) in some)
        {
            var runs = desk.Service.RunsUntil(inquiry, desk.Now);
            tally.Add(desk.Waited(inquiry, inquiry.FirstResponseAt ?? runs), inquiry.FirstResponseAt is not null, desk.Waited(inquiry, inquiry.ClosedAt ?? runs), inquiry.ClosedAt is not null, inquiry.Satisfaction, inquiry.Escalated);
        }

        return tally.Figures();
    }

    private static IEnumerable<(BookEntry Entry, InquiryLine Inquiry)> Asked(Desk desk, IReadOnlyList<BookEntry> accounts, ServiceListAsk ask) => desk.Of(accounts).Where(one =>
        !(one.Inquiry.Day < ask.From) && !(one.Inquiry.Day > ask.To) && (!ask.Escalated || one.Inquiry.Escalated) && (!ask.Rated || one.Inquiry.Satisfaction is not null)
        && (ask.OpenOn is not { } day || InBand(desk, one.Inquiry, day, ask.AgeFrom, ask.AgeTo)) && ask.Scope.Has(one.Entry, one.Inquiry));

    private static List<ServiceRow> Rows(Desk desk, IReadOnlyList<BookEntry> accounts, ServiceListAsk ask)
    {
        var rows = Asked(desk, accounts, ask).Select(one => Row(desk, one.Entry, one.Inquiry)).ToList();
        IOrderedEnumerable<ServiceRow> By<T>(Func<ServiceRow, T> key) => ask.Descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
        var sorted = ask.Sort switch
        {
            ServiceSort.FirstResponse => By(row => row.FirstResponseMinutes),
            ServiceSort.Resolution => By(row => row.ResolutionHours),
            ServiceSort.Satisfaction => By(row => row.Satisfaction ?? 0),
            _ => By(row => row.Opened),
        };
        return [.. sorted.ThenBy(row => row.AccountNo).ThenBy(row => row.Key.SourceId).ThenBy(row => row.Key.FactId, StringComparer.Ordinal)];
    }

    private static ServiceRow Row(Desk desk, BookEntry entry, InquiryLine inquiry)
    {
        var runs = desk.Service.RunsUntil(inquiry, desk.Now);
        return new(
            entry.AccountNo, entry.AccountId, entry.Namespace, entry.Name, inquiry.Key, inquiry.Day, Math.Max(0, desk.Waited(inquiry, inquiry.FirstResponseAt ?? runs).TotalMinutes), inquiry.FirstResponseAt is not null,
            Math.Max(0, desk.Waited(inquiry, inquiry.ClosedAt ?? runs).TotalHours), inquiry.ClosedAt is not null, inquiry.Satisfaction, inquiry.Escalated, inquiry.Category, inquiry.Assignee, inquiry.Priority);
    }

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

    private async Task<(Desk Desk, IReadOnlyList<BookEntry> Accounts, string? Key)> OpenAsync(Viewer viewer, string figure, bool inBusinessTime, CancellationToken cancellation)
    {
        DeskRules? rules = null;
        if (inBusinessTime)
        {
            await using var context = database.OpenContext();
            var settings = (await books.OpenAsync(cancellation)).Settings;
            (rules, var stamp) = (await DeskRulesReader.ReadAsync(context, settings, cancellation), await DeskRulesReader.StampAsync(context, settings, cancellation));
            figure = $"{figure}|{stamp}";
        }

        var (book, accounts, key) = await books.ForAsync(viewer, figure, cancellation);
        var service = await inquiries.ForAsync(book, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        return (new Desk(book, service, now, rules), accounts, key is null || !service.IsWorkedOn ? key : FormattableString.Invariant($"{key}|{now.Ticks / (TimeSpan.TicksPerMinute * FreshMinutes)}"));
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
            _first ??= Service.Accounts.Values.Min(lines => lines[0].OpenedAt);
            _open.Add(calendar, open = new OpenTime(calendar, _first.Value, Now > _first ? Now : _first.Value));
        }

        return open.Between(inquiry.OpenedAt, until);
    }

    /// <summary>The inquiries of accounts, account by account.</summary>
    public IEnumerable<(BookEntry Entry, InquiryLine Inquiry)> Of(IEnumerable<BookEntry> accounts) =>
        accounts.SelectMany(entry => Service.Accounts.GetValueOrDefault(entry.AccountNo, []), (entry, inquiry) => (entry, inquiry));
}
