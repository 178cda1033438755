using System.Net;
using System.Text.Json;
using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Gateways;

/// <summary>Checks gateways before they are kept.</summary>
public static class GatewayRules
{
    /// <summary>Headers that the request's own work sets.</summary>
    private static readonly string[] Reserved = ["host", "content-length", "content-type", "transfer-encoding", "connection", "idempotency-key", "expect", "te", "upgrade", "trailer"];

    /// <summary>The rules that a gateway breaks, by field; a code may carry an argument after a colon.</summary>
    public static IReadOnlyDictionary<string, string> Check(Gateway gateway)
    {
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "name", EnteredText.Of(gateway.Name), Gateway.LongestName, isRequired: true);
        Note("url", UrlProblem(gateway.Url));
        Note("method", gateway.Method is "POST" or "PUT" ? null : "unknown");
        Note("headers", HeadersProblem(gateway.Headers));
        Note("body", BodyProblem(gateway));
        Note("address_from", gateway.AddressFrom == Gateway.Phone || (gateway.AddressFrom.StartsWith("contact.", StringComparison.Ordinal) && gateway.AddressFrom.Length is > 8 and <= 200) ? null : "unknown");
        Note("max_length", gateway.MaxLength is >= 1 and <= Gateway.MostLength ? null : "out_of_range");
        Note("timeout", gateway.TimeoutSeconds is >= 1 and <= 120 ? null : "out_of_range");
        Note("id_path", gateway.IdPath.Length == 0 || (gateway.IdPath[0] == '/' && gateway.IdPath.Length <= Gateway.LongestPath) ? null : "not_a_pointer");
        return problems;

        void Note(string field, string? code)
        {
            if (code is not null)
            {
                problems.TryAdd(field, code);
            }
        }
    }

    /// <summary>True for this machine by its name or address, which alone may be spoken to without TLS.</summary>
    public static bool IsThisMachine(Uri url) => url.IsLoopback && (url.Host is "localhost" || IPAddress.TryParse(url.Host.Trim('[', ']'), out _));

    private static string? UrlProblem(string text) =>
        text.Length == 0 ? "missing"
        : text.Length > Gateway.LongestUrl ? "too_long"
        : !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 ? "not_an_address"
        : url.UserInfo.Length > 0 ? "holds_password"
        : url.Fragment.Length > 0 ? "not_an_address"
        : url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsThisMachine(url)) ? null
        : "not_https";

    private static string? HeadersProblem(string text)
    {
        if (text.Length > Gateway.LongestHeaders)
        {
            return "too_long";
        }

        try
        {
            var headers = GatewayRequest.HeadersOf(text);
            return headers.Select(header => header.Name).FirstOrDefault(name => Reserved.Contains(name.ToLowerInvariant())) is { } reserved ? $"reserved:{reserved}"
                : GatewayFields.NamedIn(text).FirstOrDefault(field => !GatewayFields.OfHeaders.Contains(field)) is { } unknown ? $"unknown_field:{unknown}"
                : null;
        }
        catch (FormatException error)
        {
            return $"not_a_header:{error.Message}";
        }
    }

    private static string? BodyProblem(Gateway gateway)
    {
        if (string.IsNullOrWhiteSpace(gateway.Body))
        {
            return "missing";
        }

        if (gateway.Body.Length > Gateway.LongestBody)
        {
            return "too_long";
        }

        try
        {
            if (gateway.Format == GatewayFormat.Json)
            {
                using var document = JsonDocument.Parse(gateway.Body);
            }
            else
            {
                GatewayRequest.PairsOf(gateway.Body);
            }
        }
        catch (JsonException error)
        {
            return $"not_json:{error.LineNumber + 1}";
        }
        catch (FormatException error)
        {
            return $"not_a_pair:{error.Message}";
        }

        var named = GatewayFields.NamedIn(gateway.Body).ToList();
        return named.Find(field => !GatewayFields.OfBody.Contains(field)) is { } unknown ? $"unknown_field:{unknown}"
            : !named.Contains(GatewayFields.Text) ? $"lacks_field:{GatewayFields.Text}"
            : named.Exists(field => field is GatewayFields.To or GatewayFields.ToDigits or GatewayFields.ToNational) ? null
            : $"lacks_field:{GatewayFields.To}";
    }
}
