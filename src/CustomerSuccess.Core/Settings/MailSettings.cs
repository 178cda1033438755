using CustomerSuccess.Core.Mail;

namespace CustomerSuccess.Core.Settings;

/// <summary>How messages leave the house.</summary>
public enum MailTransportKind
{
    /// <summary>Written as files that any mail program opens; nothing leaves the machine.</summary>
    Folder,

    /// <summary>Handed to a mail server.</summary>
    Smtp,
}

/// <summary>How the connection to the mail server is secured.</summary>
public enum SmtpSecurity
{
    /// <summary>TLS from the start on port 465, else STARTTLS where the server offers it.</summary>
    Auto,

    /// <summary>No encryption; for a server on the same machine.</summary>
    None,

    /// <summary>STARTTLS, or no message is sent.</summary>
    Starttls,

    /// <summary>TLS from the start.</summary>
    Tls,
}

public sealed partial record CompanySettings
{
    /// <summary>The key of the mail server's password.</summary>
    public const string SmtpPasswordKey = "mail.smtp_password";

    /// <summary>What a secret value begins with where a file has it: the file's first line is read whenever it is needed.</summary>
    public const string FileReference = "file:";

    /// <summary>What a secret value begins with where it is encrypted.</summary>
    public const string SealedValue = "sealed:";

    public MailTransportKind MailTransport { get; init; }

    /// <summary>Folder that receives messages as files, relative to the working folder.</summary>
    public string MailFolder { get; init; } = "outbox";

    /// <summary>The address that messages come from; nothing can be queued without.</summary>
    public string MailFrom { get; init; } = "";

    /// <summary>The name beside it; empty for the sender's name.</summary>
    public string MailFromName { get; init; } = "";

    /// <summary>Where answers go; empty for the address that messages come from.</summary>
    public string MailReplyTo { get; init; } = "";

    /// <summary>True where the address for answers takes a <c>+tag</c>: answers and bounces are then matched without fail.</summary>
    public bool MailPlusAddressing { get; init; }

    public string SmtpHost { get; init; } = "";

    /// <summary>1–65535.</summary>
    public int SmtpPort { get; init; } = 587;

    public SmtpSecurity SmtpSecurity { get; init; }

    /// <summary>Empty where the server asks for none.</summary>
    public string SmtpUser { get; init; } = "";

    /// <summary>As stored: sealed, or a file's name.</summary>
    public string SmtpPassword { get; init; } = "";

    /// <summary>Seconds to wait for an answer, 1–600.</summary>
    public int SmtpTimeoutSeconds { get; init; } = 60;

    /// <summary>Connections of one process to the server, 1–32.</summary>
    public int SmtpConnections { get; init; } = 4;

    /// <summary>Most messages a minute over all processes, 0–1,000,000; 0 for no limit.</summary>
    public int MailPerMinute { get; init; }

    /// <summary>Most messages a minute to addresses of one domain over all processes, 0–1,000,000; 0 for no limit.</summary>
    public int MailDomainPerMinute { get; init; }

    /// <summary>Hours after which a message that the server keeps putting off is given up, 1–240.</summary>
    public int MailGiveUpHours { get; init; } = 72;

    /// <summary>The domain that signs; empty for the sending address's.</summary>
    public string DkimDomain { get; init; } = "";

    /// <summary>The selector under which the public key stands in DNS; empty for no signing.</summary>
    public string DkimSelector { get; init; } = "";

    /// <summary>File with the private key (PEM; RSA or Ed25519); empty for no signing.</summary>
    public string DkimKeyFile { get; init; } = "";

    public bool TrackOpens { get; init; }

    public bool TrackClicks { get; init; }

    /// <summary>The language for recipients of whom neither a language nor a country is known: <c>en</c> or <c>ja</c>.</summary>
    public string MailLanguage { get; init; } = "en";

    /// <summary>Who sends, as recipients are told: the company's name.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>The same in Japanese; empty for the same.</summary>
    public string SenderNameJa { get; init; } = "";

    /// <summary>The company's postal address in one line.</summary>
    public string SenderAddress { get; init; } = "";

    /// <summary>The same in Japanese; empty for the same.</summary>
    public string SenderAddressJa { get; init; } = "";

    /// <summary>Where complaints and questions go: a telephone number, an address or a page.</summary>
    public string SenderContact { get; init; } = "";

    /// <summary>Where recipients reach this server, such as <c>https://cs.example.com</c>; empty where they cannot. Without encryption on the loopback only.</summary>
    public string WebAddress { get; init; } = "";

    /// <summary>True where gateways may stand in private networks (10/8, 172.16/12, 192.168/16, 100.64/10, 198.18/15, fc00::/7).</summary>
    public bool GatewayPrivateNetworks { get; init; }

    /// <summary>The sender's name in a language.</summary>
    public string SenderNameIn(string language) => language == "ja" && SenderNameJa.Length > 0 ? SenderNameJa : SenderName;

    /// <summary>The sender's postal address in a language.</summary>
    public string SenderAddressIn(string language) => language == "ja" && SenderAddressJa.Length > 0 ? SenderAddressJa : SenderAddress;

    /// <summary>Settings that 特定電子メール法 and CAN-SPAM ask of promotional messages and that are missing.</summary>
    public IReadOnlyList<string> MissingIdentity() =>
    [
        .. new[] { ("sender.name", SenderName), ("sender.address", SenderAddress), ("sender.contact", SenderContact), ("web.address", WebAddress) }
            .Where(setting => setting.Item2.Length == 0)
            .Select(setting => setting.Item1),
    ];

    private static Entry[] MailEntries() =>
    [
        Choice("mail.transport", s => s.MailTransport, (s, v) => s with { MailTransport = v }),
        Line("mail.folder", s => s.MailFolder, (s, v) => v.Length > 0 ? s with { MailFolder = v } : null),
        Line("mail.from_address", s => s.MailFrom, (s, v) => v.Length == 0 ? s with { MailFrom = "" } : EmailAddress.Written(v) is { } address ? s with { MailFrom = address } : null),
        Line("mail.from_name", s => s.MailFromName, (s, v) => s with { MailFromName = v }),
        Line("mail.reply_to", s => s.MailReplyTo, (s, v) => v.Length == 0 ? s with { MailReplyTo = "" } : EmailAddress.Written(v) is { } address ? s with { MailReplyTo = address } : null),
        Flag("mail.plus_addressing", s => s.MailPlusAddressing, (s, v) => s with { MailPlusAddressing = v }),
        Line("mail.smtp_host", s => s.SmtpHost, (s, v) => v.Length == 0 || Uri.CheckHostName(v) != UriHostNameType.Unknown ? s with { SmtpHost = v } : null),
        Whole("mail.smtp_port", 1, 65535, s => s.SmtpPort, (s, v) => s with { SmtpPort = v }),
        Choice("mail.smtp_security", s => s.SmtpSecurity, (s, v) => s with { SmtpSecurity = v }),
        Line("mail.smtp_user", s => s.SmtpUser, (s, v) => s with { SmtpUser = v }),
        Secret(SmtpPasswordKey, s => s.SmtpPassword, (s, v) => s with { SmtpPassword = v }),
        Whole("mail.smtp_timeout_seconds", 1, 600, s => s.SmtpTimeoutSeconds, (s, v) => s with { SmtpTimeoutSeconds = v }),
        Whole("mail.connections", 1, 32, s => s.SmtpConnections, (s, v) => s with { SmtpConnections = v }),
        Whole("mail.per_minute", 0, 1_000_000, s => s.MailPerMinute, (s, v) => s with { MailPerMinute = v }),
        Whole("mail.domain_per_minute", 0, 1_000_000, s => s.MailDomainPerMinute, (s, v) => s with { MailDomainPerMinute = v }),
        Whole("mail.give_up_hours", 1, 240, s => s.MailGiveUpHours, (s, v) => s with { MailGiveUpHours = v }),
        Line("mail.dkim_domain", s => s.DkimDomain, (s, v) => v.Length == 0 || Uri.CheckHostName(v) == UriHostNameType.Dns ? s with { DkimDomain = v } : null),
        Line("mail.dkim_selector", s => s.DkimSelector, (s, v) => v.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? s with { DkimSelector = v } : null),
        Line("mail.dkim_key_file", s => s.DkimKeyFile, (s, v) => s with { DkimKeyFile = v }),
        Flag("mail.track_opens", s => s.TrackOpens, (s, v) => s with { TrackOpens = v }),
        Flag("mail.track_clicks", s => s.TrackClicks, (s, v) => s with { TrackClicks = v }),
        Line("mail.language", s => s.MailLanguage, (s, v) => v is "en" or "ja" ? s with { MailLanguage = v } : null),
        Line("sender.name", s => s.SenderName, (s, v) => s with { SenderName = v }),
        Line("sender.name_ja", s => s.SenderNameJa, (s, v) => s with { SenderNameJa = v }),
        Line("sender.address", s => s.SenderAddress, (s, v) => s with { SenderAddress = v }),
        Line("sender.address_ja", s => s.SenderAddressJa, (s, v) => s with { SenderAddressJa = v }),
        Line("sender.contact", s => s.SenderContact, (s, v) => s with { SenderContact = v }),
        Flag("gateway.private_networks", s => s.GatewayPrivateNetworks, (s, v) => s with { GatewayPrivateNetworks = v }),
        Line("web.address", s => s.WebAddress, (s, v) => v.Length == 0 ? s with { WebAddress = "" } : Reachable(v) is { } address ? s with { WebAddress = address } : null),
    ];

    private static string? Reachable(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? uri.ToString().TrimEnd('/')
            : null;

    /// <summary>One line: a line break in it could end a mail header.</summary>
    private static Entry Line(string key, Func<CompanySettings, string> read, Func<CompanySettings, string, CompanySettings?> write) =>
        Text(key, read, (s, v) => v.Any(char.IsControl) ? null : write(s, v));

    private static Entry Choice<T>(string key, Func<CompanySettings, T> read, Func<CompanySettings, T, CompanySettings> write)
        where T : struct, Enum =>
        Text(key, s => read(s).ToString().ToLowerInvariant(), (s, v) => Enum.TryParse<T>(v, true, out var choice) && Enum.IsDefined(choice) && v.All(char.IsAsciiLetter) ? write(s, choice) : null);

    /// <summary>Takes what is sealed or stands in a file; whoever stores a setting seals it first.</summary>
    private static Entry Secret(string key, Func<CompanySettings, string> read, Func<CompanySettings, string, CompanySettings> write) => new(
        key,
        s => read(s) is { Length: > 0 } stored ? stored.StartsWith(FileReference, StringComparison.Ordinal) ? stored : "(set)" : "",
        (s, v) => v.Length == 0 || v.StartsWith(FileReference, StringComparison.Ordinal) || v.StartsWith(SealedValue, StringComparison.Ordinal) ? write(s, v) : null,
        IsSecret: true);
}
