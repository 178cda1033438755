using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.BusinessTime;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>What a change to an inquiry works with.</summary>
internal sealed record InquiryScope(ActScope Act, Inquiry Inquiry, DeskRules Rules, CompanySettings Settings)
{
    public DateTime Now => Act.Now;
}

/// <summary>
/// The one way in which an inquiry is changed: under its account's lock, at the version that its author saw, journalled with the fields that changed,
/// with what the source had said kept, and with word to whatever is derived from the fact.
/// </summary>
public sealed class InquiryActs(Acts acts, SettingsStore settingsStore)
{
    /// <summary>Fields that the journal tells, by the names that it calls them.</summary>
    private static readonly (string Property, string Name)[] Told =
    [
        (nameof(Inquiry.State), "state"), (nameof(Inquiry.Assignee), "assignee"), (nameof(Inquiry.Urgency), "priority"), (nameof(Inquiry.Category), "category"), (nameof(Inquiry.Product), "product"),
        (nameof(Inquiry.Tags), "tags"), (nameof(Inquiry.Language), "language"), (nameof(Inquiry.ContactNo), "contact"), (nameof(Inquiry.EscalatedTo), "escalated_to"),
        (nameof(Inquiry.EscalationReason), "escalation_reason"), (nameof(Inquiry.Satisfaction), "satisfaction"), (nameof(Inquiry.MergedInto), "merged_into"), (nameof(Inquiry.Version), "version"),
    ];

    /// <summary>Changes one inquiry.</summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="at">Which inquiry.</param>
    /// <param name="version">The version that the viewer saw; null where it does not matter what others did.</param>
    /// <param name="verb">What the journal calls it.</param>
    /// <param name="change">Changes it; returns a refusal, or null to go on.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    /// <param name="first">What is to be locked before the account; null for nothing.</param>
    internal async Task<ActResult<DeskInquiry>> ChangeAsync(Viewer viewer, InquiryRef at, int? version, string verb, Func<InquiryScope, Task<ActResult<DeskInquiry>?>> change, CancellationToken cancellation, Func<ActScope, Task>? first = null)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<DeskInquiry>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            await (first?.Invoke(act) ?? Task.CompletedTask);
            if (!await act.LockAccountAsync(at.AccountNo) || await FindAsync(act, at) is not { } inquiry)
            {
                return ActResult.NotFound<DeskInquiry>();
            }

            if (version is { } seen && seen != inquiry.Version)
            {
                return ActResult.Conflict(DeskInquiry.Of(inquiry));
            }

            var rules = await DeskRulesReader.ReadAsync(act.Context, settings, cancellation);
            var adds = act.Context.ChangeTracker.Entries().Count();
            if (await change(new(act, inquiry, rules, settings)) is { } refusal)
            {
                return refusal;
            }

            var isChanged = act.Context.Entry(inquiry).State == EntityState.Modified || act.Context.ChangeTracker.Entries().Count() != adds;
            if (!isChanged)
            {
                return ActResult.Unchanged(DeskInquiry.Of(inquiry));
            }

            await NoteAsync(act, inquiry, verb, settings);
            return ActResult.Done(DeskInquiry.Of(inquiry));
        }, cancellation);
    }

    /// <summary>Runs an act that is about more than one inquiry; it notes each by <see cref="NoteAsync"/>.</summary>
    internal async Task<ActResult<T>> RunAsync<T>(Viewer viewer, Func<ActScope, DeskRules, CompanySettings, Task<ActResult<T>>> act, CancellationToken cancellation)
        where T : class
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<T>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async scope => await act(scope, await DeskRulesReader.ReadAsync(scope.Context, settings, cancellation), settings), cancellation);
    }

    /// <summary>The inquiry, tracked; null where there is none. Its account is to be locked before.</summary>
    internal static Task<Inquiry?> FindAsync(ActScope act, InquiryRef at) =>
        act.Context.Inquiries.FirstOrDefaultAsync(i => i.AccountNo == at.AccountNo && i.SourceId == at.Key.SourceId && i.FactId == at.Key.FactId && i.VoidedBy == null, act.Cancellation);

    /// <summary>Counts the version up, keeps what the source had said, notes for the journal and for what is derived from facts.</summary>
    internal static async Task NoteAsync(ActScope act, Inquiry inquiry, string verb, CompanySettings settings)
    {
        var entry = act.Context.Entry(inquiry);
        var app = await AppSource.NumberAsync(act.Context, act.Cancellation);
        if (inquiry.SourceId != app && entry.State != EntityState.Added)
        {
            ImportedFields.Keep(entry);
        }

        inquiry.Version++;
        InquiryWork.Describe(inquiry);
        var key = new InquiryKey(inquiry.SourceId, inquiry.FactId);
        Tell(act, entry, key);
        act.Note(JournalAreas.Inquiry, verb, inquiry.AccountNo, key.ToString(), Changes(entry));
        await AppSource.NoteChangeAsync(act.Context, inquiry.AccountNo, settings.DayOf(inquiry.OpenedAt), act.Cancellation);
    }

    /// <summary>Tells whoever has the inquiry now, and to whom it was escalated.</summary>
    private static void Tell(ActScope act, EntityEntry<Inquiry> entry, InquiryKey key)
    {
        var inquiry = entry.Entity;
        var isNew = entry.State == EntityState.Added;
        var args = new Dictionary<string, string> { ["subject"] = inquiry.Subject ?? key.FactId };
        if (inquiry.Assignee is { } assignee && (isNew || entry.Property(i => i.Assignee).OriginalValue != assignee))
        {
            act.Notify(new(NoticeKinds.InquiryAssigned, string.Create(CultureInfo.InvariantCulture, $"assigned:{key}:{inquiry.Version}"), JournalAreas.Inquiry, inquiry.AccountNo, key.ToString()) { ToEmails = [assignee], Args = args });
        }

        if (inquiry.Escalated && !isNew && (!entry.Property(i => i.Escalated).OriginalValue || entry.Property(i => i.EscalatedTo).OriginalValue != inquiry.EscalatedTo || entry.Property(i => i.EscalationReason).OriginalValue != inquiry.EscalationReason))
        {
            act.Notify(new(NoticeKinds.InquiryEscalated, string.Create(CultureInfo.InvariantCulture, $"escalated:{key}:{inquiry.Version}"), JournalAreas.Inquiry, inquiry.AccountNo, key.ToString()) { ToEmails = [.. new[] { inquiry.EscalatedTo, inquiry.Assignee }.OfType<string>()], ToOwner = true, Args = args });
        }
    }

    private static FieldChanges Changes(EntityEntry<Inquiry> entry)
    {
        var changes = new FieldChanges();
        foreach (var (property, name) in Told)
        {
            var field = entry.Property(property);
            changes.Note(name, entry.State == EntityState.Added ? null : Text(field.OriginalValue), Text(field.CurrentValue));
        }

        return changes;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        InquiryState state => state.Word(),
        InquiryPriority priority => priority.Word(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
