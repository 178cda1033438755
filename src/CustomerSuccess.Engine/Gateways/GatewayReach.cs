using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Gateways;

/// <summary>Which accounts gateways reach at all: somebody is still there, has an address at the place that the gateway names, and has not opted out of the channel.</summary>
internal sealed class GatewayReach
{
    private readonly Dictionary<string, HashSet<int>> _reached;

    private GatewayReach(Dictionary<string, HashSet<int>> reached) => _reached = reached;

    /// <summary>Reads whom the channels of some plays reach. Where no play names one, nothing is read.</summary>
    /// <param name="context">The store.</param>
    /// <param name="plays">The plays.</param>
    /// <param name="asOf">Who has left by then is not reached.</param>
    /// <param name="accounts">Some accounts alone; null for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<GatewayReach> ReadAsync(CustomerSuccessContext context, IEnumerable<Play> plays, DateOnly asOf, IReadOnlyCollection<int>? accounts, CancellationToken cancellation)
    {
        var reached = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var channel in plays.Where(play => play.IsOn).SelectMany(play => play.Channels).Where(Channels.IsGateway).Distinct(StringComparer.Ordinal).ToList())
        {
            reached.Add(channel, await GatewayBook.OnAsync(context, channel, cancellation) is { } gateway ? await AccountsAsync(context, gateway, channel, asOf, accounts, cancellation) : []);
        }

        return new(reached);
    }

    /// <summary>An account's limits, with the channels by which nobody there can be reached.</summary>
    public TouchLimits Within(int accountNo, TouchLimits limits)
    {
        var closed = _reached.Where(channel => !channel.Value.Contains(accountNo)).Select(channel => channel.Key).ToList();
        return closed.Count == 0 ? limits : limits with { Channels = limits.Channels.Union(closed).ToHashSet(StringComparer.Ordinal) };
    }

    private static async Task<HashSet<int>> AccountsAsync(CustomerSuccessContext context, Gateway gateway, string channel, DateOnly asOf, IReadOnlyCollection<int>? accounts, CancellationToken cancellation)
    {
        var people = context.Contacts.AsNoTracking().Where(contact => contact.VoidedBy == null && (contact.LeftOn == null || contact.LeftOn > asOf)
            && (channel != Channels.Sms || !contact.OptOutPhone)
            && !context.ContactStops.Any(stop => stop.LiftedAt == null && stop.List == null && stop.Channel == channel && stop.AccountNo == contact.AccountNo && stop.ContactNo == contact.ContactNo)).Among(accounts, contact => contact.AccountNo);
        if (gateway.AddressFrom == Gateway.Phone)
        {
            people = people.Where(contact => contact.PhoneKey != null && contact.PhoneKey != "");
        }
        else
        {
            var attribute = (await context.Attributes.AsNoTracking().Where(known => known.IsCustom && known.Record == "contacts").ToListAsync(cancellation)).Find(known => MailFields.Custom("contact", known.Name) == gateway.AddressFrom);
            var id = attribute?.AttributeId ?? 0;
            people = people.Where(contact => context.ContactValues.Any(value => value.AccountNo == contact.AccountNo && value.ContactNo == contact.ContactNo && value.AttributeId == id && value.Value != null && value.Value != "" && value.ValidFrom <= asOf));
        }

        return [.. await people.Select(contact => contact.AccountNo).Distinct().ToListAsync(cancellation)];
    }
}
