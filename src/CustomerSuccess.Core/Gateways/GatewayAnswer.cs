using System.Text.Json;

namespace CustomerSuccess.Core.Gateways;

/// <summary>What an answer says of the message.</summary>
public enum GatewayVerdict
{
    /// <summary>The gateway has it.</summary>
    Taken,

    /// <summary>Not now: it is tried again.</summary>
    Later,

    /// <summary>Never.</summary>
    Refused,
}

/// <summary>How answers of gateways are read.</summary>
public static class GatewayAnswer
{
    /// <summary>Longer waits that a gateway asks for are cut to this.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>
    /// 2xx has taken it. 408, 425, 429 and every 5xx ask to come again; so do redirects, which are not followed, and 401, 403 and 407: who lets nobody send says nothing about this message,
    /// and what is wrong can be mended. A 409 says that the same id was taken before, or is being worked on. Every other 4xx has refused the message.
    /// </summary>
    /// <param name="status">The status of the answer.</param>
    /// <param name="conflictMeansTaken">See <see cref="Gateway.ConflictMeansTaken"/>.</param>
    public static GatewayVerdict Of(int status, bool conflictMeansTaken) => status switch
    {
        >= 200 and < 300 => GatewayVerdict.Taken,
        409 => conflictMeansTaken ? GatewayVerdict.Taken : GatewayVerdict.Later,
        401 or 403 or 407 or 408 or 425 or 429 => GatewayVerdict.Later,
        >= 400 and < 500 => GatewayVerdict.Refused,
        _ => GatewayVerdict.Later,
    };

    /// <summary>The message's id in an answer; null where there is none at the place.</summary>
    /// <param name="body">The answer's body, as far as it was read.</param>
    /// <param name="path">A JSON pointer; empty for none.</param>
    public static string? IdIn(string body, string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            JsonElement? at = document.RootElement;
            foreach (var part in path.TrimStart('/').Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
            {
                at = at switch
                {
                    { ValueKind: JsonValueKind.Object } node when node.TryGetProperty(part, out var child) => child,
                    { ValueKind: JsonValueKind.Array } list when int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var i) && i < list.GetArrayLength() => list[i],
                    _ => null,
                };
            }

            return at switch
            {
                { ValueKind: JsonValueKind.String } text => Cut(text.GetString()!),
                { ValueKind: JsonValueKind.Number } number => Cut(number.GetRawText()),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Cut(string id) => id.Length == 0 ? null : id.Length <= 200 ? id : id[..200];
}
