using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Outreach;

/// <summary>Says beforehand whether somebody may be contacted, by whatever channel: before a call, in a list of suggestions, while a letter is being written.</summary>
public sealed class ContactAdvice(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Asks for one contact, or for an account as a whole. What is planned already counts. Nothing is reserved by asking.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="contactNo">The contact; null where nobody in particular is meant.</param>
    /// <param name="channel">Out of <c>Channels</c>.</param>
    /// <param name="purpose">Why.</param>
    /// <param name="list">The list that a message would go by.</param>
    /// <param name="at">When it should happen, UTC; null for now.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <returns>Null where the viewer sees no such account.</returns>
    public async Task<ContactDecision?> AskAsync(Viewer viewer, int accountNo, int? contactNo, string channel, Purpose purpose, string? list = null, DateTime? at = null, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var context = database.OpenContext();
        if (!await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation))
        {
            return null;
        }

        var people = new List<GatePerson>();
        if (contactNo is not null)
        {
            if (Channels.IsGateway(channel))
            {
                var audience = await MailAudience.ReadAsync(context, viewer, settings, now, [accountNo], [contactNo.Value], cancellation);
                var written = await GatewayBook.OnAsync(context, channel, cancellation) is { } gateway && audience.Contact(accountNo, contactNo) is { } contact ? GatewayAddress.Of(gateway, contact, audience) : "";
                people.Add(new(contactNo, written, GatewayAddress.Read(channel, written, audience.CountryOf(accountNo)?.Code, settings.Region)?.Key ?? ""));
            }
            else
            {
                var email = await context.Contacts.Where(contact => contact.AccountNo == accountNo && contact.ContactNo == contactNo).Select(contact => contact.Email).FirstOrDefaultAsync(cancellation);
                people.Add(new(contactNo, email ?? "", EmailAddress.Key(email) ?? ""));
            }
        }

        var subject = new GateSubject(accountNo, null, purpose, channel, list, people);
        var gate = await ContactGate.OpenAsync(context, settings, now, [subject], planned: true, cancellation);
        return gate.Decide(subject, at > now ? at.Value : now);
    }
}
