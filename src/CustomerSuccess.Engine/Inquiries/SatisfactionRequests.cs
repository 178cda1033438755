using System.Security.Cryptography;
using System.Text;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>A link was made by which a customer says how satisfied they are.</summary>
/// <param name="Token">What the link carries; it is told here and nowhere else.</param>
/// <param name="ExpiresAt">UTC.</param>
public sealed record SatisfactionLink(string Token, DateTime ExpiresAt);

/// <summary>What a customer who follows the link is shown: their own question, and what they said before.</summary>
public sealed record SatisfactionAsked(string Reference, string? Subject, string? Language, DateTime ExpiresAt, int? Score, string? Comment);

/// <summary>Asks customers how satisfied they are, by a link without sign-in. The link shows nothing but the customer's own subject.</summary>
public sealed class SatisfactionRequests(InquiryActs inquiries, Acts acts, SettingsStore settingsStore, Database database, TimeProvider clock)
{
    private const int TokenBytes = 24;

    /// <summary>Links of one inquiry: who asks more often is a nuisance.</summary>
    private const int MostLinks = 20;

    /// <summary>Makes a link.</summary>
    public async Task<ActResult<SatisfactionLink>> AskAsync(Viewer viewer, InquiryRef at, CancellationToken cancellation = default) =>
        await inquiries.RunAsync(viewer, async (act, _, _) =>
        {
            if (!await act.LockAccountAsync(at.AccountNo) || await InquiryActs.FindAsync(act, at) is null)
            {
                return ActResult.NotFound<SatisfactionLink>();
            }

            if (await act.Context.SatisfactionRequests.CountAsync(r => r.AccountNo == at.AccountNo && r.SourceId == at.Key.SourceId && r.FactId == at.Key.FactId, cancellation) >= MostLinks)
            {
                return ActResult.Invalid<SatisfactionLink>("link", "too_many");
            }

            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
            var request = new SatisfactionRequest
            {
                AccountNo = at.AccountNo,
                SourceId = at.Key.SourceId,
                FactId = at.Key.FactId,
                RequestId = act.NewId(),
                TokenHash = HashOf(token),
                AskedAt = act.Now,
                AskedBy = act.Viewer.Email,
                ExpiresAt = act.Now.AddDays(SatisfactionRequest.Days),
            };
            act.Context.SatisfactionRequests.Add(request);
            act.Note(JournalAreas.Inquiry, "asked_satisfaction", at.AccountNo, at.Key.ToString());
            return ActResult.Done(new SatisfactionLink(token, request.ExpiresAt));
        }, cancellation);

    /// <summary>What a link asks about; null where it is unknown or has expired.</summary>
    public async Task<SatisfactionAsked?> FindAsync(string token, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await StandingAsync(context, token, cancellation) is not { } request)
        {
            return null;
        }

        var inquiry = await context.Inquiries.AsNoTracking().FirstOrDefaultAsync(i => i.AccountNo == request.AccountNo && i.SourceId == request.SourceId && i.FactId == request.FactId && i.VoidedBy == null, cancellation);
        return inquiry is null ? null : new(inquiry.FactId, inquiry.Subject, inquiry.Language, request.ExpiresAt, request.Score, request.Comment);
    }

    /// <summary>Takes what the customer says; said again before the link expires it replaces what was said.</summary>
    /// <returns>False where the link is unknown or has expired, or the score is none.</returns>
    public async Task<bool> AnswerAsync(string token, int score, string? comment, CancellationToken cancellation = default)
    {
        if (score is < 1 or > 5)
        {
            return false;
        }

        InquiryRef at;
        string requestId;
        await using (var context = database.OpenContext())
        {
            if (await StandingAsync(context, token, cancellation) is not { } request)
            {
                return false;
            }

            (at, requestId) = (new(request.AccountNo, new(request.SourceId, request.FactId)), request.RequestId);
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        var said = InquiryChanges.Clean(comment) is { } words ? words[..Math.Min(words.Length, SatisfactionRequest.LongestComment)] : null;
        var result = await acts.RunAsync(Viewer.System, async act =>
        {
            if (!await act.LockAccountAsync(at.AccountNo) || await InquiryActs.FindAsync(act, at) is not { } inquiry
                || await act.Context.SatisfactionRequests.FirstOrDefaultAsync(r => r.AccountNo == at.AccountNo && r.SourceId == at.Key.SourceId && r.FactId == at.Key.FactId && r.RequestId == requestId, cancellation) is not { } request)
            {
                return ActResult.NotFound<DeskInquiry>();
            }

            if ((request.Score, request.Comment) == (score, said))
            {
                return ActResult.Unchanged(DeskInquiry.Of(inquiry));
            }

            await PutAsync(act, inquiry, request, score, said, settings);
            return ActResult.Done(DeskInquiry.Of(inquiry));
        }, cancellation);
        return result.Holds;
    }

    /// <summary>Keeps what a customer said of an inquiry, within an act that has locked the account.</summary>
    internal static Task PutAsync(ActScope act, Inquiry inquiry, SatisfactionRequest request, int score, string? said, CompanySettings settings)
    {
        (request.Score, request.Comment, request.AnsweredAt) = (score, said, act.Now);
        (inquiry.Satisfaction, inquiry.ChangedAt) = (score, act.Now);
        return InquiryActs.NoteAsync(act, inquiry, "rated", settings);
    }

    private Task<SatisfactionRequest?> StandingAsync(CustomerSuccessContext context, string token, CancellationToken cancellation)
    {
        var (hash, now) = (HashOf(token), clock.GetUtcNow().UtcDateTime);
        return context.SatisfactionRequests.AsNoTracking().FirstOrDefaultAsync(r => r.TokenHash == hash && r.ExpiresAt > now, cancellation);
    }

    internal static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
