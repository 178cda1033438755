using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Documents;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Documents;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>A report as it would be, or was, given.</summary>
public sealed record CustomerReportPdf(HandoutDocument Document, byte[] Pdf, string Name);

/// <summary>Reports for customers: the draft of an account, and those that were given. Whoever may work and see the account writes them.</summary>
public sealed class CustomerReports(Database database, Acts acts, Mailbox mailbox, CustomerReportQuery query, TimeProvider clock)
{
    /// <summary>The newest first, the draft before those that were given; null for an account that the viewer may not see.</summary>
    public async Task<IReadOnlyList<CustomerReport>?> ListAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.MaySeeAsync(viewer, accountNo, cancellation)
            ? await context.CustomerReports.AsNoTracking().Where(report => report.AccountNo == accountNo).OrderBy(report => report.GivenAt != null).ThenByDescending(report => report.GivenAt).ToListAsync(cancellation)
            : null;
    }

    /// <summary>What a draft would be given as; null for an account that the viewer may not see.</summary>
    public async Task<CustomerReportPdf?> PreviewAsync(Viewer viewer, int accountNo, CustomerReportDraft draft, CancellationToken cancellation = default) =>
        await query.FindAsync(viewer, accountNo, draft, cancellation) is { } figures ? await Task.Run(() => Made(figures), cancellation) : null;

    /// <summary>The file of a report that was given, as it was given; null where there is none for the viewer.</summary>
    public async Task<CustomerReportFile?> FileAsync(Viewer viewer, int accountNo, string reportId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.MaySeeAsync(viewer, accountNo, cancellation)
            ? await context.CustomerReportFiles.AsNoTracking().FirstOrDefaultAsync(file => file.AccountNo == accountNo && file.ReportId == reportId, cancellation)
            : null;
    }

    /// <summary>Keeps the account's draft; there is one at a time. Problems by field: <c>from</c>, <c>to</c>, <c>language</c>, <c>contact</c>, <c>note</c>, <c>next_steps</c>.</summary>
    /// <param name="viewer">Who writes it.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="version">The draft's version that the author saw; 0 where there was none.</param>
    /// <param name="draft">What is wanted.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<CustomerReport>> SaveAsync(Viewer viewer, int accountNo, int version, CustomerReportDraft draft, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<CustomerReport>();
        }

        var wanted = draft with { Note = EnteredText.Of(draft.Note), NextSteps = EnteredText.Of(draft.NextSteps) };
        var problems = Problems(wanted);
        return problems.Count > 0 ? ActResult.Invalid<CustomerReport>(problems) : await acts.RunAsync(viewer, act => SaveAsync(act, accountNo, version, wanted), cancellation);
    }

    /// <summary>
    /// Makes the draft for good and keeps its file. By mail it is attached to a draft to its contact, which is sent from where messages are; else it is taken as handed over.
    /// The account's timeline tells of it.
    /// </summary>
    /// <param name="viewer">Who gives it.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="reportId">The draft.</param>
    /// <param name="version">The version that the giver saw.</param>
    /// <param name="byMail">True to write a message with it.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<CustomerReport>> GiveAsync(Viewer viewer, int accountNo, string reportId, int version, bool byMail, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<CustomerReport>();
        }

        CustomerReport? seen;
        await using (var context = database.OpenContext())
        {
            seen = await context.CustomerReports.AsNoTracking().FirstOrDefaultAsync(report => report.AccountNo == accountNo && report.ReportId == reportId, cancellation);
        }

        if (seen is null || await query.FindAsync(viewer, accountNo, CustomerReportDraft.Of(seen), cancellation) is not { } figures)
        {
            return ActResult.NotFound<CustomerReport>();
        }

        var made = await Task.Run(() => Made(figures), cancellation);
        return await mailbox.RunAsync(viewer, async (act, settings, writer) =>
        {
            if (!await act.LockAccountAsync(accountNo) || await act.Context.CustomerReports.FindAsync([accountNo, reportId], cancellation) is not { } report)
            {
                return ActResult.NotFound<CustomerReport>();
            }

            if (report.GivenAt is not null)
            {
                return ActResult.Unchanged(report);
            }

            if (report.Version != version || seen.Version != version)
            {
                return ActResult.Conflict(report);
            }

            if (byMail)
            {
                var (subject, body) = CustomerReportWriter.Mail(figures);
                var written = await MailInAct.DraftAsync(act, settings, writer, new NewMail
                {
                    AccountNo = accountNo,
                    ContactNo = report.ContactNo,
                    Purpose = Purpose.Proactive,
                    Language = report.Language,
                    Subject = subject,
                    Body = body,
                    Attachments = [new(made.Name, "application/pdf", made.Pdf)],
                });
                if (!written.Holds)
                {
                    return ActResult.Invalid<CustomerReport>(written.Problems);
                }

                report.MailId = written.Value!.MailId;
            }

            act.Context.CustomerReportFiles.Add(new CustomerReportFile { AccountNo = accountNo, ReportId = reportId, Name = made.Name, Bytes = made.Pdf });
            (report.GivenAt, report.GivenByEmail, report.Version) = (act.Now, viewer.Email, report.Version + 1);
            act.Note(JournalAreas.Report, "given", accountNo, reportId, new FieldChanges().Note("by_mail", null, byMail ? "true" : null).Note("to", null, report.To.ToString("O", CultureInfo.InvariantCulture)));
            return ActResult.Done(report);
        }, cancellation);
    }

    private CustomerReportPdf Made(CustomerReportFigures figures)
    {
        var document = CustomerReportWriter.Write(figures);
        return new(document, PdfComposer.Compose(document, clock.GetUtcNow().UtcDateTime), CustomerReportWriter.FileName(figures));
    }

    private static Dictionary<string, string> Problems(CustomerReportDraft draft)
    {
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "note", draft.Note, CustomerReport.LongestText);
        EnteredText.Check(problems, "next_steps", draft.NextSteps, CustomerReport.LongestText);
        if (draft.To < draft.From)
        {
            problems["to"] = "before_from";
        }
        else if (draft.To.DayNumber - draft.From.DayNumber >= CustomerReportDraft.MostDays)
        {
            problems["to"] = "too_long";
        }

        if (draft.Language is not ("en" or "ja"))
        {
            problems["language"] = "unknown";
        }

        return problems;
    }

    private static async Task<ActResult<CustomerReport>> SaveAsync(ActScope act, int accountNo, int version, CustomerReportDraft draft)
    {
        if (!await act.LockAccountAsync(accountNo))
        {
            return ActResult.NotFound<CustomerReport>();
        }

        if (draft.ContactNo is { } no && !await act.Context.Contacts.AnyAsync(contact => contact.AccountNo == accountNo && contact.ContactNo == no && contact.VoidedBy == null, act.Cancellation))
        {
            return ActResult.Invalid<CustomerReport>("contact", "unknown");
        }

        var report = await act.Context.CustomerReports.FirstOrDefaultAsync(known => known.AccountNo == accountNo && known.GivenAt == null, act.Cancellation);
        if ((report?.Version ?? 0) != version)
        {
            return ActResult.Conflict(report);
        }

        if (report is not null && CustomerReportDraft.Of(report) == draft)
        {
            return ActResult.Unchanged(report);
        }

        var isNew = report is null;
        if (report is null)
        {
            report = new CustomerReport { AccountNo = accountNo, ReportId = act.NewId(), Language = draft.Language };
            act.Context.CustomerReports.Add(report);
        }

        var changes = new FieldChanges().Note("note", report.Note, draft.Note).Note("next_steps", report.NextSteps, draft.NextSteps);
        (report.From, report.To, report.Language, report.ContactNo, report.Note, report.NextSteps) = (draft.From, draft.To, draft.Language, draft.ContactNo, draft.Note, draft.NextSteps);
        (report.ChangedAt, report.ChangedByEmail, report.Version) = (act.Now, act.Viewer.Email, report.Version + 1);
        act.Note(JournalAreas.Report, isNew ? "created" : "changed", accountNo, report.ReportId, changes);
        return ActResult.Done(report);
    }
}
