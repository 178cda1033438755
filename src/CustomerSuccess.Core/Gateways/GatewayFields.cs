using System.Text.RegularExpressions;

namespace CustomerSuccess.Core.Gateways;

/// <summary>The fields of requests, written as <c>{name}</c>. Braces around anything else are themselves.</summary>
public static partial class GatewayFields
{
    /// <summary>Whom it goes to, as the address is kept (numbers as E.164, such as +819012345678); a number without its plus; a number as its own country writes it, in digits alone.</summary>
    public const string To = "to", ToDigits = "to_digits", ToNational = "to_national";

    /// <summary>What it says, in which language, and its fixed id.</summary>
    public const string Text = "text", Language = "language", MessageId = "message_id";

    public const string ContactName = "contact_name", AccountName = "account_name", AccountId = "account_id";

    /// <summary>The secret, and the secret in Base64, as basic authentication wants <c>user:password</c>.</summary>
    public const string Secret = "secret", SecretBase64 = "secret_base64";

    /// <summary>Fields of a body.</summary>
    public static IReadOnlyList<string> OfBody { get; } = [To, ToDigits, ToNational, Text, Language, MessageId, ContactName, AccountName, AccountId, Secret, SecretBase64];

    /// <summary>Fields of headers: nothing that a customer's record says.</summary>
    public static IReadOnlyList<string> OfHeaders { get; } = [MessageId, Secret, SecretBase64];

    /// <summary>Every name that stands between braces and looks like a field's.</summary>
    public static IEnumerable<string> NamedIn(string template) => Field().Matches(template).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal);

    /// <summary>Puts values in, in one pass: what a value says is never read as a field.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        Field().Replace(template, match => values.GetValueOrDefault(match.Groups[1].Value, match.Value));

    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\}")]
    private static partial Regex Field();
}
