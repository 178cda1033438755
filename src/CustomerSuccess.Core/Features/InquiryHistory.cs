using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Features;

/// <summary>What inquiries say of an account at a day; NaN = missing.</summary>
public readonly record struct InquiryFeatures(
    double Opened28, double Opened91, double Urgent91, double Open, double OpenUrgent, double Unanswered,
    double OldestOpenDays, double Escalations91, double FirstResponseHours91, double Satisfaction91)
{
    /// <summary>Before the company has inquiries at all.</summary>
    public static InquiryFeatures Missing { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>
/// One account's inquiries, asked as of any day. An inquiry is answered, escalated and closed only when dated by then;
/// an escalation without a time counts from the closing on, and so does satisfaction.
/// </summary>
public sealed class InquiryHistory
{
    private static readonly HashSet<string> UrgentWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "urgent", "critical", "high", "highest", "emergency", "blocker", "p0", "p1", "sev0", "sev1", "s1", "緊急", "至急", "最優先", "最高", "高", "重大", "大至急",
    };

    private readonly List<Entry> _entries = [];

    /// <param name="inquiries">Inquiries of one account; voided ones are left out.</param>
    /// <param name="dayOf">The company's calendar day of an instant (UTC).</param>
    public InquiryHistory(IEnumerable<Inquiry> inquiries, Func<DateTime, DateOnly> dayOf)
    {
        foreach (var inquiry in inquiries)
        {
            if (inquiry.VoidedBy is not null)
            {
                continue;
            }

            DateOnly? closed = inquiry.ClosedAt is { } c ? dayOf(c) : null;
            _entries.Add(new Entry(
                dayOf(inquiry.OpenedAt),
                inquiry.FirstResponseAt is { } r ? dayOf(r) : null,
                closed,
                inquiry.EscalatedAt is { } e ? dayOf(e) : inquiry.Escalated ? closed : null,
                inquiry.FirstResponseAt is { } answered ? Math.Max(0, (answered - inquiry.OpenedAt).TotalHours) : double.NaN,
                inquiry.Satisfaction,
                IsUrgent(inquiry.Priority)));
        }
    }

    /// <summary>True for the words by which priorities of the highest kind go.</summary>
    public static bool IsUrgent(string? priority) => priority is not null && UrgentWords.Contains(priority.Trim());

    public InquiryFeatures At(DateOnly t)
    {
        int opened28 = 0, opened91 = 0, urgent91 = 0, open = 0, openUrgent = 0, unanswered = 0, escalations = 0, rated = 0;
        double oldest = double.NaN, satisfaction = 0;
        List<double> hours = [];
        foreach (var entry in _entries)
        {
            if (entry.Opened > t)
            {
                continue;
            }

            var recent = IsIn(entry.Opened, t, 91);
            opened28 += IsIn(entry.Opened, t, 28) ? 1 : 0;
            opened91 += recent ? 1 : 0;
            urgent91 += recent && entry.Urgent ? 1 : 0;
            escalations += IsIn(entry.Escalated, t, 91) ? 1 : 0;
            if (recent && entry.Answered <= t)
            {
                hours.Add(entry.ResponseHours);
            }

            if (entry.Satisfaction is { } score && IsIn(entry.Closed, t, 91))
            {
                satisfaction += score;
                rated++;
            }

            if (!(entry.Closed <= t))
            {
                open++;
                openUrgent += entry.Urgent ? 1 : 0;
                unanswered += entry.Answered <= t ? 0 : 1;
                var age = t.DayNumber - entry.Opened.DayNumber;
                oldest = oldest >= age ? oldest : age;
            }
        }

        return new InquiryFeatures(opened28, opened91, urgent91, open, openUrgent, unanswered, oldest, escalations, Median(hours), rated > 0 ? satisfaction / rated : double.NaN);
    }

    /// <summary>True where the day lies in the last <paramref name="window"/> days up to t.</summary>
    internal static bool IsIn(DateOnly? day, DateOnly t, int window) => day <= t && t.DayNumber - day.Value.DayNumber < window;

    private static double Median(List<double> values)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    private readonly record struct Entry(DateOnly Opened, DateOnly? Answered, DateOnly? Closed, DateOnly? Escalated, double ResponseHours, int? Satisfaction, bool Urgent);
}
