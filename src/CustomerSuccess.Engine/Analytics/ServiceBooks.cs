using System.Globalization;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>What figures need of an inquiry. Times are UTC.</summary>
/// <param name="Day">The company's day on which it was opened.</param>
internal sealed record InquiryLine(
    InquiryKey Key, DateTime OpenedAt, DateOnly Day, DateTime? FirstResponseAt, DateTime? ClosedAt, int? Satisfaction, bool Escalated, DateTime? EscalatedAt, string? Category, string? Assignee, InquiryPriority Priority)
{
    /// <summary>The language that decides by which calendar open time is counted; null for the default one.</summary>
    public string? Language { get; init; }

    /// <summary>True where it was opened by a day's end, and was not closed by then.</summary>
    /// <param name="end">The instant at which the day ends.</param>
    public bool IsOpenAt(DateTime end) => OpenedAt < end && !(ClosedAt < end);
}

/// <summary>The inquiries of every account, in step with a company's book.</summary>
/// <param name="Accounts">By account number, oldest first; an account without any is not there.</param>
/// <param name="KnownUntil">The instant up to which imported inquiries are complete; null without any.</param>
/// <param name="IsWorkedOn">True where inquiries are dealt with here: time goes on for them.</param>
/// <param name="Figures">What was computed from it and from the book's ground.</param>
internal sealed record ServiceBook(IReadOnlyDictionary<int, InquiryLine[]> Accounts, DateTime? KnownUntil, bool IsWorkedOn, KeptFigures Figures)
{
    /// <summary>Up to when it is known what became of an inquiry: of those worked on here, now.</summary>
    public DateTime RunsUntil(InquiryLine inquiry, DateTime now) => inquiry.Key.SourceId == AppSource.SourceId ? now : KnownUntil ?? now;
}

/// <summary>Keeps inquiries in memory.</summary>
public sealed class ServiceBooks : IDisposable
{
    private readonly AccountShelf<InquiryLine[]> _shelf;

    public ServiceBooks(Database database) => _shelf = new(database, VariantAsync, ReadAsync, (one, other) => one.AsSpan().SequenceEqual(other));

    public void Dispose() => _shelf.Dispose();

    /// <summary>The inquiries of a book's accounts.</summary>
    internal async Task<ServiceBook> ForAsync(CompanyBook book, CancellationToken cancellation)
    {
        var (accounts, variant, figures) = await _shelf.ForAsync(book, cancellation);
        return figures.Figure("service", () =>
        {
            var calendar = new CompanyCalendar(book.Settings.TimeZone);
            var reach = variant.Split('|')[0];
            DateTime? known = DateOnly.TryParseExact(reach, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until) ? calendar.Start(until.AddDays(1))
                : accounts.Values.SelectMany(lines => lines).Select(line => (DateTime?)Latest(line)).Max();
            return new ServiceBook(accounts, known, accounts.Values.Any(lines => lines.Any(line => line.Key.SourceId == AppSource.SourceId)), figures);
        });
    }

    private static DateTime Latest(InquiryLine line) => new[] { line.OpenedAt, line.FirstResponseAt ?? line.OpenedAt, line.ClosedAt ?? line.OpenedAt }.Max();

    private static async Task<string> VariantAsync(CustomerSuccessContext context, CompanyBook book, CancellationToken cancellation)
    {
        var reaches = await context.SourceReaches.Where(reach => reach.Record == "inquiries").ToListAsync(cancellation);
        return $"{reaches.Max(reach => reach.CompleteUntil)?.ToString("O", CultureInfo.InvariantCulture)}|{book.Settings.TimeZone}";
    }

    private static async Task<Dictionary<int, InquiryLine[]>> ReadAsync(Snapshot snapshot, CompanyBook book, string variant, int[]? which, CancellationToken cancellation)
    {
        var (calendar, texts) = (new CompanyCalendar(book.Settings.TimeZone), new Dictionary<string, string>(StringComparer.Ordinal));
        var accounts = new Dictionary<int, InquiryLine[]>();
        var rows = snapshot.Context.Inquiries.Where(inquiry => inquiry.VoidedBy == null && (which == null || which.Contains(inquiry.AccountNo))).OrderBy(inquiry => inquiry.AccountNo)
            .Select(i => new { i.AccountNo, i.SourceId, i.FactId, i.OpenedAt, i.FirstResponseAt, i.ClosedAt, i.Satisfaction, i.Escalated, i.EscalatedAt, i.Category, i.Assignee, i.Urgency, i.Language });
        var some = new List<InquiryLine>();
        var current = 0;
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (row.AccountNo != current)
            {
                Finish();
                current = row.AccountNo;
            }

            some.Add(new(
                new InquiryKey(row.SourceId, row.FactId), row.OpenedAt, calendar.Day(row.OpenedAt), row.FirstResponseAt, row.ClosedAt, row.Satisfaction, row.Escalated, row.EscalatedAt,
                Shared(row.Category), Shared(row.Assignee), row.Urgency)
            { Language = Shared(row.Language) });
        }

        Finish();
        return accounts;

        // the same words come again and again
        string? Shared(string? text) => string.IsNullOrWhiteSpace(text) ? null : texts.TryGetValue(text, out var same) ? same : texts[text] = text.Trim();

        void Finish()
        {
            if (some.Count > 0)
            {
                accounts.Add(current, [.. some.OrderBy(line => line.OpenedAt).ThenBy(line => line.Key.SourceId).ThenBy(line => line.Key.FactId, StringComparer.Ordinal)]);
                some.Clear();
            }
        }
    }
}
