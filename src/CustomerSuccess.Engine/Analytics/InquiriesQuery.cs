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

        var months = new SortedDictionary<DateOnly, InquiryTally>();
        for (var month = CompanyCalendar.Month(first); month <= last; month = month.AddMonths(1))
        {
            months[month] = new InquiryTally();
        }

        var rows = inquiries.Where(i => i.OpenedAt >= start && i.OpenedAt < end)
            .Select(i => new { i.SourceId, i.OpenedAt, i.FirstResponseAt, i.ClosedAt, i.Satisfaction, i.Escalated });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            months[CompanyCalendar.Month(zone.Day(row.OpenedAt))].Add(row.OpenedAt, row.FirstResponseAt, row.ClosedAt, row.SourceId == AppSource.SourceId ? now : known, row.Satisfaction, row.Escalated);
        }

        return [.. months.Select(month => MonthOf(month.Key, month.Value.Figures()))];
    }

    private static InquiryMonth MonthOf(DateOnly month, InquiryFigures of) =>
        new(month, of.Inquiries, of.FirstResponseMedian, of.FirstResponse90, of.ResolutionMedian, of.Resolution90, of.Satisfaction, of.SatisfactionAnswers, of.Escalated);

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
}
