using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>An answer to be given.</summary>
/// <param name="Body">Plain text.</param>
/// <param name="Channel">By which it goes; null for the inquiry's own.</param>
/// <param name="Then">The state in which the inquiry then is.</param>
public sealed record NewAnswer(string? Body, string? Channel, InquiryState Then);

/// <summary>Writes into the thread of an inquiry: answers, which go to the asker by mail, notes, and what the customer said by another way.</summary>
/// <param name="acts">The way in which inquiries are changed.</param>
/// <param name="settingsStore">The company's settings.</param>
/// <param name="mailbox">By which answers are sent; null to send none.</param>
/// <param name="database">The store.</param>
/// <param name="clock">Now.</param>
public sealed class InquiryMessages(InquiryActs acts, SettingsStore settingsStore, Mailbox? mailbox, Database database, TimeProvider clock)
{
    private static readonly HashSet<string> Channels = ["email", "phone", "chat", "web", "meeting"];

    /// <summary>
    /// Answers the customer. Whoever wrote without seeing what happened meanwhile is told so first: the version counts. An inquiry that is nobody's becomes
    /// the viewer's. The answer is queued as a message to the asker, where an address is known, the way leads there and the company has a sender to write from.
    /// </summary>
    public Task<ActResult<DeskInquiry>> AnswerAsync(Viewer viewer, InquiryRef at, int version, NewAnswer answer, CancellationToken cancellation = default) =>
        Problem(answer.Body) is { } problem ? Refuse("body", problem)
        : AnswerTemplate.HasFields(answer.Body!) ? Refuse("body", "unfilled_field")
        : answer.Channel is { } channel && !Channels.Contains(channel) ? Refuse("channel", "unknown")
        : answer.Then is InquiryState.New ? Refuse("then", "unknown")
        : SaveAnswerAsync(viewer, at, version, answer, cancellation);

    private async Task<ActResult<DeskInquiry>> SaveAnswerAsync(Viewer viewer, InquiryRef at, int version, NewAnswer answer, CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var writer = mailbox is not null && settings.MailFrom.Length > 0 ? await mailbox.WriterAsync(settings, cancellation) : null;
        var result = await acts.ChangeAsync(viewer, at, version, "answered", async scope =>
        {
            var inquiry = scope.Inquiry;
            var channel = answer.Channel ?? inquiry.Channel;
            var message = await AddAsync(scope, MessageKind.Answer, answer.Body!, channel, scope.Now);
            if (writer is not null && AnswerMail.GoesBy(channel))
            {
                await SendAnswer.WriteAsync(scope, message, writer(scope.Act));
            }

            inquiry.Assignee ??= viewer.Email?.ToLowerInvariant();
            InquiryWork.Answered(inquiry, scope.Now, scope.Rules);
            if (inquiry.State != answer.Then)
            {
                InquiryWork.Move(inquiry, answer.Then, scope.Now, scope.Rules);
            }

            return null;
        }, cancellation, writer is null ? null : act => ContactGate.LockAsync(act.Context, act.Cancellation));
        if (writer is not null && result.Outcome == ActOutcome.Done)
        {
            mailbox!.Ring();
        }

        return result;
    }

    /// <summary>Writes a note for colleagues; those whom it calls are told. It stands beside whatever others did meanwhile.</summary>
    public Task<ActResult<DeskInquiry>> NoteAsync(Viewer viewer, InquiryRef at, string? body, CancellationToken cancellation = default) =>
        Problem(body) is { } problem ? Refuse("body", problem)
        : acts.ChangeAsync(viewer, at, null, "noted", async scope =>
        {
            var message = await AddAsync(scope, MessageKind.Note, body!, null, scope.Now);
            var colleagues = await Colleagues.ListAsync(scope.Act.Context, cancellation);
            foreach (var email in Mentions.In(body!, colleagues.Select(colleague => colleague.Email)))
            {
                scope.Act.Context.InquiryMentions.Add(new InquiryMention { AccountNo = at.AccountNo, SourceId = at.Key.SourceId, FactId = at.Key.FactId, MessageId = message.MessageId, Email = email.ToLowerInvariant(), At = scope.Now });
            }

            scope.Inquiry.ChangedAt = scope.Now;
            return null;
        }, cancellation);

    /// <summary>Records what the customer said, by telephone for example: an inquiry that waited or was settled is open again.</summary>
    public Task<ActResult<DeskInquiry>> HeardAsync(Viewer viewer, InquiryRef at, string? body, string? channel, CancellationToken cancellation = default) =>
        Problem(body) is { } problem ? Refuse("body", problem)
        : channel is not null && !Channels.Contains(channel) ? Refuse("channel", "unknown")
        : acts.ChangeAsync(viewer, at, null, "heard", async scope =>
        {
            await AddAsync(scope, MessageKind.Customer, body!, channel ?? scope.Inquiry.Channel, scope.Now);
            InquiryWork.Heard(scope.Inquiry, scope.Now, scope.Rules);
            return null;
        }, cancellation);

    /// <summary>The viewer has opened the inquiry: calls for them are seen.</summary>
    public async Task SeeAsync(Viewer viewer, InquiryRef at, CancellationToken cancellation = default)
    {
        if (viewer.Email?.ToLowerInvariant() is { } email)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            await using var context = database.OpenContext();
            if (await context.InquiryMentions.AnyAsync(m => m.AccountNo == at.AccountNo && m.SourceId == at.Key.SourceId && m.FactId == at.Key.FactId && m.Email == email && m.SeenAt == null, cancellation))
            {
                await context.InquiryMentions
                    .Where(m => m.AccountNo == at.AccountNo && m.SourceId == at.Key.SourceId && m.FactId == at.Key.FactId && m.Email == email && m.SeenAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.SeenAt, now), cancellation);
            }
        }
    }

    internal static async Task<InquiryMessage> AddAsync(InquiryScope scope, MessageKind kind, string body, string? channel, DateTime at)
    {
        var isOurs = kind is not MessageKind.Customer;
        var inquiry = scope.Inquiry;
        var message = new InquiryMessage
        {
            AccountNo = inquiry.AccountNo,
            SourceId = inquiry.SourceId,
            FactId = inquiry.FactId,
            MessageId = scope.Act.NewId(),
            Kind = kind,
            At = at,
            ByUser = isOurs ? scope.Act.Viewer.UserId : null,
            AuthorName = isOurs ? await Colleagues.NameAsync(scope.Act.Context, scope.Act.Viewer.UserId, scope.Act.Cancellation) ?? scope.Act.Viewer.Email : null,
            AuthorEmail = isOurs ? scope.Act.Viewer.Email : null,
            Channel = channel,
            Language = TextLanguage.Of(body),
            Body = body.Trim(),
        };
        scope.Act.Context.InquiryMessages.Add(message);
        return message;
    }

    /// <summary>What forbids a text as a message; null for nothing.</summary>
    internal static string? Problem(string? body) => string.IsNullOrWhiteSpace(body) ? "missing" : body.Trim().Length > InquiryMessage.Longest ? "too_long" : null;

    private static Task<ActResult<DeskInquiry>> Refuse(string field, string code) => Task.FromResult(ActResult.Invalid<DeskInquiry>(field, code));
}
