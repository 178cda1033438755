using CustomerSuccess.Core.Gateways;

namespace CustomerSuccess.Web.Pages.Gateways;

/// <summary>A gateway while somebody describes it.</summary>
public sealed class GatewayDraft
{
    public required string GatewayId { get; init; }

    public int Version { get; set; }

    /// <summary>True where it has a secret already.</summary>
    public bool HasSecret { get; init; }

    public string? Name { get; set; }

    public string? Kind { get; set; }

    public bool IsOn { get; set; }

    public string? Url { get; set; }

    public string? Method { get; set; }

    public string? Headers { get; set; }

    public string? Format { get; set; }

    public string? Body { get; set; }

    /// <summary>What was typed; empty leaves it as it is.</summary>
    public string? Secret { get; set; }

    public string? AddressFrom { get; set; }

    public decimal? MaxLength { get; set; }

    public decimal? Timeout { get; set; }

    public string? IdPath { get; set; }

    public bool ConflictMeansTaken { get; set; }

    public static GatewayDraft Of(Gateway gateway) => new()
    {
        GatewayId = gateway.GatewayId,
        Version = gateway.Version,
        HasSecret = gateway.Secret.Length > 0,
        Name = gateway.Name,
        Kind = gateway.Kind.ToString(),
        IsOn = gateway.IsOn,
        Url = gateway.Url,
        Method = gateway.Method,
        Headers = gateway.Headers,
        Format = gateway.Format.ToString(),
        Body = gateway.Body,
        AddressFrom = gateway.AddressFrom,
        MaxLength = gateway.MaxLength,
        Timeout = gateway.TimeoutSeconds,
        IdPath = gateway.IdPath,
        ConflictMeansTaken = gateway.ConflictMeansTaken,
    };

    /// <summary>Another kind begins with what that kind usually asks for, as long as nobody has written anything of their own.</summary>
    public void Become(GatewayKind kind)
    {
        var (before, after) = (GatewayDefaults.Of(KindOf(Kind)), GatewayDefaults.Of(kind));
        if (GatewayId.Length == 0 && (Body, Headers) == (before.Body, before.Headers) && (Url ?? "") == before.Url)
        {
            (Url, Headers, Body, AddressFrom, MaxLength, IdPath, ConflictMeansTaken) = (after.Url, after.Headers, after.Body, after.AddressFrom, after.MaxLength, after.IdPath, after.ConflictMeansTaken);
        }

        Kind = kind.ToString();
    }

    public Gateway ToGateway() => new()
    {
        GatewayId = GatewayId,
        Version = Version,
        Name = Name?.Trim() ?? "",
        Kind = KindOf(Kind),
        IsOn = IsOn,
        Url = Url?.Trim() ?? "",
        Method = Method ?? "",
        Headers = Headers ?? "",
        Format = Enum.TryParse<GatewayFormat>(Format, out var format) ? format : GatewayFormat.Json,
        Body = Body ?? "",
        AddressFrom = AddressFrom ?? "",
        MaxLength = (int)(MaxLength ?? 0),
        TimeoutSeconds = (int)(Timeout ?? 0),
        IdPath = IdPath?.Trim() ?? "",
        ConflictMeansTaken = ConflictMeansTaken,
    };

    public static GatewayKind KindOf(string? text) => Enum.TryParse<GatewayKind>(text, out var kind) ? kind : GatewayKind.Sms;
}
