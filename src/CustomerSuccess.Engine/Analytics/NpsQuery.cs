using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Net promoter score by the month of the answers, over surveys of that kind on the scale 0–10.</summary>
public sealed class NpsQuery(Database database, SettingsStore settings)
{
    /// <summary>Answers that count.</summary>
    internal static IQueryable<SurveyResponse> Standing(IQueryable<SurveyResponse> answers) => answers.Where(answer => answer.VoidedBy == null && answer.Kind == "nps");

    /// <summary>Every month from the first to the last day's, and all of them together; without days, from the first answer's month to the last one's.</summary>
    public async Task<(IReadOnlyList<NpsMonth> Months, NetPromoter? Total)> RunAsync(Viewer viewer, DateOnly? from, DateOnly? to, CancellationToken cancellation = default)
    {
        var zone = new CompanyCalendar((await settings.ReadAsync(cancellation)).TimeZone);
        await using var context = database.OpenContext();
        var visible = context.Accounts.VisibleTo(viewer);
        var answers = Standing(context.SurveyResponses.AsNoTracking()).Where(answer => visible.Any(account => account.AccountNo == answer.AccountNo));
        if (await answers.AnyAsync(cancellation) is false)
        {
            return ([], null);
        }

        var first = from ?? zone.Day(await answers.MinAsync(a => a.RespondedAt, cancellation));
        var last = to ?? zone.Day(await answers.MaxAsync(a => a.RespondedAt, cancellation));
        var (start, end) = (zone.Start(CompanyCalendar.Month(first)), zone.Start(CompanyCalendar.Month(last).AddMonths(1)));
        var months = new SortedDictionary<DateOnly, int[]>();
        for (var month = CompanyCalendar.Month(first); month <= last; month = month.AddMonths(1))
        {
            months[month] = new int[3];
        }

        var total = new int[3];
        var rows = answers.Where(a => a.RespondedAt >= start && a.RespondedAt < end).Select(a => new { a.RespondedAt, a.Score });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var group = (int)NetPromoter.GroupOf(row.Score);
            months[CompanyCalendar.Month(zone.Day(row.RespondedAt))][group]++;
            total[group]++;
        }

        return ([.. months.Select(m => new NpsMonth(m.Key, NetPromoter.Of(m.Value)))], NetPromoter.Of(total));
    }
}
