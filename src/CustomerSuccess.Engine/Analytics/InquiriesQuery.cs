using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Response and resolution of inquiries by the month in which they were opened.</summary>
public sealed class InquiriesQuery(Database database, SettingsStore settings, TimeProvider clock)
{
    /// <summary>Every month from the first to the last day's; without days, from the first inquiry's month to the last one's. What is still open enters as running up to the last day that inquiries reach.</summary>
    public async Task<IReadOnlyList<InquiryMonth>> RunAsync(Viewer viewer, DateOnly? from, DateOnly? to, CancellationToken cancellation = default)
    {
        var zone = new CompanyCalendar((await settings.ReadAsync(cancellation)).TimeZone);
        await using var context = database.OpenContext();
        var visible = context.Accounts.VisibleTo(viewer);
        var inquiries = from inquiry in context.Inquiries.AsNoTracking()
                        where inquiry.VoidedBy == null && visible.Any(account => account.AccountNo == inquiry.AccountNo)
                        select inquiry;
        if (await inquiries.AnyAsync(cancellation) is false)
        {
            return [];
        }

        var first = from ?? zone.Day(await inquiries.MinAsync(i => i.OpenedAt, cancellation));
        var last = to ?? zone.Day(await inquiries.MaxAsync(i => i.OpenedAt, cancellation));
        var (start, end) = (zone.Start(CompanyCalendar.Month(first)), zone.Start(CompanyCalendar.Month(last).AddMonths(1)));
        var reach = await context.SourceReaches.AsNoTracking().Where(r => r.Record == "inquiries").ToListAsync(cancellation);
        // open ones run up to where the data reach, and never beyond it; what is worked on here is known up to now
        var now = clock.GetUtcNow().UtcDateTime;
        var known = reach.Max(r => r.CompleteUntil) is { } until ? zone.Start(until.AddDays(1)) : await LatestAsync(inquiries, cancellation);

        var months = new SortedDictionary<DateOnly, Sums>();
        for (var month = CompanyCalendar.Month(first); month <= last; month = month.AddMonths(1))
        {
            months[month] = new Sums();
        }

        var rows = inquiries.Where(i => i.OpenedAt >= start && i.OpenedAt < end)
            .Select(i => new { i.SourceId, i.OpenedAt, i.FirstResponseAt, i.ClosedAt, i.Satisfaction, i.Escalated });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var sums = months[CompanyCalendar.Month(zone.Day(row.OpenedAt))];
            var runs = row.SourceId == AppSource.SourceId ? now : known;
            sums.FirstResponse.Add(((row.FirstResponseAt ?? runs) - row.OpenedAt).TotalMinutes, row.FirstResponseAt is null);
            sums.Resolution.Add(((row.ClosedAt ?? runs) - row.OpenedAt).TotalHours, row.ClosedAt is null);
            sums.Escalated += row.Escalated ? 1 : 0;
            if (row.Satisfaction is { } satisfaction)
            {
                sums.Answers++;
                sums.Satisfaction += satisfaction;
            }
        }

        return [.. months.Select(m => new InquiryMonth(
            m.Key,
            m.Value.FirstResponse.Count,
            m.Value.FirstResponse.Percentile(0.5),
            m.Value.FirstResponse.Percentile(0.9),
            m.Value.Resolution.Percentile(0.5),
            m.Value.Resolution.Percentile(0.9),
            m.Value.Answers == 0 ? null : (double)m.Value.Satisfaction / m.Value.Answers,
            m.Value.Answers,
            m.Value.Escalated))];
    }

    private static async Task<DateTime> LatestAsync(IQueryable<Core.Activity.Inquiry> inquiries, CancellationToken cancellation)
    {
        DateTime?[] latest =
        [
            await inquiries.MaxAsync(i => (DateTime?)i.OpenedAt, cancellation),
            await inquiries.MaxAsync(i => i.FirstResponseAt, cancellation),
            await inquiries.MaxAsync(i => i.ClosedAt, cancellation),
        ];
        return latest.Max()!.Value;
    }

    private sealed class Sums
    {
        public WaitingTimes FirstResponse { get; } = new();

        public WaitingTimes Resolution { get; } = new();

        public int Answers { get; set; }

        public long Satisfaction { get; set; }

        public int Escalated { get; set; }
    }
}
