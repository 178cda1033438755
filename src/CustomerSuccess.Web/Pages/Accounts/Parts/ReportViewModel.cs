using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Handouts;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>The report for the customer: what the part shows and does.</summary>
public sealed class ReportViewModel(CustomerReports reports, CustomerReportQuery query, AccountSheets sheets)
{
    /// <summary>The draft that is kept; null where there is none yet.</summary>
    public CustomerReport? Kept { get; private set; }

    /// <summary>What was given, the newest first.</summary>
    public IReadOnlyList<CustomerReport> Given { get; private set; } = [];

    /// <summary>To whom it can be addressed.</summary>
    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    /// <summary>What the form begins with where nothing is kept.</summary>
    public CustomerReportDraft Offered { get; private set; } = default!;

    /// <summary>The draft as the customer would get it; null until it was asked for.</summary>
    public CustomerReportPdf? Preview { get; private set; }

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation)
    {
        var all = await reports.ListAsync(account.Viewer, account.No, cancellation) ?? [];
        (Kept, Given) = (all.FirstOrDefault(report => report.GivenAt is null), [.. all.Where(report => report.GivenAt is not null)]);
        People = [.. (await sheets.PeopleAsync(account.Viewer, account.No, cancellation) ?? []).Where(person => person.LeftOn is null)];
        var (from, to) = CustomerReportQuery.UsualPeriod(account.Today);
        Offered = new(from, to, TextLanguage.Of(account.Name) == "ja" ? "ja" : account.Settings.MailLanguage, People.FirstOrDefault(person => person.Email is not null)?.ContactNo);
        if (Kept is null && await query.FindAsync(account.Viewer, account.No, Offered, cancellation) is { } figures)
        {
            Offered = Offered with { NextSteps = CustomerReportWriter.OfferedSteps(figures) };
        }
    }

    public Task<ActResult<CustomerReport>> SaveAsync(OpenAccount account, int version, CustomerReportDraft draft, CancellationToken cancellation) => reports.SaveAsync(account.Viewer, account.No, version, draft, cancellation);

    public async Task ShowAsync(OpenAccount account, CustomerReportDraft draft, CancellationToken cancellation) => Preview = await reports.PreviewAsync(account.Viewer, account.No, draft, cancellation);

    public void HidePreview() => Preview = null;

    public Task<ActResult<CustomerReport>> GiveAsync(OpenAccount account, CustomerReport report, bool byMail, CancellationToken cancellation) => reports.GiveAsync(account.Viewer, account.No, report.ReportId, report.Version, byMail, cancellation);
}
