namespace CustomerSuccess.Core.Gateways;

/// <summary>What a new gateway begins with, by its kind: of LINE what its Messaging API asks for, of others a common shape.</summary>
public static class GatewayDefaults
{
    private const string Line = """
        {
          "to": "{to}",
          "messages": [{ "type": "text", "text": "{text}" }]
        }
        """;

    private const string Usual = """
        {
          "to": "{to}",
          "text": "{text}",
          "reference": "{message_id}"
        }
        """;

    /// <summary>A gateway that is off, with everything but its name and its secret.</summary>
    public static Gateway Of(GatewayKind kind) => kind == GatewayKind.Line
        ? new()
        {
            GatewayId = "",
            Name = "",
            Kind = kind,
            Url = "https://api.line.me/v2/bot/message/push",
            Headers = "Authorization: Bearer {secret}\nX-Line-Retry-Key: {message_id}",
            Body = Line,
            AddressFrom = "contact.line_id",
            MaxLength = 5_000,
            IdPath = "/sentMessages/0/id",
            ConflictMeansTaken = true,
        }
        : new() { GatewayId = "", Name = "", Kind = kind, Url = "", Headers = "Authorization: Bearer {secret}", Body = Usual, AddressFrom = kind == GatewayKind.Sms ? Gateway.Phone : "contact.", MaxLength = kind == GatewayKind.Sms ? 660 : 2_000 };
}
