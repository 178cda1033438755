namespace CustomerSuccess.Core.Gateways;

/// <summary>A message as it is sealed when it is queued: what it says and to whom never changes afterwards, however often it is handed over.</summary>
/// <param name="To">The address as it is kept.</param>
/// <param name="ToNational">A number as its own country writes it, in digits; the address itself for anything else.</param>
/// <param name="Text">Plain text, lines ended by a line feed.</param>
/// <param name="Language"><c>en</c> or <c>ja</c>.</param>
/// <param name="ContactName">Null where nobody in particular is meant.</param>
/// <param name="AccountName">Null for a message of no account.</param>
/// <param name="AccountId">As the sources write it.</param>
public sealed record GatewayMessage(string To, string ToNational, string Text, string Language, string? ContactName, string? AccountName, string? AccountId)
{
    /// <summary>The values of a request's fields.</summary>
    /// <param name="messageId">The fixed id.</param>
    /// <param name="secret">The gateway's secret, opened.</param>
    public IReadOnlyDictionary<string, string> Fields(string messageId, string secret) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [GatewayFields.To] = To,
        [GatewayFields.ToDigits] = To.TrimStart('+'),
        [GatewayFields.ToNational] = ToNational,
        [GatewayFields.Text] = Text,
        [GatewayFields.Language] = Language,
        [GatewayFields.MessageId] = messageId,
        [GatewayFields.ContactName] = ContactName ?? "",
        [GatewayFields.AccountName] = AccountName ?? "",
        [GatewayFields.AccountId] = AccountId ?? "",
        [GatewayFields.Secret] = secret,
        [GatewayFields.SecretBase64] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)),
    };
}
