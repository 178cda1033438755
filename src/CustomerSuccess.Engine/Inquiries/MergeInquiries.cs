using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>
/// Lays duplicates together: the duplicate is closed and its thread is shown in the other one. Nothing is moved, so that it can be taken back exactly,
/// and both stay the facts that they are.
/// </summary>
public sealed class MergeInquiries(InquiryActs acts)
{
    /// <summary>Merges a duplicate into another inquiry of its account.</summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="duplicate">Which inquiry is closed.</param>
    /// <param name="version">Its version that the viewer saw.</param>
    /// <param name="into">The one that goes on.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<DeskInquiry>> MergeAsync(Viewer viewer, InquiryRef duplicate, int version, InquiryKey into, CancellationToken cancellation = default) =>
        acts.ChangeAsync(viewer, duplicate, version, "merged", async scope =>
        {
            var target = into == duplicate.Key ? null : await InquiryActs.FindAsync(scope.Act, new(duplicate.AccountNo, into));
            if (target is null || target.MergedInto is not null)
            {
                return ActResult.Invalid<DeskInquiry>("into", target is null ? "unknown" : "merged_itself");
            }

            scope.Inquiry.MergedInto = into.ToString();
            if (scope.Inquiry.State != InquiryState.Closed)
            {
                InquiryWork.Move(scope.Inquiry, InquiryState.Closed, scope.Now, scope.Rules);
            }

            // what was merged into the duplicate before goes along
            var former = duplicate.Key.ToString();
            foreach (var earlier in await scope.Act.Context.Inquiries.Where(i => i.AccountNo == duplicate.AccountNo && i.MergedInto == former).ToListAsync(cancellation))
            {
                earlier.MergedInto = into.ToString();
            }

            target.ChangedAt = scope.Now;
            target.CustomerSpokeLast |= scope.Inquiry.CustomerSpokeLast;
            await InquiryActs.NoteAsync(scope.Act, target, "joined", scope.Settings);
            return null;
        }, cancellation);

    /// <summary>Takes a merge back: the duplicate is open again.</summary>
    public Task<ActResult<DeskInquiry>> UndoAsync(Viewer viewer, InquiryRef duplicate, int version, CancellationToken cancellation = default) =>
        acts.ChangeAsync(viewer, duplicate, version, "parted", scope =>
        {
            if (scope.Inquiry.MergedInto is not null)
            {
                scope.Inquiry.MergedInto = null;
                InquiryWork.Move(scope.Inquiry, InquiryState.Open, scope.Now, scope.Rules);

                // the customer did not come back: it was never answered
                scope.Inquiry.ReopenedCount--;
            }

            return InquiryChanges.Go;
        }, cancellation);
}
