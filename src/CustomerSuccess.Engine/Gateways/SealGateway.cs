using System.Text.Json;
using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Mail;

namespace CustomerSuccess.Engine.Gateways;

/// <summary>Makes of a message what is kept of it until a gateway has it: its words and whom they are for. The request is made of it anew at each try, so that a gateway can be mended meanwhile.</summary>
internal static class SealGateway
{
    public static byte[] Seal(MailParts parts, MailAudience audience, CompanySettings settings)
    {
        var (message, to) = (parts.Message, parts.Recipients[0]);
        var account = audience.Account(message.AccountNo);
        var address = GatewayAddress.Read(message.Channel, to.Address, audience.CountryOf(message.AccountNo)?.Code, settings.Region);
        return JsonSerializer.SerializeToUtf8Bytes(new GatewayMessage(to.Address, address?.National ?? to.Address, MarkupText.Plain(parts.Content.Body), message.Language, to.Name, account?.Name, account?.AccountId));
    }

    public static GatewayMessage Read(byte[] bytes) => JsonSerializer.Deserialize<GatewayMessage>(bytes)!;
}
