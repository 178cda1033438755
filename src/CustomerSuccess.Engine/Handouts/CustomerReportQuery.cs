using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>Gathers what a customer is told of its use and results.</summary>
public sealed class CustomerReportQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    private const int Features = 8;

    private static readonly string[] TrainingWords = ["training", "workshop", "onboarding", "seminar", "webinar", "研修", "トレーニング", "勉強会", "セミナー"];

    /// <summary>The period that a report is offered for: the last three whole months.</summary>
    public static (DateOnly From, DateOnly To) UsualPeriod(DateOnly today)
    {
        var to = MonthEnds.OnOrBefore(today.AddDays(-1));
        return (new DateOnly(to.Year, to.Month, 1).AddMonths(-2), to);
    }

    /// <summary>What the report says; null for an account that the viewer may not see.</summary>
    public async Task<CustomerReportFigures?> FindAsync(Viewer viewer, int accountNo, CustomerReportDraft draft, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await context.Accounts.AsNoTracking().VisibleTo(viewer).FirstOrDefaultAsync(account => account.AccountNo == accountNo, cancellation) is not { } account)
        {
            return null;
        }

        var (from, to) = (draft.From, draft.To);
        var (begin, end) = (settings.StartOf(from), settings.StartOf(to.AddDays(1)));
        var terms = await context.Subscriptions.AsNoTracking().Where(term => term.AccountNo == accountNo && term.VoidedBy == null && term.StartedOn <= to && (term.EndedOn == null || term.EndedOn > to)).ToListAsync(cancellation);
        var contact = draft.ContactNo is { } no ? await context.Contacts.AsNoTracking().FirstOrDefaultAsync(person => person.AccountNo == accountNo && person.ContactNo == no && person.VoidedBy == null, cancellation) : null;
        var owner = (await Colleagues.ListAsync(context, cancellation)).FirstOrDefault(colleague => string.Equals(colleague.Email, account.OwnerEmail, StringComparison.OrdinalIgnoreCase));
        var figures = new CustomerReportFigures
        {
            Account = account.Name,
            Company = settings.SenderNameIn(draft.Language) is { Length: > 0 } sender ? sender : settings.Name,
            Today = settings.Today(clock),
            From = from,
            To = to,
            Language = draft.Language,
            Contact = contact?.Name,
            ContactTitle = contact?.Title,
            Plans = [.. terms.Select(term => string.Join(" ", new[] { term.Product, term.Plan }.OfType<string>())).Where(name => name.Length > 0).Distinct()],
            Seats = terms.Sum(term => term.Seats ?? 0) is var seats && seats > 0 ? seats : null,
            Note = draft.Note,
            NextSteps = draft.NextSteps,
            OwnerName = owner?.Name,
            OwnerEmail = owner?.Email,
            Reach = settings.SenderContact.Length > 0 ? settings.SenderContact : null,
        };
        figures = await WithUseAsync(context, accountNo, figures, cancellation);
        figures = await WithPlanAsync(context, accountNo, figures, begin, end, settings, cancellation);
        return await WithServiceAsync(context, accountNo, figures, begin, end, cancellation);
    }

    private static async Task<CustomerReportFigures> WithUseAsync(CustomerSuccessContext context, int accountNo, CustomerReportFigures figures, CancellationToken cancellation)
    {
        var (from, to) = (figures.From, figures.To);
        var earlier = from.AddDays(from.DayNumber - to.DayNumber - 1);
        // of a day and metric the account's own rows win over those of its people, as everywhere
        var days = (await context.Usage.AsNoTracking().Where(use => use.AccountNo == accountNo && use.Day >= earlier && use.Day <= to)
            .GroupBy(use => new { use.Day, use.MetricId })
            .Select(day => new { day.Key.Day, day.Key.MetricId, Own = day.Sum(use => use.ContactNo == 0 ? 1 : 0), OfAccount = day.Sum(use => use.ContactNo == 0 ? use.Count : 0), All = day.Sum(use => use.Count) })
            .ToListAsync(cancellation)).Select(day => (day.Day, day.MetricId, Count: day.Own > 0 ? day.OfAccount : day.All)).ToList();
        // days are numbers to the database: it is not asked for their months
        var people = await context.Usage.AsNoTracking().Where(use => use.AccountNo == accountNo && use.ContactNo != 0 && use.Day >= from && use.Day <= to && use.Count > 0)
            .Select(use => new { use.ContactNo, use.Day }).Distinct().ToListAsync(cancellation);
        var ids = days.Select(day => day.MetricId).Distinct().ToList();
        var names = await context.Metrics.AsNoTracking().Where(metric => ids.Contains(metric.MetricId)).ToDictionaryAsync(metric => metric.MetricId, metric => metric.Name, cancellation);
        var hasBefore = days.Exists(day => day.Day < from);
        var months = MonthEnds.Between(from, MonthEnds.OnOrAfter(to)).Select(month => month < to ? month : to).Distinct().ToList();
        bool IsIn(DateOnly day, DateOnly month) => day.Year == month.Year && day.Month == month.Month && day >= from && day <= to;
        return figures with
        {
            Users = people.Count == 0 ? [] : [.. months.Select(month => new ReportedUsers(month, people.Where(person => IsIn(person.Day, month)).Select(person => person.ContactNo).Distinct().Count()))],
            Uses = days.Count == 0 ? [] : [.. months.Select(month => (month, days.Where(day => IsIn(day.Day, month)).Sum(day => day.Count)))],
            Features =
            [
                .. days.GroupBy(day => day.MetricId)
                    .Select(own => new ReportedFeature(names[own.Key], own.Where(day => day.Day >= from).Sum(day => day.Count), hasBefore ? own.Where(day => day.Day < from).Sum(day => day.Count) : null))
                    .Where(feature => feature.Count > 0).OrderByDescending(feature => feature.Count).ThenBy(feature => feature.Name, StringComparer.Ordinal).Take(Features),
            ],
        };
    }

    private static async Task<CustomerReportFigures> WithPlanAsync(CustomerSuccessContext context, int accountNo, CustomerReportFigures figures, DateTime begin, DateTime end, CompanySettings settings, CancellationToken cancellation)
    {
        // what is still being drafted, or was given up, was agreed with nobody
        var plans = await context.SuccessPlans.AsNoTracking().Where(plan => plan.AccountNo == accountNo && plan.DeletedAt == null && plan.Status != PlanStatus.Draft && plan.Status != PlanStatus.Abandoned).Select(plan => plan.PlanId).ToListAsync(cancellation);
        var goals = await context.PlanGoals.AsNoTracking().Where(goal => goal.AccountNo == accountNo && goal.DeletedAt == null && plans.Contains(goal.PlanId) && goal.ReachedAt >= begin && goal.ReachedAt < end).OrderBy(goal => goal.ReachedAt).ToListAsync(cancellation);
        var steps = await context.PlanMilestones.AsNoTracking().Where(step => step.AccountNo == accountNo && step.DeletedAt == null && plans.Contains(step.PlanId)).ToListAsync(cancellation);
        return figures with
        {
            Reached = [.. goals.Select(goal => new ReportedGoal(goal.Title, goal.Measure, goal.Target, goal.Current, settings.DayOf(goal.ReachedAt!.Value)))],
            Done = [.. steps.Where(step => step.DoneAt >= begin && step.DoneAt < end).OrderBy(step => step.DoneAt).Select(step => new ReportedGoal(step.Title, null, null, null, settings.DayOf(step.DoneAt!.Value)))],
            Coming = [.. steps.Where(step => step.DoneAt is null).OrderBy(step => step.DueOn ?? DateOnly.MaxValue).ThenBy(step => step.Position).Take(5).Select(step => new ReportedGoal(step.Title, null, null, null, step.DueOn))],
        };
    }

    private static async Task<CustomerReportFigures> WithServiceAsync(CustomerSuccessContext context, int accountNo, CustomerReportFigures figures, DateTime begin, DateTime end, CancellationToken cancellation)
    {
        var inquiries = await context.Inquiries.AsNoTracking().Where(inquiry => inquiry.AccountNo == accountNo && inquiry.VoidedBy == null && inquiry.MergedInto == null && inquiry.OpenedAt >= begin && inquiry.OpenedAt < end)
            .Select(inquiry => new { inquiry.OpenedAt, inquiry.FirstResponseAt, inquiry.ClosedAt }).ToListAsync(cancellation);
        var touches = await context.Touches.AsNoTracking().Where(touch => touch.AccountNo == accountNo && touch.VoidedBy == null && touch.At >= begin && touch.At < end && touch.Kind != null).Select(touch => touch.Kind!).ToListAsync(cancellation);
        bool IsTraining(string kind) => TrainingWords.Any(word => kind.Contains(word, StringComparison.OrdinalIgnoreCase));
        return figures with
        {
            Inquiries = inquiries.Count,
            Resolved = inquiries.Count(inquiry => inquiry.ClosedAt is not null),
            FirstResponseMinutes = Median(inquiries.Where(inquiry => inquiry.FirstResponseAt >= inquiry.OpenedAt).Select(inquiry => (inquiry.FirstResponseAt!.Value - inquiry.OpenedAt).TotalMinutes)),
            ResolutionHours = Median(inquiries.Where(inquiry => inquiry.ClosedAt >= inquiry.OpenedAt).Select(inquiry => (inquiry.ClosedAt!.Value - inquiry.OpenedAt).TotalHours)),
            Meetings = touches.Count(kind => kind == Channels.Meeting),
            Trainings = touches.Count(IsTraining),
        };
    }

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
