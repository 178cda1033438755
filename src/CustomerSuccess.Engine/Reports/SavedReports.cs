using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Reports;

/// <summary>A report as its author wants it kept.</summary>
/// <param name="ReportNo">Null for a new one.</param>
/// <param name="Version">The version that the author saw; 0 for a new one.</param>
/// <param name="Name">1–<see cref="SavedReport.LongestName"/> characters.</param>
/// <param name="Definition">What it tells.</param>
/// <param name="IsShared">True where everybody who reads reports is to see it.</param>
public sealed record ReportDraft(int? ReportNo, int Version, string? Name, ReportDefinition Definition, bool IsShared);

/// <summary>Reports under names: one's own, and those that are shared. Everybody who reads reports may keep some, and share them.</summary>
public sealed class SavedReports(Database database, Acts acts)
{
    private const string Lock = "saved_reports";

    /// <summary>The reports that the viewer sees, by name.</summary>
    public async Task<IReadOnlyList<ReportEntry>> ListAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var reports = await context.SavedReports.AsNoTracking().Where(report => report.DeletedAt == null && (report.IsShared || report.OwnerUser == viewer.UserId)).ToListAsync(cancellation);
        return [.. reports.OrderBy(report => Core.Accounts.SortKey.Of(report.Name), StringComparer.Ordinal).ThenBy(report => report.ReportNo).Select(report => Entry(viewer, report))];
    }

    /// <summary>A report by its number; null where there is none that the viewer sees.</summary>
    public async Task<ReportEntry?> FindAsync(Viewer viewer, int reportNo, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.SavedReports.AsNoTracking().FirstOrDefaultAsync(report => report.ReportNo == reportNo && report.DeletedAt == null && (report.IsShared || report.OwnerUser == viewer.UserId), cancellation) is { } found ? Entry(viewer, found) : null;
    }

    /// <summary>Keeps a report under a name, or changes one.</summary>
    public async Task<ActResult<SavedReport>> SaveAsync(Viewer viewer, ReportDraft draft, CancellationToken cancellation = default)
    {
        var (name, query) = (EnteredText.Of(draft.Name), draft.Definition.Query);
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "name", name, SavedReport.LongestName, isRequired: true);
        if (query.Length > SavedReport.LongestQuery)
        {
            problems["query"] = "too_long";
        }

        return problems.Count > 0 ? ActResult.Invalid<SavedReport>(problems) : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var report = draft.ReportNo is { } no ? await act.Context.SavedReports.FindAsync([no], cancellation) : null;
            if (draft.ReportNo is not null && !IsSeen(viewer, report))
            {
                return ActResult.NotFound<SavedReport>();
            }

            if (report is not null && !MayChange(viewer, report))
            {
                return ActResult.Forbidden<SavedReport>();
            }

            if (report is not null && report.Version != draft.Version)
            {
                return ActResult.Conflict(report);
            }

            var changes = new FieldChanges().Note("name", report?.Name, name).Note("query", report?.Query, query).Note("shared", report is null ? null : Text(report.IsShared), Text(draft.IsShared));
            if (!changes.Any)
            {
                return ActResult.Unchanged(report!);
            }

            if (report is null)
            {
                if (await act.Context.SavedReports.CountAsync(own => own.OwnerUser == viewer.UserId && own.DeletedAt == null, cancellation) >= SavedReport.Most)
                {
                    return ActResult.Invalid<SavedReport>("name", "too_many");
                }

                report = new SavedReport { ReportNo = (await act.Context.SavedReports.MaxAsync(one => (int?)one.ReportNo, cancellation) ?? 0) + 1, Name = name!, Query = query, OwnerUser = viewer.UserId, OwnerEmail = viewer.Email, CreatedAt = act.Now };
                act.Context.SavedReports.Add(report);
            }

            (report.Name, report.Query, report.IsShared, report.ChangedAt, report.ChangedByEmail, report.Version) = (name!, query, draft.IsShared, act.Now, viewer.Email, report.Version + 1);
            act.Note(JournalAreas.Report, draft.ReportNo is null ? "created" : "changed", recordId: Id(report), changes: changes);
            return ActResult.Done(report);
        }, cancellation);
    }

    /// <summary>Deletes a report, or brings it back; twice is once.</summary>
    public Task<ActResult<SavedReport>> SetDeletedAsync(Viewer viewer, int reportNo, bool isDeleted, CancellationToken cancellation = default) => acts.RunAsync(viewer, async act =>
    {
        await act.LockAsync(Lock);
        if (await act.Context.SavedReports.FindAsync([reportNo], cancellation) is not { } report || (report.OwnerUser != viewer.UserId && !report.IsShared))
        {
            return ActResult.NotFound<SavedReport>();
        }

        if (!MayChange(viewer, report))
        {
            return ActResult.Forbidden<SavedReport>();
        }

        if (report.DeletedAt is not null == isDeleted)
        {
            return ActResult.Unchanged(report);
        }

        (report.DeletedAt, report.ChangedAt, report.ChangedByEmail, report.Version) = (isDeleted ? act.Now : null, act.Now, viewer.Email, report.Version + 1);
        act.Note(JournalAreas.Report, isDeleted ? "deleted" : "restored", recordId: Id(report), changes: new FieldChanges().Note("name", isDeleted ? report.Name : null, isDeleted ? null : report.Name));
        return ActResult.Done(report);
    }, cancellation);

    private static ReportEntry Entry(Viewer viewer, SavedReport report) => new(report, report.OwnerUser == viewer.UserId, MayChange(viewer, report));

    private static bool IsSeen(Viewer viewer, SavedReport? report) => report is { DeletedAt: null } && (report.IsShared || report.OwnerUser == viewer.UserId);

    private static bool MayChange(Viewer viewer, SavedReport report) => report.OwnerUser == viewer.UserId || (report.IsShared && viewer.MayManage);

    private static string Id(SavedReport report) => report.ReportNo.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool flag) => flag ? "true" : "false";
}
