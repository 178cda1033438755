using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerSuccess.Core.Gateways;

/// <summary>A request as it goes over the wire. Values come into it by serialisation alone, so that no sign of theirs can end a string, a header or a pair.</summary>
/// <param name="Headers">In their order, without those of the content.</param>
/// <param name="Body">UTF-8.</param>
/// <param name="MediaType">Of the body.</param>
public sealed record GatewayRequest(IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, string MediaType)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>The request for one message.</summary>
    /// <exception cref="FormatException">The gateway's template cannot be read, or a header's value holds what no header may.</exception>
    public static GatewayRequest Of(Gateway gateway, IReadOnlyDictionary<string, string> values)
    {
        var headers = new List<(string, string)>();
        foreach (var (name, template) in HeadersOf(gateway.Headers))
        {
            var value = GatewayFields.Fill(template, Only(values, GatewayFields.OfHeaders));
            headers.Add(IsValue(value) ? (name, value) : throw new FormatException($"The value of the header {name} holds signs that no header may"));
        }

        return gateway.Format == GatewayFormat.Json
            ? new(headers, JsonOf(gateway.Body, values), "application/json")
            : new(headers, FormOf(gateway.Body, values), "application/x-www-form-urlencoded");
    }

    /// <summary>Headers as they are written, a line each.</summary>
    /// <exception cref="FormatException">A line is no header; the message is the line.</exception>
    public static IReadOnlyList<(string Name, string Value)> HeadersOf(string lines) =>
    [
        .. Lines(lines).Select(line => line.IndexOf(':', StringComparison.Ordinal) is > 0 and var at && line[..at].All(IsToken) && IsValue(line[(at + 1)..].Trim())
            ? (line[..at], line[(at + 1)..].Trim())
            : throw new FormatException(line)),
    ];

    /// <summary>Pairs of a form as they are written, a line each.</summary>
    /// <exception cref="FormatException">A line is no pair; the message is the line.</exception>
    public static IReadOnlyList<(string Name, string Value)> PairsOf(string lines) =>
    [
        .. Lines(lines).Select(line => line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (line[..at].Trim(), line[(at + 1)..].Trim()) : throw new FormatException(line)),
    ];

    private static byte[] JsonOf(string template, IReadOnlyDictionary<string, string> values)
    {
        try
        {
            var node = Filled(JsonNode.Parse(template), values);
            using var bytes = new MemoryStream();
            using (var writer = new Utf8JsonWriter(bytes, Json))
            {
                (node ?? throw new FormatException("The body is empty")).WriteTo(writer);
            }

            return bytes.ToArray();
        }
        catch (JsonException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    private static JsonNode? Filled(JsonNode? node, IReadOnlyDictionary<string, string> values) => node switch
    {
        JsonObject pairs => new JsonObject(pairs.Select(pair => KeyValuePair.Create(pair.Key, Filled(pair.Value, values)))),
        JsonArray items => new JsonArray([.. items.Select(item => Filled(item, values))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(GatewayFields.Fill(text, values)),
        _ => node?.DeepClone(),
    };

    private static byte[] FormOf(string template, IReadOnlyDictionary<string, string> values) =>
        System.Text.Encoding.ASCII.GetBytes(string.Join('&', PairsOf(template).Select(pair => $"{Encoded(pair.Name)}={Encoded(GatewayFields.Fill(pair.Value, values))}")));

    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static Dictionary<string, string> Only(IReadOnlyDictionary<string, string> values, IReadOnlyList<string> names) =>
        names.Where(values.ContainsKey).ToDictionary(name => name, name => values[name], StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    /// <summary>RFC 9110, 5.6.2.</summary>
    private static bool IsToken(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);

    /// <summary>Visible ASCII and blanks.</summary>
    private static bool IsValue(string value) => value.All(c => c is >= ' ' and <= '~');
}
