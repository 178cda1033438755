using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Calls;
using CustomerSuccess.Engine.Mail;

namespace CustomerSuccess.Engine.Gateways;

/// <summary>Where a gateway reaches somebody.</summary>
/// <param name="Address">As it is sent: of a telephone E.164, else as it is written.</param>
/// <param name="Key">By which the same address is recognised.</param>
/// <param name="National">A number as its own country writes it, in digits; else the address.</param>
internal sealed record GatewayAddress(string Address, string Key, string National)
{
    private const int Longest = 200;

    /// <summary>What a contact's record says at the place that a gateway names; empty where it says nothing.</summary>
    public static string Of(Gateway gateway, Contact contact, MailAudience audience) =>
        (gateway.AddressFrom == Gateway.Phone ? contact.Phone : audience.TextOf(contact, gateway.AddressFrom)) ?? "";

    /// <summary>Reads an address of a channel; null for what is none.</summary>
    /// <param name="channel">Out of <see cref="Channels.OfGateways"/>.</param>
    /// <param name="written">As it is written.</param>
    /// <param name="country">The account's country: of numbers without a country code; null where it is not known.</param>
    /// <param name="region">The company's, for numbers that are none there.</param>
    public static GatewayAddress? Read(string channel, string written, string? country, string region)
    {
        var text = written.Trim();
        if (channel == Channels.Sms)
        {
            return (PhoneReader.Mobile(text, country ?? region) ?? PhoneReader.Mobile(text, region)) is var (key, national) ? new(key, $"{channel}:{key}", national) : null;
        }

        return text.Length is > 0 and <= Longest && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? new(text, $"{channel}:{text}", text) : null;
    }
}
