using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>A message with its rows.</summary>
internal sealed record MailParts(MailMessage Message, List<MailRecipient> Recipients, MailContent Content)
{
    /// <summary>Fields that only its writer knows, such as a survey's link.</summary>
    public IReadOnlyDictionary<string, FieldValue>? Fields { get; init; }

    /// <summary>Files that go with it, in their order.</summary>
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    public GateSubject Subject => GateSubject.Of(Message, Recipients);
}

/// <summary>Writes messages and puts them into the queue, over one context and for as many as are given at once.</summary>
internal sealed class OutboxWriter(CustomerSuccessContext context, Viewer viewer, CompanySettings settings, SealMail seal, DateTime now, Func<string> newId, CancellationToken cancellation)
{
    private const int LongestSubject = 400, LongestBody = 200_000, MostCopies = 20;

    /// <summary>Characters by which a message without a subject is called.</summary>
    private const int SubjectOfText = 60;

    private readonly Dictionary<string, MailTemplate?> _templates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gateway?> _gateways = new(StringComparer.Ordinal);

    /// <summary>What is wrong with a message that somebody wants to write, by field; null where it can be written.</summary>
    public async Task<(string Field, string Code)?> ProblemAsync(NewMail mail, MailAudience audience)
    {
        if (mail.ContactNo is not null && audience.Contact(mail.AccountNo, mail.ContactNo) is null)
        {
            return ("contact", "unknown");
        }

        if (mail.TemplateId is { } id && await TemplateAsync(id) is null)
        {
            return ("template", "unknown");
        }

        var byGateway = Channels.IsGateway(mail.Channel);
        return mail.Language is not (null or "en" or "ja") ? ("language", "unknown")
            : mail.Channel is not (null or Channels.Email) && !byGateway ? ("channel", "unknown")
            : byGateway && mail.Copies.Count > 0 ? ("copies", "too_many")
            : byGateway && mail.Attachments.Count > 0 ? ("attachments", "too_large")
            : mail.Subject?.Length > LongestSubject ? ("subject", "too_long")
            : mail.Body?.Length > LongestBody ? ("body", "too_long")
            : mail.Attachments.Sum(file => (long)file.Bytes.Length) > MailAttachment.MostBytes ? ("attachments", "too_large")
            : mail.Copies.Count > MostCopies ? ("copies", "too_many")
            : mail.Copies.FirstOrDefault(copy => EmailAddress.Key(copy.Address) is null) is not null ? ("copies", "bad_address")
            : mail.FromAddress is { } from && !IsOurs(from) ? ("from", "other_domain")
            : mail.ReplyTo is { } reply && EmailAddress.Key(reply) is null ? ("reply_to", "bad_address")
            : mail.TouchMinutes is < 0 or > 1440 or double.NaN ? ("minutes", "out_of_range")
            : mail.NotAfter <= (mail.NotBefore ?? now) ? ("not_after", "too_early")
            : null;
    }

    /// <summary>Writes a draft. Fields that have a value are filled in; the others stay to be seen.</summary>
    public async Task<MailParts> DraftAsync(NewMail mail, MailAudience audience)
    {
        var key = EmailAddress.Key(mail.ToAddress);
        var contact = audience.Contact(mail.AccountNo, mail.ContactNo) ?? (key is null ? null : audience.ContactBy(mail.AccountNo, key));
        var template = mail.TemplateId is { } id ? await TemplateAsync(id) : null;
        var language = mail.Language ?? audience.LanguageOf(mail.AccountNo, contact);
        language = template?.LanguageFor(language) ?? language;
        var text = template?.In(language);
        var purpose = mail.Purpose ?? template?.Purpose ?? Purpose.Proactive;
        var message = new MailMessage
        {
            AccountNo = mail.AccountNo,
            MailId = mail.Id ?? newId(),
            Version = 1,
            Purpose = purpose,
            Origin = mail.Origin,
            Channel = mail.Channel ?? Channels.Email,
            OriginId = mail.OriginId,
            OriginStep = mail.OriginStep,
            TemplateId = template?.TemplateId,
            TemplateVersion = template?.Version,
            List = mail.List ?? template?.List ?? UsualList(purpose, mail.Origin),
            Language = language,
            Subject = mail.Subject ?? text?.Subject ?? "",
            FromName = mail.FromName,
            FromAddress = mail.FromAddress,
            ReplyTo = mail.ReplyTo,
            InReplyTo = mail.InReplyTo,
            Status = MailStatus.Draft,
            Priority = MailPriority.Of(purpose, mail.Origin),
            NotBefore = mail.NotBefore ?? now,
            NotAfter = mail.NotAfter,
            RecordsTouch = mail.RecordsTouch ?? (mail.AccountNo != 0 && purpose != Purpose.Transactional && mail.Origin is MailOrigin.Manual or MailOrigin.Play),
            TouchMinutes = mail.TouchMinutes,
            CreatedAt = now,
            CreatedBy = viewer.UserId,
            OwnerEmail = viewer.Email ?? audience.Account(mail.AccountNo)?.OwnerEmail,
        };
        var parts = new MailParts(message, [], new MailContent { AccountNo = mail.AccountNo, MailId = message.MailId, Body = mail.Body ?? text?.Body ?? "" })
        {
            Fields = mail.Fields,
            Attachments = [.. mail.Attachments.Select((file, i) => new MailAttachment { AccountNo = mail.AccountNo, MailId = message.MailId, AttachmentNo = i + 1, Name = file.Name, MediaType = file.MediaType, Bytes = file.Bytes })],
        };
        await AddressAsync(parts, audience, contact, mail.ToAddress, mail.ToName, mail.Copies);
        Fill(parts, audience);
        Describe(parts);
        return parts;
    }

    /// <summary>The first words of a message as lists show it; what has no subject of its own is called by them.</summary>
    public static void Describe(MailParts parts)
    {
        if (parts.Message.Channel == Channels.Email)
        {
            parts.Message.Preview = SealMail.PreviewOf(MailMarkup.Read(parts.Content.Body).ToText());
            return;
        }

        var text = MarkupText.Plain(parts.Content.Body);
        parts.Message.Preview = SealMail.PreviewOf(text);
        parts.Message.Subject = SealMail.PreviewOf(text, SubjectOfText);
    }

    /// <summary>Writes the recipients anew: a contact by the address that the channel takes.</summary>
    public async Task AddressAsync(MailParts parts, MailAudience audience, Contact? contact, string? address, string? name, IReadOnlyList<MailCopy> copies)
    {
        parts.Recipients.Clear();
        if (parts.Message.Channel != Channels.Email)
        {
            var gateway = await GatewayAsync(parts.Message.Channel);
            var written = address ?? (contact is null || gateway is null ? "" : GatewayAddress.Of(gateway, contact, audience));
            var to = GatewayAddress.Read(parts.Message.Channel, written, audience.CountryOf(parts.Message.AccountNo)?.Code, settings.Region);
            parts.Recipients.Add(new MailRecipient
            {
                AccountNo = parts.Message.AccountNo,
                MailId = parts.Message.MailId,
                RecipientNo = 1,
                ContactNo = contact?.ContactNo,
                Name = Cleaned(name ?? contact?.Name),
                Address = to?.Address ?? written.Trim(),
                AddressKey = to?.Key ?? "",
            });
            return;
        }

        Add(parts, RecipientRole.To, contact?.ContactNo, name ?? contact?.Name, address ?? contact?.Email ?? "");
        foreach (var copy in copies)
        {
            Add(parts, copy.IsBlind ? RecipientRole.Bcc : RecipientRole.Cc, null, copy.Name, copy.Address);
        }
    }

    /// <summary>
    /// Puts messages into the queue, or holds them and says why. Whoever calls this holds the lock of <see cref="ContactGate"/>;
    /// earlier ones count for later ones.
    /// </summary>
    public async Task QueueAsync(IReadOnlyList<MailParts> batch, MailAudience audience)
    {
        var ready = new List<MailParts>();
        foreach (var parts in batch)
        {
            if (await LacksAsync(parts, audience) is { Count: > 0 } reasons)
            {
                Hold(parts, reasons);
            }
            else
            {
                ready.Add(parts);
            }
        }

        var gate = await ContactGate.OpenAsync(context, settings, now, [.. ready.Select(parts => parts.Subject)], planned: true, cancellation);
        foreach (var parts in ready)
        {
            var message = parts.Message;
            var decision = gate.Decide(parts.Subject, message.NotBefore > now ? message.NotBefore : now);
            if (decision.Outcome == ContactOutcome.Held)
            {
                Hold(parts, decision.Reasons);
            }
            else if (decision.From > message.NotAfter)
            {
                message.Status = MailStatus.Cancelled;
                message.Reasons = MailRows.Joined([HoldReasons.Expired, .. decision.Reasons]);
                Note(parts, MailEventKind.Cancelled, message.Reasons);
            }
            else if (Sealed(parts, audience))
            {
                message.Status = MailStatus.Queued;
                message.NotBefore = decision.From;
                message.Reasons = MailRows.Joined(decision.Reasons);
                gate.Count(parts.Subject, decision.From);
                if (decision.Outcome == ContactOutcome.Later)
                {
                    Note(parts, MailEventKind.Delayed, message.Reasons);
                }
            }
        }
    }

    /// <summary>Notes something in the life of a message.</summary>
    public void Note(MailParts parts, MailEventKind kind, string? detail) => context.MailEvents.Add(new MailEvent
    {
        AccountNo = parts.Message.AccountNo,
        MailId = parts.Message.MailId,
        EventId = newId(),
        Kind = kind,
        At = now,
        Detail = detail,
    });

    private async Task<MailTemplate?> TemplateAsync(string id)
    {
        if (!_templates.TryGetValue(id, out var template))
        {
            template = await context.MailTemplates.AsNoTracking().Where(version => version.TemplateId == id).OrderByDescending(version => version.Version).FirstOrDefaultAsync(cancellation);
            _templates.Add(id, template);
        }

        return template;
    }

    /// <summary>The gateway that carries a channel; null where none is on.</summary>
    private async Task<Gateway?> GatewayAsync(string channel)
    {
        if (!_gateways.TryGetValue(channel, out var gateway))
        {
            gateway = await GatewayBook.OnAsync(context, channel, cancellation);
            _gateways.Add(channel, gateway);
        }

        return gateway;
    }

    private bool IsOurs(string from) =>
        EmailAddress.Key(from) is { } key && EmailAddress.Key(settings.MailFrom) is { } ours && EmailAddress.Domain(key) == EmailAddress.Domain(ours);

    private static string? UsualList(Purpose purpose, MailOrigin origin) => origin switch
    {
        MailOrigin.Survey => MailLists.Surveys,
        MailOrigin.Play => MailLists.Success,
        _ => purpose == Purpose.Promotional ? MailLists.News : null,
    };

    private static void Add(MailParts parts, RecipientRole role, int? contactNo, string? name, string address)
    {
        var key = EmailAddress.Key(address);
        if (parts.Recipients.Exists(known => known.AddressKey.Length > 0 && known.AddressKey == key))
        {
            return;
        }

        parts.Recipients.Add(new MailRecipient
        {
            AccountNo = parts.Message.AccountNo,
            MailId = parts.Message.MailId,
            RecipientNo = parts.Recipients.Count + 1,
            Role = role,
            ContactNo = contactNo,
            Name = Cleaned(name),
            Address = EmailAddress.Written(address) ?? address.Trim(),
            AddressKey = key ?? "",
        });
    }

    /// <summary>A name for a header: one line without signs that no line has.</summary>
    private static string? Cleaned(string? name) => MarkupText.EscapeSubject(name ?? "") is { Length: > 0 } clean ? clean.Replace("\\{{", "{{", StringComparison.Ordinal) : null;

    /// <summary>Fills in what has a value; the fields that have none are returned.</summary>
    private static IReadOnlyList<string> Fill(MailParts parts, MailAudience audience)
    {
        var (message, content) = (parts.Message, parts.Content);
        var to = parts.Recipients[0];
        var contact = audience.Contact(message.AccountNo, to.ContactNo);
        var values = audience.Fields(message.AccountNo, contact, to.Name, message.Language, parts.Fields);
        var culture = MailLanguage.Culture(message.Language, contact?.Language, audience.CountryOf(message.AccountNo));
        var byMail = message.Channel == Channels.Email;
        var subject = FieldTemplate.Parse(byMail ? message.Subject : "");
        var body = FieldTemplate.Parse(content.Body);
        if (subject.Problems.Concat(body.Problems).FirstOrDefault() is { } problem)
        {
            return [$"{HoldReasons.BadTemplate}:{problem}"];
        }

        var filledSubject = subject.Fill(values, culture, MarkupText.EscapeSubject);
        var filledBody = body.Fill(values, culture, byMail ? MarkupText.Escape : MarkupText.EscapePlain);
        message.Subject = byMail ? filledSubject.Text : message.Subject;
        content.Body = filledBody.Text;
        return [.. filledSubject.Missing.Concat(filledBody.Missing).Distinct(StringComparer.Ordinal).Select(field => $"{HoldReasons.MissingField}:{field}")];
    }

    /// <summary>What a message lacks before anybody asks whether it may be sent.</summary>
    private async Task<List<string>> LacksAsync(MailParts parts, MailAudience audience)
    {
        var (message, content) = (parts.Message, parts.Content);
        if (content.Raw is not null)
        {
            return [];
        }

        var reasons = new List<string>(Fill(parts, audience));
        if (message.Channel != Channels.Email)
        {
            return [.. reasons, .. await LacksForGatewayAsync(parts)];
        }

        message.FromAddress ??= settings.MailFrom.Length > 0 ? settings.MailFrom : null;
        message.FromName ??= settings.MailFromName.Length > 0 ? settings.MailFromName : settings.SenderNameIn(message.Language) is { Length: > 0 } sender ? sender : null;
        if (message.FromAddress is null)
        {
            reasons.Add(HoldReasons.FromMissing);
        }

        if (string.IsNullOrWhiteSpace(message.Subject) || string.IsNullOrWhiteSpace(content.Body))
        {
            reasons.Add(HoldReasons.EmptyText);
        }

        if (message.Purpose == Purpose.Promotional)
        {
            reasons.AddRange(settings.MissingIdentity().Select(key => key == "web.address" ? HoldReasons.WebAddressMissing : $"{HoldReasons.SenderMissing}:{key}"));
            if (parts.Recipients.Count > 1)
            {
                // one recipient's way to leave is not another's
                reasons.Add(HoldReasons.ManyRecipients);
            }
        }

        return reasons;
    }

    private async Task<List<string>> LacksForGatewayAsync(MailParts parts)
    {
        var reasons = new List<string>();
        var text = MarkupText.Plain(parts.Content.Body);
        if (await GatewayAsync(parts.Message.Channel) is not { } gateway)
        {
            reasons.Add(HoldReasons.GatewayOff);
        }
        else if (text.Length > gateway.MaxLength)
        {
            reasons.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{HoldReasons.TooLong}:{text.Length}/{gateway.MaxLength}"));
        }

        if (text.Length == 0)
        {
            reasons.Add(HoldReasons.EmptyText);
        }

        if (parts.Message.Purpose == Purpose.Promotional && settings.SenderNameIn(parts.Message.Language).Length == 0)
        {
            reasons.Add($"{HoldReasons.SenderMissing}:sender.name");
        }

        return reasons;
    }

    private bool Sealed(MailParts parts, MailAudience audience)
    {
        var message = parts.Message;
        message.QueuedAt ??= now;
        if (parts.Content.Raw is not null)
        {
            return true;
        }

        if (message.Channel != Channels.Email)
        {
            message.MessageId = message.MailId;
            parts.Content.Raw = SealMail.Pack(SealGateway.Seal(parts, audience, settings));
            Describe(parts);
            return true;
        }

        message.Subject = MarkupText.Subject(message.Subject);
        message.MessageId = SealMail.MessageIdOf(message.MailId, message.FromAddress!);
        try
        {
            seal.Seal(message, parts.Recipients, parts.Content, parts.Attachments);
            return true;
        }
        catch (InvalidOperationException error)
        {
            message.LastAnswer = error.Message;
            Hold(parts, [HoldReasons.DkimKeyUnreadable]);
            return false;
        }
    }

    private void Hold(MailParts parts, IReadOnlyList<string> reasons)
    {
        parts.Message.Status = MailStatus.Held;
        parts.Message.Reasons = MailRows.Joined(reasons);
        Note(parts, MailEventKind.Held, parts.Message.Reasons);
    }
}
