using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>What became of a change to many inquiries.</summary>
/// <param name="Changed">They are now as was asked.</param>
/// <param name="Unchanged">They were before.</param>
/// <param name="Missing">They are gone, or the viewer may not see them.</param>
public sealed record ManyChanged(int Changed, int Unchanged, int Missing);

/// <summary>What an inquiry is about, beside its text.</summary>
public sealed record InquiryDescription(string? Category, string? Product, IReadOnlyList<string> Tags, string? Language);

/// <summary>Changes who answers an inquiry, how urgent it is, where it stands and what it is about.</summary>
public sealed class InquiryChanges(InquiryActs acts)
{
    /// <summary>Characters of a category or a product.</summary>
    public const int LongestWord = 200;

    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Inquiries that are changed at once.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Gives an inquiry to somebody.</summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="at">Which inquiry.</param>
    /// <param name="version">The version that the viewer saw.</param>
    /// <param name="assignee">An address; null for nobody.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<DeskInquiry>> AssignAsync(Viewer viewer, InquiryRef at, int version, string? assignee, CancellationToken cancellation = default) =>
        acts.ChangeAsync(viewer, at, version, "assigned", async scope =>
        {
            if (!await IsColleagueAsync(scope, assignee))
            {
                return ActResult.Invalid<DeskInquiry>("assignee", "unknown");
            }

            Assign(scope.Inquiry, assignee, scope.Now);
            return null;
        }, cancellation);

    /// <summary>Puts an inquiry into another state.</summary>
    public Task<ActResult<DeskInquiry>> MoveAsync(Viewer viewer, InquiryRef at, int version, InquiryState state, CancellationToken cancellation = default) =>
        acts.ChangeAsync(viewer, at, version, "moved", scope =>
        {
            Move(scope, state);
            return Go;
        }, cancellation);

    public Task<ActResult<DeskInquiry>> RankAsync(Viewer viewer, InquiryRef at, int version, InquiryPriority priority, CancellationToken cancellation = default) =>
        acts.ChangeAsync(viewer, at, version, "ranked", scope =>
        {
            if (scope.Inquiry.Urgency != priority)
            {
                InquiryWork.Rank(scope.Inquiry, priority, scope.Now, scope.Rules);
            }

            return Go;
        }, cancellation);

    /// <summary>Says what it is about.</summary>
    public Task<ActResult<DeskInquiry>> DescribeAsync(Viewer viewer, InquiryRef at, int version, InquiryDescription description, CancellationToken cancellation = default)
    {
        var (category, product) = (Clean(description.Category), Clean(description.Product));
        return (category ?? "").Length > LongestWord ? Refuse("category", "too_long")
            : (product ?? "").Length > LongestWord ? Refuse("product", "too_long")
            : description.Language is not (null or "ja" or "en") ? Refuse("language", "unknown")
            : acts.ChangeAsync(viewer, at, version, "described", scope =>
            {
                var inquiry = scope.Inquiry;
                var tags = InquiryTags.Write(description.Tags);
                if ((inquiry.Category, inquiry.Product, inquiry.Tags, inquiry.Language) != (category, product, tags, description.Language))
                {
                    (inquiry.Category, inquiry.Product, inquiry.Tags, inquiry.Language, inquiry.ChangedAt) = (category, product, tags, description.Language, scope.Now);

                    // another language may be answered by another calendar
                    scope.Rules.Aim(inquiry);
                }

                return Go;
            }, cancellation);
    }

    /// <summary>Names the contact who asks; null for none.</summary>
    public Task<ActResult<DeskInquiry>> SetContactAsync(Viewer viewer, InquiryRef at, int version, int? contactNo, CancellationToken cancellation = default) =>
        acts.ChangeAsync(viewer, at, version, "described", async scope =>
        {
            if (contactNo is { } no && !await scope.Act.Context.Contacts.AnyAsync(c => c.AccountNo == at.AccountNo && c.ContactNo == no && c.VoidedBy == null, cancellation))
            {
                return ActResult.Invalid<DeskInquiry>("contact", "unknown");
            }

            scope.Inquiry.ContactNo = contactNo;
            return null;
        }, cancellation);

    /// <summary>Puts an inquiry before somebody.</summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="at">Which inquiry.</param>
    /// <param name="version">The version that the viewer saw.</param>
    /// <param name="to">An address.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<DeskInquiry>> EscalateAsync(Viewer viewer, InquiryRef at, int version, string? to, string? reason, CancellationToken cancellation = default) =>
        Clean(to) is null ? Refuse("to", "missing")
        : Clean(reason) is not { } why ? Refuse("reason", "missing")
        : why.Length > LongestReason ? Refuse("reason", "too_long")
        : acts.ChangeAsync(viewer, at, version, "escalated", async scope =>
        {
            if (!await IsColleagueAsync(scope, to))
            {
                return ActResult.Invalid<DeskInquiry>("to", "unknown");
            }

            InquiryWork.Escalate(scope.Inquiry, to!.Trim(), why, scope.Now);
            return null;
        }, cancellation);

    /// <summary>Gives many to somebody, whatever others did to them meanwhile.</summary>
    public Task<ActResult<ManyChanged>> AssignManyAsync(Viewer viewer, IReadOnlyCollection<InquiryRef> which, string? assignee, CancellationToken cancellation = default) =>
        ManyAsync(viewer, which, "assigned", async scope =>
        {
            if (!await IsColleagueAsync(scope, assignee))
            {
                return false;
            }

            Assign(scope.Inquiry, assignee, scope.Now);
            return true;
        }, cancellation);

    /// <summary>Puts many into another state.</summary>
    public Task<ActResult<ManyChanged>> MoveManyAsync(Viewer viewer, IReadOnlyCollection<InquiryRef> which, InquiryState state, CancellationToken cancellation = default) =>
        ManyAsync(viewer, which, "moved", scope =>
        {
            Move(scope, state);
            return Task.FromResult(true);
        }, cancellation);

    internal static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static Task<ActResult<DeskInquiry>?> Go { get; } = Task.FromResult<ActResult<DeskInquiry>?>(null);

    private static Task<ActResult<DeskInquiry>> Refuse(string field, string code) => Task.FromResult(ActResult.Invalid<DeskInquiry>(field, code));

    private static void Assign(Inquiry inquiry, string? assignee, DateTime now)
    {
        if (inquiry.Assignee != assignee)
        {
            (inquiry.Assignee, inquiry.ChangedAt) = (assignee, now);
        }
    }

    private static void Move(InquiryScope scope, InquiryState state)
    {
        if (scope.Inquiry.State != state)
        {
            InquiryWork.Move(scope.Inquiry, state, scope.Now, scope.Rules);
        }
    }

    private static Task<bool> IsColleagueAsync(InquiryScope scope, string? address) =>
        address?.ToUpperInvariant() is not { } key ? Task.FromResult(true) : scope.Act.Context.Users.AnyAsync(user => user.NormalizedEmail == key, scope.Act.Cancellation);

    private async Task<ActResult<ManyChanged>> ManyAsync(Viewer viewer, IReadOnlyCollection<InquiryRef> which, string verb, Func<InquiryScope, Task<bool>> change, CancellationToken cancellation)
    {
        if (which.Count is 0 or > MostAtOnce)
        {
            return ActResult.Invalid<ManyChanged>("which", which.Count == 0 ? "missing" : "too_many");
        }

        return await acts.RunAsync(viewer, async (act, rules, settings) =>
        {
            var (changed, unchanged, missing) = (0, 0, 0);
            foreach (var account in which.GroupBy(at => at.AccountNo).OrderBy(group => group.Key))
            {
                var isSeen = await act.LockAccountAsync(account.Key);
                foreach (var at in account.Distinct())
                {
                    if (!isSeen || await InquiryActs.FindAsync(act, at) is not { } inquiry || !await change(new(act, inquiry, rules, settings)))
                    {
                        missing++;
                    }
                    else if (act.Context.Entry(inquiry).State == EntityState.Modified)
                    {
                        await InquiryActs.NoteAsync(act, inquiry, verb, settings);
                        changed++;
                    }
                    else
                    {
                        unchanged++;
                    }
                }
            }

            var many = new ManyChanged(changed, unchanged, missing);
            return changed > 0 ? ActResult.Done(many) : unchanged > 0 ? ActResult.Unchanged(many) : ActResult.NotFound<ManyChanged>();
        }, cancellation);
    }
}
