using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>A canned answer as its author wants it.</summary>
/// <param name="AnswerId">Null for a new one.</param>
/// <param name="Version">The version that the author saw; 0 for a new one.</param>
/// <param name="Title">How it is found.</param>
/// <param name="Category">Under which heading; null for none.</param>
/// <param name="BodyEn">In English; at least one language is needed.</param>
/// <param name="BodyJa">In Japanese.</param>
/// <param name="IsOwn">True where only its author uses it.</param>
public sealed record CannedAnswerDraft(string? AnswerId, int Version, string? Title, string? Category, string? BodyEn, string? BodyJa, bool IsOwn);

/// <summary>Answers that are written once: everybody's, and each person's own.</summary>
public sealed class CannedAnswers(Acts acts, Database database)
{
    private const string Lock = "canned-answers";

    /// <summary>Those that the viewer may use, the most used first.</summary>
    public async Task<IReadOnlyList<CannedAnswer>> ListAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.CannedAnswers.AsNoTracking()
            .Where(a => a.ArchivedAt == null && (a.OwnerUser == null || a.OwnerUser == viewer.UserId))
            .OrderByDescending(a => a.Used).ThenBy(a => a.Title).ThenBy(a => a.AnswerId)
            .ToListAsync(cancellation);
    }

    /// <summary>Writes a new one, or changes one. Everybody's are changed by who may manage or wrote them last.</summary>
    public async Task<ActResult<CannedAnswer>> SaveAsync(Viewer viewer, CannedAnswerDraft draft, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<CannedAnswer>();
        }

        var problems = Problems(draft);
        return problems.Count > 0 ? ActResult.Invalid<CannedAnswer>(problems) : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var answer = draft.AnswerId is null
                ? new CannedAnswer { AnswerId = act.NewId(), Title = "" }
                : await act.Context.CannedAnswers.FirstOrDefaultAsync(a => a.AnswerId == draft.AnswerId && a.ArchivedAt == null, cancellation);
            if (answer is null || (answer.OwnerUser is not null && answer.OwnerUser != viewer.UserId))
            {
                return ActResult.NotFound<CannedAnswer>();
            }

            if (answer.Version != draft.Version)
            {
                return ActResult.Conflict(answer);
            }

            var changes = new FieldChanges().Note("title", draft.AnswerId is null ? null : answer.Title, draft.Title!.Trim())
                .Note("body_en", answer.BodyEn, InquiryChanges.Clean(draft.BodyEn)).Note("body_ja", answer.BodyJa, InquiryChanges.Clean(draft.BodyJa));
            (answer.Title, answer.Category, answer.BodyEn, answer.BodyJa) = (draft.Title.Trim(), InquiryChanges.Clean(draft.Category), InquiryChanges.Clean(draft.BodyEn), InquiryChanges.Clean(draft.BodyJa));
            (answer.OwnerUser, answer.ChangedAt, answer.ChangedBy) = (draft.IsOwn ? viewer.UserId : null, act.Now, viewer.Email);
            answer.Version++;
            if (draft.AnswerId is null)
            {
                act.Context.CannedAnswers.Add(answer);
            }

            act.Note(JournalAreas.Answer, draft.AnswerId is null ? "created" : "changed", recordId: answer.AnswerId, changes: changes);
            return ActResult.Done(answer);
        }, cancellation);
    }

    /// <summary>Takes one off the list. It stays in the store.</summary>
    public Task<ActResult<CannedAnswer>> ArchiveAsync(Viewer viewer, string answerId, int version, CancellationToken cancellation = default) =>
        !viewer.MayWork ? Task.FromResult(ActResult.Forbidden<CannedAnswer>()) : acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var answer = await act.Context.CannedAnswers.FirstOrDefaultAsync(a => a.AnswerId == answerId && a.ArchivedAt == null && (a.OwnerUser == null || a.OwnerUser == viewer.UserId), cancellation);
            if (answer is null || answer.Version != version)
            {
                return answer is null ? ActResult.NotFound<CannedAnswer>() : ActResult.Conflict(answer);
            }

            answer.ArchivedAt = act.Now;
            answer.Version++;
            act.Note(JournalAreas.Answer, "archived", recordId: answerId);
            return ActResult.Done(answer);
        }, cancellation);

    /// <summary>Counts that one was put into an answer.</summary>
    public async Task UsedAsync(Viewer viewer, string answerId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        await context.CannedAnswers.Where(a => a.AnswerId == answerId && (a.OwnerUser == null || a.OwnerUser == viewer.UserId)).ExecuteUpdateAsync(set => set.SetProperty(a => a.Used, a => a.Used + 1), cancellation);
    }

    /// <summary>What the fields of a canned answer stand for in an inquiry.</summary>
    /// <param name="page">The inquiry.</param>
    /// <param name="agentName">Who answers.</param>
    /// <param name="viewer">Who answers.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="openedOn">The day of opening as the customer reads it.</param>
    /// <param name="ratingLink">Where the customer says how satisfied they are; null where none was made.</param>
    public static IReadOnlyDictionary<string, string?> Values(InquiryPage page, string? agentName, Viewer viewer, CompanySettings settings, string openedOn, string? ratingLink) => new Dictionary<string, string?>
    {
        ["contact.name"] = page.Contact?.Name ?? page.Inquiry.RequesterName,
        ["contact.email"] = page.Contact?.Email ?? page.Inquiry.RequesterEmail,
        ["account.name"] = page.Account.Name,
        ["inquiry.id"] = page.Inquiry.Ref.Key.FactId,
        ["inquiry.subject"] = page.Inquiry.Subject,
        ["inquiry.opened_on"] = openedOn,
        ["agent.name"] = agentName,
        ["agent.email"] = viewer.Email,
        ["company.name"] = settings.Name,
        ["rating.link"] = ratingLink,
    };

    private static Dictionary<string, string> Problems(CannedAnswerDraft draft)
    {
        var problems = new Dictionary<string, string>();
        if (string.IsNullOrWhiteSpace(draft.Title) || draft.Title.Trim().Length > CannedAnswer.LongestTitle)
        {
            problems.Add("title", string.IsNullOrWhiteSpace(draft.Title) ? "missing" : "too_long");
        }

        if (string.IsNullOrWhiteSpace(draft.BodyEn) && string.IsNullOrWhiteSpace(draft.BodyJa))
        {
            problems.Add("body", "missing");
        }

        foreach (var (field, body) in new[] { ("body_en", draft.BodyEn), ("body_ja", draft.BodyJa) })
        {
            if ((body ?? "").Length > InquiryMessage.Longest)
            {
                problems.Add(field, "too_long");
            }
            else if (AnswerTemplate.UnknownFields(body ?? "").Count > 0)
            {
                problems.Add(field, "unknown_field");
            }
        }

        return problems;
    }
}
