using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Outreach;

/// <summary>A list on the preferences page.</summary>
/// <param name="Wanted">False where the person has left it.</param>
public sealed record WantedList(string ListId, string NameEn, string NameJa, bool Wanted);

/// <summary>What a person behind a link is sent.</summary>
/// <param name="Address">The address, with its middle hidden: the link may have been passed on.</param>
/// <param name="Language">The message's.</param>
/// <param name="List">The list that the message went by; null for none.</param>
/// <param name="Lists">All lists.</param>
/// <param name="Nothing">True where the person wants nothing at all by e-mail.</param>
/// <param name="SenderEn">Who sends.</param>
/// <param name="SenderJa">Who sends, in Japanese.</param>
public sealed record ContactPreferences(string Address, string Language, WantedList? List, IReadOnlyList<WantedList> Lists, bool Nothing, string SenderEn, string SenderJa);

/// <summary>What people said about being contacted: they through links in messages, or we for them. It holds from the moment on, also for what waits in the queue.</summary>
public sealed class ContactWishes(Database database, Acts acts, Settings.SettingsStore settingsStore)
{
    /// <summary>The user's name where the person did it.</summary>
    public const string ByRecipient = "recipient";

    private static readonly Viewer Recipient = new(ByRecipient, null, new HashSet<string>(), false);

    /// <summary>Takes the person behind a link off the message's list, or off everything where it went by none. The same asked twice is done once. False for a message that is gone.</summary>
    public async Task<bool> UnsubscribeAsync(MailLink link, StopCause cause, string? evidence = null, CancellationToken cancellation = default) =>
        (await acts.RunAsync(Recipient, async act =>
        {
            await ContactGate.LockAsync(act.Context, act.Cancellation);
            if (await RecipientAsync(act.Context, link, act.Cancellation) is not var (mail, to))
            {
                return ActResult.NotFound<string>();
            }

            return await StopAsync(act, mail, to, mail.List, cause, evidence) ? ActResult.Done("stopped") : ActResult.Unchanged("stopped");
        }, cancellation)).Holds;

    /// <summary>What the person behind a link is sent; null for a message that is gone.</summary>
    public async Task<ContactPreferences?> ReadAsync(MailLink link, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await RecipientAsync(context, link, cancellation) is not var (mail, to))
        {
            return null;
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        var stops = await Standing(context, to.AddressKey).AsNoTracking().ToListAsync(cancellation);
        var lists = (await MailTemplates.ListsAsync(context, cancellation)).Select(list => new WantedList(list.ListId, list.NameEn, list.NameJa, !stops.Exists(stop => stop.List == list.ListId))).ToList();
        return new(Masked(to.AddressKey), mail.Language, lists.Find(list => list.ListId == mail.List), lists, stops.Exists(stop => stop.List is null), settings.SenderNameIn("en"), settings.SenderNameIn("ja"));
    }

    /// <summary>Sets what the person behind a link wants: nothing at all, or these lists and no others. False for a message that is gone.</summary>
    public async Task<bool> ChooseAsync(MailLink link, bool nothing, IReadOnlyCollection<string> wanted, CancellationToken cancellation = default) =>
        (await acts.RunAsync(Recipient, async act =>
        {
            await ContactGate.LockAsync(act.Context, act.Cancellation);
            if (await RecipientAsync(act.Context, link, act.Cancellation) is not var (mail, to))
            {
                return ActResult.NotFound<string>();
            }

            var stops = await Standing(act.Context, to.AddressKey).ToListAsync(act.Cancellation);
            var changed = false;
            foreach (var stop in stops.Where(stop => stop.List is { } list ? wanted.Contains(list) : !nothing))
            {
                stop.LiftedAt = act.Now;
                stop.LiftedBy = ByRecipient;
                changed = true;
            }

            if (nothing)
            {
                changed |= await StopAsync(act, mail, to, null, StopCause.Preferences, null);
            }

            // who wants nothing at all has said nothing about single lists
            foreach (var list in nothing ? [] : await MailTemplates.ListsAsync(act.Context, act.Cancellation))
            {
                if (!wanted.Contains(list.ListId))
                {
                    changed |= await StopAsync(act, mail, to, list.ListId, StopCause.Preferences, null);
                }
            }

            if (changed)
            {
                act.Note(JournalAreas.Mail, "preferences", mail.AccountNo, mail.MailId, new FieldChanges().Note("lists", null, nothing ? "" : string.Join(' ', wanted)));
            }

            return changed ? ActResult.Done("chosen") : ActResult.Unchanged("chosen");
        }, cancellation)).Holds;

    /// <summary>Enters for a person that he or she is not to be contacted by a channel. Problems: <c>address</c>, <c>channel</c>.</summary>
    /// <param name="viewer">Who enters it.</param>
    /// <param name="accountNo">Where it was said; 0 where nobody knows.</param>
    /// <param name="contactNo">The contact; null for an address alone.</param>
    /// <param name="address">The address; null for the contact's other channels.</param>
    /// <param name="channel">Out of <see cref="Channels"/>.</param>
    /// <param name="list">The list; null for everything.</param>
    /// <param name="evidence">How it was said.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<ContactStop>> StopAsync(Viewer viewer, int accountNo, int? contactNo, string? address, string channel, string? list, string? evidence, CancellationToken cancellation = default)
    {
        var key = EmailAddress.Key(address);
        return !viewer.MayWork ? ActResult.Forbidden<ContactStop>()
            : channel is not (Channels.Email or Channels.Call) && !Channels.IsGateway(channel) ? ActResult.Invalid<ContactStop>("channel", "unknown")
            : (address is not null && key is null) || (key is null && contactNo is null) ? ActResult.Invalid<ContactStop>("address", "bad_address")
            : await acts.RunAsync(viewer, async act =>
            {
                await ContactGate.LockAsync(act.Context, act.Cancellation);
                if (accountNo != 0 && !await act.LockAccountAsync(accountNo))
                {
                    return ActResult.NotFound<ContactStop>();
                }

                var standing = await act.Context.ContactStops.FirstOrDefaultAsync(stop => stop.LiftedAt == null && stop.Channel == channel && stop.List == list && stop.Cause != StopCause.Bounce
                    && (key != null ? stop.AddressKey == key : stop.AccountNo == accountNo && stop.ContactNo == contactNo), act.Cancellation);
                if (standing is not null)
                {
                    return ActResult.Unchanged(standing);
                }

                var stop = NewStop(act, accountNo, contactNo, key, channel, list, StopCause.Entered, evidence, null);
                act.Context.ContactStops.Add(stop);
                if (key is not null && channel == Channels.Email)
                {
                    await CancelWaitingAsync(act, key, list);
                }
                else if (contactNo is not null && Channels.IsGateway(channel))
                {
                    await CancelWaitingAsync(act, accountNo, contactNo.Value, channel, list);
                }

                act.Note(JournalAreas.Contact, "stopped", accountNo, stop.StopId, new FieldChanges().Note("channel", null, channel).Note("list", null, list).Note("evidence", null, evidence));
                return ActResult.Done(stop);
            }, cancellation);
    }

    /// <summary>Lifts a stop, such as of an address that works again.</summary>
    public async Task<ActResult<ContactStop>> LiftAsync(Viewer viewer, int accountNo, string stopId, CancellationToken cancellation = default) =>
        !viewer.MayWork
            ? ActResult.Forbidden<ContactStop>()
            : await acts.RunAsync(viewer, async act =>
            {
                if ((accountNo != 0 && !await act.LockAccountAsync(accountNo)) || await act.Context.ContactStops.FindAsync([accountNo, stopId], act.Cancellation) is not { } stop)
                {
                    return ActResult.NotFound<ContactStop>();
                }

                if (stop.LiftedAt is not null)
                {
                    return ActResult.Unchanged(stop);
                }

                stop.LiftedAt = act.Now;
                stop.LiftedBy = viewer.Email ?? viewer.UserId;
                act.Note(JournalAreas.Contact, "stop_lifted", accountNo, stopId, new FieldChanges().Note("channel", stop.Channel, null).Note("list", stop.List, null));
                return ActResult.Done(stop);
            }, cancellation);

    /// <summary>Lifts whatever stops a contact on a channel of a gateway.</summary>
    public async Task<ActResult<string>> LiftAsync(Viewer viewer, int accountNo, int contactNo, string channel, CancellationToken cancellation = default) =>
        !viewer.MayWork
            ? ActResult.Forbidden<string>()
            : await acts.RunAsync(viewer, async act =>
            {
                if (!await act.LockAccountAsync(accountNo))
                {
                    return ActResult.NotFound<string>();
                }

                var standing = await act.Context.ContactStops.Where(stop => stop.AccountNo == accountNo && stop.ContactNo == contactNo && stop.Channel == channel && stop.LiftedAt == null).ToListAsync(act.Cancellation);
                foreach (var stop in standing)
                {
                    (stop.LiftedAt, stop.LiftedBy) = (act.Now, viewer.Email ?? viewer.UserId);
                    act.Note(JournalAreas.Contact, "stop_lifted", accountNo, stop.StopId, new FieldChanges().Note("channel", stop.Channel, null).Note("list", stop.List, null));
                }

                return standing.Count == 0 ? ActResult.Unchanged(channel) : ActResult.Done(channel);
            }, cancellation);

    /// <summary>Records that somebody consented to promotional messages, or withdrew that. Problems: <c>address</c>, <c>how</c>, <c>at</c>.</summary>
    public async Task<ActResult<Consent>> ConsentAsync(Viewer viewer, int accountNo, int? contactNo, string address, bool given, DateTime? at, string how, CancellationToken cancellation = default) =>
        !viewer.MayWork ? ActResult.Forbidden<Consent>()
        : EmailAddress.Key(address) is not { } key ? ActResult.Invalid<Consent>("address", "bad_address")
        : string.IsNullOrWhiteSpace(how) ? ActResult.Invalid<Consent>("how", "missing")
        : await acts.RunAsync(viewer, async act =>
        {
            if (at > act.Now)
            {
                return ActResult.Invalid<Consent>("at", "in_the_future");
            }

            if (accountNo != 0 && !await act.LockAccountAsync(accountNo))
            {
                return ActResult.NotFound<Consent>();
            }

            var consent = new Consent { AccountNo = accountNo, ConsentId = act.NewId(), AddressKey = key, ContactNo = contactNo, Given = given, At = at ?? act.Now, How = how.Trim(), ByUser = viewer.Email ?? viewer.UserId, EnteredAt = act.Now };
            act.Context.Consents.Add(consent);
            act.Note(JournalAreas.Contact, given ? "consented" : "consent_withdrawn", accountNo, consent.ConsentId, new FieldChanges().Note("how", null, consent.How));
            return ActResult.Done(consent);
        }, cancellation);

    /// <summary>Everything that was said about an address, newest first: stops, lifted ones too, and consents.</summary>
    public async Task<(IReadOnlyList<ContactStop> Stops, IReadOnlyList<Consent> Consents)> OfAsync(string address, CancellationToken cancellation = default)
    {
        var key = EmailAddress.Key(address) ?? "";
        await using var context = database.OpenContext();
        return (
            await context.ContactStops.AsNoTracking().Where(stop => stop.AddressKey == key).OrderByDescending(stop => stop.StopId).ToListAsync(cancellation),
            await context.Consents.AsNoTracking().Where(consent => consent.AddressKey == key).OrderByDescending(consent => consent.ConsentId).ToListAsync(cancellation));
    }

    /// <summary>Stops an address within an act; false where it was stopped already.</summary>
    internal static async Task<bool> StopAsync(ActScope act, MailMessage mail, MailRecipient to, string? list, StopCause cause, string? evidence)
    {
        var same = cause == StopCause.Bounce
            ? act.Context.ContactStops.Where(stop => stop.Cause == StopCause.Bounce)
            : act.Context.ContactStops.Where(stop => stop.Cause != StopCause.Bounce);
        if (to.AddressKey.Length == 0 || await same.AnyAsync(stop => stop.LiftedAt == null && stop.Channel == Channels.Email && stop.AddressKey == to.AddressKey && stop.List == list, act.Cancellation))
        {
            return false;
        }

        act.Context.ContactStops.Add(NewStop(act, mail.AccountNo, to.ContactNo, to.AddressKey, Channels.Email, list, cause, evidence, mail.MailId));
        if (cause == StopCause.Bounce)
        {
            return true;
        }

        act.Context.MailEvents.Add(new MailEvent { AccountNo = mail.AccountNo, MailId = mail.MailId, EventId = act.NewId(), Kind = cause == StopCause.Complaint ? MailEventKind.Complained : MailEventKind.Unsubscribed, At = act.Now, RecipientNo = to.RecipientNo, Detail = list });
        await CancelWaitingAsync(act, to.AddressKey, list);
        act.Note(JournalAreas.Mail, "unsubscribed", mail.AccountNo, mail.MailId, new FieldChanges().Note("list", null, list).Note("cause", null, MailRows.Word(cause)));
        return true;
    }

    /// <summary>Whatever waits for the address goes no further.</summary>
    private static async Task CancelWaitingAsync(ActScope act, string addressKey, string? list)
    {
        var waiting = await (
            from recipient in act.Context.MailRecipients.Where(recipient => recipient.AddressKey == addressKey && recipient.RecipientNo == 1)
            join mail in act.Context.MailMessages.Where(mail => mail.Purpose != Purpose.Transactional && (mail.Status == MailStatus.Queued || mail.Status == MailStatus.Held) && (list == null || mail.List == list))
                on new { recipient.AccountNo, recipient.MailId } equals new { mail.AccountNo, mail.MailId }
            select mail).ToListAsync(act.Cancellation);
        Cancel(act, waiting);
    }

    /// <summary>Whatever waits for a contact on a channel goes no further.</summary>
    private static async Task CancelWaitingAsync(ActScope act, int accountNo, int contactNo, string channel, string? list) => Cancel(act, await (
        from recipient in act.Context.MailRecipients.Where(recipient => recipient.AccountNo == accountNo && recipient.ContactNo == contactNo && recipient.RecipientNo == 1)
        join mail in act.Context.MailMessages.Where(mail => mail.Channel == channel && mail.Purpose != Purpose.Transactional && (mail.Status == MailStatus.Queued || mail.Status == MailStatus.Held) && (list == null || mail.List == list))
            on new { recipient.AccountNo, recipient.MailId } equals new { mail.AccountNo, mail.MailId }
        select mail).ToListAsync(act.Cancellation));

    private static void Cancel(ActScope act, List<MailMessage> waiting)
    {
        foreach (var mail in waiting)
        {
            mail.Status = MailStatus.Cancelled;
            mail.Reasons = HoldReasons.Unsubscribed;
            mail.Version++;
            act.Context.MailEvents.Add(new MailEvent { AccountNo = mail.AccountNo, MailId = mail.MailId, EventId = act.NewId(), Kind = MailEventKind.Cancelled, At = act.Now, Detail = HoldReasons.Unsubscribed });
        }
    }

    private static ContactStop NewStop(ActScope act, int accountNo, int? contactNo, string? key, string channel, string? list, StopCause cause, string? evidence, string? mailId) => new()
    {
        AccountNo = accountNo,
        StopId = act.NewId(),
        Channel = channel,
        AddressKey = key,
        ContactNo = contactNo,
        List = list,
        Cause = cause,
        At = act.Now,
        ByUser = act.Viewer.Email ?? act.Viewer.UserId,
        Evidence = evidence,
        MailId = mailId,
    };

    private static IQueryable<ContactStop> Standing(CustomerSuccessContext context, string addressKey) =>
        context.ContactStops.Where(stop => stop.AddressKey == addressKey && stop.LiftedAt == null && stop.Channel == Channels.Email && stop.Cause != StopCause.Bounce);

    private static async Task<(MailMessage, MailRecipient)?> RecipientAsync(CustomerSuccessContext context, MailLink link, CancellationToken cancellation) =>
        await context.MailMessages.FindAsync([link.AccountNo, link.MailId], cancellation) is { } mail
        && await context.MailRecipients.FindAsync([link.AccountNo, link.MailId, link.RecipientNo], cancellation) is { } to
            ? (mail, to)
            : null;

    /// <summary><c>t•••@example.com</c>.</summary>
    private static string Masked(string key) => key.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{key[0]}•••{key[at..]}" : "•••";
}
