using CustomerSuccess.Core.Playbooks;

namespace CustomerSuccess.Core.Gateways;

/// <summary>What a gateway's messages are to their reader.</summary>
public enum GatewayKind
{
    /// <summary>Short messages to a mobile number.</summary>
    Sms,

    /// <summary>Messages of a LINE official account to a user id.</summary>
    Line,

    /// <summary>Any other service that takes a text and an address.</summary>
    Other,
}

/// <summary>How the request's body is written.</summary>
public enum GatewayFormat
{
    /// <summary>A JSON document, in whose strings fields stand.</summary>
    Json,

    /// <summary>Lines of <c>name=value</c>, sent as <c>application/x-www-form-urlencoded</c> in UTF-8.</summary>
    Form,
}

/// <summary>A service that takes messages by HTTP: where it is, what it is sent, and how its answer is read. Of each kind at most one is on: it carries the channel.</summary>
public sealed class Gateway
{
    public const int LongestName = 80, LongestUrl = 500, LongestHeaders = 2_000, LongestBody = 4_000, LongestSecret = 2_000, LongestPath = 200;

    /// <summary>The most characters of a message that can be asked for.</summary>
    public const int MostLength = 5_000;

    /// <summary>The contact's telephone number as the address; anything else is <c>contact.</c> and the name of an attribute.</summary>
    public const string Phone = "phone";

    /// <summary>A version 7 UUID.</summary>
    public required string GatewayId { get; set; }

    public required string Name { get; set; }

    public GatewayKind Kind { get; set; }

    public bool IsOn { get; set; }

    /// <summary>Where it is sent to: https, or http to this machine.</summary>
    public required string Url { get; set; }

    /// <summary><c>POST</c> or <c>PUT</c>.</summary>
    public string Method { get; set; } = "POST";

    /// <summary>Lines of <c>Name: value</c>, in which the fields of the secret and of the message's id may stand.</summary>
    public string Headers { get; set; } = "";

    public GatewayFormat Format { get; set; }

    /// <summary>The body with its fields.</summary>
    public required string Body { get; set; }

    /// <summary>What proves who sends, sealed; empty for none. It is never shown.</summary>
    public string Secret { get; set; } = "";

    /// <summary>What of a contact is the address: <see cref="Phone"/>, or an attribute.</summary>
    public string AddressFrom { get; set; } = Phone;

    /// <summary>UTF-16 characters of a message, 1–5,000.</summary>
    public int MaxLength { get; set; } = 660;

    /// <summary>1–120.</summary>
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>A JSON pointer (RFC 6901) to the message's id in the answer; empty where it has none.</summary>
    public string IdPath { get; set; } = "";

    /// <summary>True where a 409 says that a message with this id was taken before, as LINE's does.</summary>
    public bool ConflictMeansTaken { get; set; }

    public int Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    /// <summary>The channel that it carries, out of <see cref="Channels"/>.</summary>
    public string Channel => ChannelOf(Kind);

    public static string ChannelOf(GatewayKind kind) => kind switch
    {
        GatewayKind.Sms => Channels.Sms,
        GatewayKind.Line => Channels.Line,
        _ => Channels.Message,
    };

    public static GatewayKind KindOf(string channel) => channel switch
    {
        Channels.Sms => GatewayKind.Sms,
        Channels.Line => GatewayKind.Line,
        _ => GatewayKind.Other,
    };
}
