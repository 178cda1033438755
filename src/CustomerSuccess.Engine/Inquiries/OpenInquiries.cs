using System.Security.Cryptography;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>An inquiry to be opened, by whatever way it came.</summary>
public sealed record NewInquiry
{
    public int AccountNo { get; init; }

    public int? ContactNo { get; init; }

    /// <summary>What they call themselves, where they are no contact.</summary>
    public string? RequesterName { get; init; }

    public string? RequesterEmail { get; init; }

    public string? Channel { get; init; }

    public string? Subject { get; init; }

    public string? Body { get; init; }

    public string? Category { get; init; }

    public string? Product { get; init; }

    public InquiryPriority Priority { get; init; } = InquiryPriority.Normal;

    /// <summary>An address; null for nobody.</summary>
    public string? Assignee { get; init; }

    public string? Language { get; init; }
}

/// <summary>Opens inquiries: facts of the source <c>app</c>.</summary>
public sealed class OpenInquiries(InquiryActs acts)
{
    /// <summary>Characters of a subject.</summary>
    public const int LongestSubject = 300;

    /// <summary>Opens one in the viewer's name, for whoever called or wrote.</summary>
    public async Task<ActResult<DeskInquiry>> OpenAsync(Viewer viewer, NewInquiry draft, CancellationToken cancellation = default)
    {
        var problems = Problems(draft);
        return problems.Count > 0
            ? ActResult.Invalid<DeskInquiry>(problems)
            : await acts.RunAsync(viewer, async (act, rules, settings) =>
            {
                if (!await act.LockAccountAsync(draft.AccountNo))
                {
                    return ActResult.Invalid<DeskInquiry>("account", "unknown");
                }

                if (draft.ContactNo is { } contact && !await act.Context.Contacts.AnyAsync(c => c.AccountNo == draft.AccountNo && c.ContactNo == contact && c.VoidedBy == null, cancellation))
                {
                    return ActResult.Invalid<DeskInquiry>("contact", "unknown");
                }

                var inquiry = await AddAsync(act, rules, draft, await NewReferenceAsync(act), act.Now);
                await InquiryActs.NoteAsync(act, inquiry, "opened", settings);
                return ActResult.Done(DeskInquiry.Of(inquiry));
            }, cancellation);
    }

    /// <summary>Adds an inquiry to an act; its caller notes it.</summary>
    internal static async Task<Inquiry> AddAsync(ActScope act, DeskRules rules, NewInquiry draft, string reference, DateTime openedAt)
    {
        var inquiry = new Inquiry
        {
            AccountNo = draft.AccountNo,
            SourceId = await AppSource.NumberAsync(act.Context, act.Cancellation),
            FactId = reference,
            ContactNo = draft.ContactNo,
            RequesterName = InquiryChanges.Clean(draft.RequesterName),
            RequesterEmail = InquiryChanges.Clean(draft.RequesterEmail),
            Channel = draft.Channel,
            Subject = InquiryChanges.Clean(draft.Subject),
            Body = InquiryChanges.Clean(draft.Body),
            Category = InquiryChanges.Clean(draft.Category),
            Product = InquiryChanges.Clean(draft.Product),
            Urgency = draft.Priority,
            Assignee = draft.Assignee,
            Language = draft.Language,
            OpenedAt = openedAt,
        };
        InquiryWork.Open(inquiry, rules);
        act.Context.Inquiries.Add(inquiry);
        return inquiry;
    }

    /// <summary>A reference that nothing has yet.</summary>
    internal static async Task<string> NewReferenceAsync(ActScope act)
    {
        var app = await AppSource.NumberAsync(act.Context, act.Cancellation);
        while (true)
        {
            var reference = InquiryReference.Of(RandomNumberGenerator.GetBytes(InquiryReference.Bytes));
            if (!await act.Context.Inquiries.AnyAsync(i => i.SourceId == app && i.FactId == reference, act.Cancellation) && !await act.Context.ReceivedInquiries.AnyAsync(r => r.ReceivedId == reference, act.Cancellation))
            {
                return reference;
            }
        }
    }

    private static Dictionary<string, string> Problems(NewInquiry draft)
    {
        var problems = new Dictionary<string, string>();
        if (string.IsNullOrWhiteSpace(draft.Subject) || draft.Subject.Trim().Length > LongestSubject)
        {
            problems.Add("subject", string.IsNullOrWhiteSpace(draft.Subject) ? "missing" : "too_long");
        }

        if (InquiryMessages.Problem(draft.Body) is { } body)
        {
            problems.Add("body", body);
        }

        if ((draft.Category ?? "").Length > InquiryChanges.LongestWord)
        {
            problems.Add("category", "too_long");
        }

        return problems;
    }
}
