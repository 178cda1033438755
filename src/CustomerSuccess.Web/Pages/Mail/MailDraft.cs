using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>A message while somebody writes it.</summary>
public sealed record MailDraft
{
    public int? ContactNo { get; init; }

    /// <summary>How it goes, out of <see cref="Channels"/>.</summary>
    public string Channel { get; init; } = Channels.Email;

    /// <summary>True for plain text that a gateway carries.</summary>
    public bool IsText => Channel != Channels.Email;

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
        Channel = Channel,
        TemplateId = IsText ? null : TemplateId,
        Origin = Play is null ? MailOrigin.Manual : MailOrigin.Play,
        OriginId = Play,
        Subject = isWhole && !IsText ? Subject ?? "" : null,
        Body = isWhole ? Body ?? "" : null,
        NotBefore = SendAt,
    };
}
