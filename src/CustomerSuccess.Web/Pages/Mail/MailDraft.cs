using CustomerSuccess.Core.Mail;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>A message while somebody writes it.</summary>
public sealed record MailDraft
{
    public int? ContactNo { get; init; }

    /// <summary>The template that it was begun with; null for none.</summary>
    public string? TemplateId { get; init; }

    public string? Subject { get; init; }

    public string? Body { get; init; }

    /// <summary>When to send it, UTC; null for at once.</summary>
    public DateTime? SendAt { get; init; }

    /// <summary>The play that it carries out; null for none.</summary>
    public string? Play { get; init; }

    /// <summary>What the engine is to write.</summary>
    public NewMail ToMail(int accountNo, bool isWhole = true) => new()
    {
        AccountNo = accountNo,
        ContactNo = ContactNo,
        TemplateId = TemplateId,
        Origin = Play is null ? MailOrigin.Manual : MailOrigin.Play,
        OriginId = Play,
        Subject = isWhole ? Subject ?? "" : null,
        Body = isWhole ? Body ?? "" : null,
        NotBefore = SendAt,
    };
}
