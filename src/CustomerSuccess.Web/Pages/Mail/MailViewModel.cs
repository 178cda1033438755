using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Wording;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>One message: written, changed, sent, and what became of it.</summary>
public sealed class MailViewModel(Mailbox mailbox, MailQuery query, OutboxQuery outbox, GatewayBook gateways, ContactWishes wishes, MailTemplates templates, PlayNames plays, TouchWords touches, SettingsStore settingsStore, CurrentViewer current, TimeProvider clock)
{
    private Viewer? _viewer;

    public CompanySettings Settings { get; private set; } = new();

    public bool MayWrite { get; private set; }

    /// <summary>Whom it goes to; null for a message of no account, or where that is not known yet.</summary>
    public MailAccount? Account { get; private set; }

    /// <summary>The message as it is kept; null for a new one.</summary>
    public MailDetail? Kept { get; private set; }

    public IReadOnlyList<MailReply> Replies { get; private set; } = [];

    public IReadOnlyList<MailTemplate> Templates { get; private set; } = [];

    public MailDraft Draft { get; private set; } = new();

    /// <summary>The gateways that are on, by channel.</summary>
    public IReadOnlyDictionary<string, Gateway> Gateways { get; private set; } = new Dictionary<string, Gateway>();

    /// <summary>Where gateways reach the people of the account.</summary>
    public IReadOnlyDictionary<(int ContactNo, string Channel), GatewayAddressee> Reached { get; private set; } = new Dictionary<(int, string), GatewayAddressee>();

    /// <summary>As it would go out; null where it cannot be written.</summary>
    public MailDetail? Preview { get; private set; }

    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    /// <summary>True where the message can still be changed.</summary>
    public bool IsOpen => Kept is null || (Kept.Summary.Status is MailStatus.Draft or MailStatus.Held && Kept.Summary.Attempts == 0);

    /// <summary>Begins a message to an account.</summary>
    /// <returns>False where there is no such account for the reader.</returns>
    public async Task<bool> BeginAsync(int? accountNo, int? contactNo, string? play, string? channel, CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        (Kept, Preview, Account) = (null, null, null);
        if (accountNo is not { } no)
        {
            return true;
        }

        Account = await outbox.AccountAsync(_viewer!, no, cancellation);
        if (Account is null)
        {
            return false;
        }

        Reached = await gateways.AddresseesAsync(_viewer!, no, cancellation);
        var wanted = channel is not null && Gateways.ContainsKey(channel) ? channel : Channels.Email;
        var contact = Account.Contacts.FirstOrDefault(contact => contact.ContactNo == contactNo) ?? First(wanted) ?? (wanted == Channels.Email ? null : Account.Contacts.FirstOrDefault(contact => !contact.HasLeft));
        Draft = new() { ContactNo = contact?.ContactNo, Channel = wanted, Play = play, TemplateId = play is null ? null : plays.Find(play)?.TemplateId };
        await FillAsync(cancellation);
        return true;
    }

    /// <summary>Reads a message.</summary>
    /// <returns>False where there is none for the reader.</returns>
    public async Task<bool> ReadAsync(int accountNo, string mailId, CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        Kept = await query.FindAsync(_viewer!, accountNo, mailId, cancellation);
        if (Kept is null)
        {
            return false;
        }

        Account = accountNo == 0 ? null : await outbox.AccountAsync(_viewer!, accountNo, cancellation);
        Reached = accountNo == 0 ? Reached : await gateways.AddresseesAsync(_viewer!, accountNo, cancellation);
        Replies = await outbox.RepliesAsync(_viewer!, accountNo, mailId, cancellation);
        var mail = Kept.Summary;
        Draft = new() { ContactNo = mail.ContactNo, Channel = mail.Channel, Subject = mail.Subject, Body = Kept.Body, SendAt = mail.NotBefore > clock.GetUtcNow().UtcDateTime ? mail.NotBefore : null, Play = mail.Origin == MailOrigin.Play ? mail.OriginId : null };
        if (IsOpen && MayWrite && Account is not null)
        {
            await PreviewAsync(cancellation);
        }

        return true;
    }

    /// <summary>Another contact: the text is as it was, addressed anew where nobody has changed it yet.</summary>
    public Task ChooseContactAsync(int? contactNo, CancellationToken cancellation)
    {
        var isUntouched = Kept is null && Preview is not null && Preview.Body == Draft.Body;
        Draft = Draft with { ContactNo = contactNo };
        return isUntouched ? FillAsync(cancellation) : PreviewAsync(cancellation);
    }

    /// <summary>Another channel: the text begins anew, since what suits a letter suits no short message.</summary>
    public Task ChooseChannelAsync(string? channel, CancellationToken cancellation)
    {
        var wanted = channel ?? Channels.Email;
        var contact = Draft.ContactNo is { } no && CanReach(no, wanted) ? no : First(wanted)?.ContactNo ?? Draft.ContactNo;
        Draft = Draft with { Channel = wanted, ContactNo = contact, Subject = null, Body = null };
        return FillAsync(cancellation);
    }

    /// <summary>True where a contact can be reached by a channel, as far as is known.</summary>
    public bool CanReach(int contactNo, string channel) => channel == Channels.Email
        ? Account?.Contacts.Any(contact => contact.ContactNo == contactNo && !contact.IsOptedOut && !string.IsNullOrWhiteSpace(contact.Email)) == true
        : Reached.TryGetValue((contactNo, channel), out var address) && !address.IsOptedOut;

    /// <summary>Enters that the contact wants nothing more by the channel of a gateway, or that this no longer holds.</summary>
    public async Task<ActOutcome> SetOptedOutAsync(bool isOptedOut, CancellationToken cancellation)
    {
        var (account, contact) = (Account!.AccountNo, Draft.ContactNo!.Value);
        var outcome = isOptedOut
            ? (await wishes.StopAsync(_viewer!, account, contact, null, Draft.Channel, null, null, cancellation)).Outcome
            : (await wishes.LiftAsync(_viewer!, account, contact, Draft.Channel, cancellation)).Outcome;
        Reached = await gateways.AddresseesAsync(_viewer!, account, cancellation);
        await PreviewAsync(cancellation);
        return outcome;
    }

    /// <summary>Another template takes the place of subject and text.</summary>
    public Task ChooseTemplateAsync(string? templateId, CancellationToken cancellation)
    {
        Draft = Draft with { TemplateId = templateId };
        return FillAsync(cancellation);
    }

    public Task WriteAsync(MailDraft draft, CancellationToken cancellation)
    {
        Draft = draft;
        return PreviewAsync(cancellation);
    }

    /// <summary>Keeps the message as a draft.</summary>
    public async Task<ActResult<MailSummary>> SaveAsync(CancellationToken cancellation)
    {
        var result = Kept is { } kept
            ? await mailbox.EditAsync(_viewer!, kept.Summary.AccountNo, kept.Summary.MailId, kept.Summary.Version, new MailEdit { Subject = Draft.Subject ?? "", Body = Draft.Body ?? "", ContactNo = Draft.ContactNo }, cancellation)
            : await mailbox.DraftAsync(_viewer!, Draft.ToMail(Account!.AccountNo), cancellation);
        Problems = result.Problems;
        return result;
    }

    /// <summary>Sends the message, at once or at its time.</summary>
    public async Task<ActResult<MailSummary>> SendAsync(CancellationToken cancellation)
    {
        ActResult<MailSummary> result;
        if (Kept is null)
        {
            result = await mailbox.SendAsync(_viewer!, Draft.ToMail(Account!.AccountNo), cancellation);
        }
        else
        {
            result = await SaveAsync(cancellation);
            if (result is { Holds: true, Value: { } saved })
            {
                result = await mailbox.QueueAsync(_viewer!, saved.AccountNo, saved.MailId, saved.Version, Draft.SendAt, cancellation);
            }
        }

        Problems = result.Problems;
        return result;
    }

    /// <summary>Takes the message back: a draft is discarded, one that waits is not sent.</summary>
    public Task<ActResult<MailSummary>> CancelAsync(CancellationToken cancellation) => mailbox.CancelAsync(_viewer!, Kept!.Summary.AccountNo, Kept.Summary.MailId, null, cancellation);

    /// <summary>Writes the same message again as a draft: what failed, came back or was taken back is never sent twice under one id.</summary>
    public Task<ActResult<MailSummary>> CopyAsync(CancellationToken cancellation)
    {
        var mail = Kept!.Summary;
        return mailbox.DraftAsync(_viewer!, new NewMail
        {
            AccountNo = mail.AccountNo,
            ContactNo = mail.ContactNo,
            ToAddress = mail.ContactNo is null ? mail.ToAddress : null,
            ToName = mail.ContactNo is null ? mail.ToName : null,
            Purpose = mail.Purpose,
            Origin = mail.Origin is MailOrigin.Play ? MailOrigin.Play : MailOrigin.Manual,
            OriginId = mail.Origin is MailOrigin.Play ? mail.OriginId : null,
            List = mail.List,
            Language = mail.Language,
            Channel = mail.Channel,
            Subject = MarkupText.EscapeSubject(mail.Subject),
            Body = Kept.Body,
        }, cancellation);
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        _viewer = await current.GetAsync();
        MayWrite = _viewer.MayWork;
        Settings = await settingsStore.ReadAsync(cancellation);
        Templates = await templates.ListAsync(cancellation: cancellation);
        Gateways = await gateways.OnAsync(cancellation);
        (Problems, Replies, Draft) = (new Dictionary<string, string>(), [], new());
    }

    /// <summary>Subject and text out of the template or the play's words, with the fields that have a value.</summary>
    private async Task FillAsync(CancellationToken cancellation)
    {
        if (Account is not { } account)
        {
            return;
        }

        var mail = Draft.ToMail(account.AccountNo, isWhole: false);
        if (Draft.IsText)
        {
            var text = Draft.Play is { } carried ? plays.Find(carried)?.TextIn(LanguageOf(account)) : null;
            var spoken = text is null && Draft.Play is { } said ? InLanguage(LanguageOf(account), () => touches.Message(said)) : null;
            mail = mail with { Body = text?.Text ?? spoken ?? "", Language = text?.Language };
        }
        else if (Draft.TemplateId is null && Draft.Play is { } play)
        {
            var (name, words) = InLanguage(LanguageOf(account), () => (touches.Play(play), touches.Message(play)));
            mail = mail with { Subject = "", Body = $"{{{{{MailFields.AddressLine}}}}}\n\n{words ?? name}\n" };
        }

        await ShowAsync(mail, fills: true, cancellation);
    }

    private string LanguageOf(MailAccount account) => account.Contacts.FirstOrDefault(contact => contact.ContactNo == Draft.ContactNo)?.Language ?? account.Language;

    /// <summary>The first whom a channel reaches; null for nobody.</summary>
    private MailAddressee? First(string channel) => Account!.Contacts.FirstOrDefault(contact => !contact.HasLeft && CanReach(contact.ContactNo, channel));

    private Task PreviewAsync(CancellationToken cancellation) =>
        Account is { } account ? ShowAsync(Draft.ToMail(account.AccountNo), fills: false, cancellation) : Task.CompletedTask;

    private async Task ShowAsync(NewMail mail, bool fills, CancellationToken cancellation)
    {
        var result = await mailbox.PreviewAsync(_viewer!, mail, cancellation);
        (Preview, Problems) = (result.Value, result.Problems);
        if (fills && result.Value is { } filled)
        {
            Draft = Draft with { Subject = filled.Summary.Subject, Body = filled.Body };
        }
    }

    /// <summary>Words in the language of whom they are for, whatever the reader's is.</summary>
    private static T InLanguage<T>(string language, Func<T> words)
    {
        var reader = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return words();
        }
        finally
        {
            CultureInfo.CurrentUICulture = reader;
        }
    }
}
