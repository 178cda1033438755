using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Web.Pages.Settings;

/// <summary>Settings that stand together.</summary>
/// <param name="Name">By which its words are found.</param>
/// <param name="Keys">The settings, in their order.</param>
public sealed record SettingsSection(string Name, IReadOnlyList<string> Keys);

/// <summary>Every setting that has no page of its own, whichever there are, by what it is about.</summary>
public static class SettingsSections
{
    private static readonly (string Name, string[] Prefixes)[] Known =
    [
        ("company", ["company", "map", "files", "import"]),
        ("work", ["csm", "plays", "value"]),
        ("contact", ["contact"]),
        ("mail", ["mail", "gateway", "sender", "web", "notices"]),
        ("models", ["prediction", "models"]),
        ("figures", ["retention", "lifecycle"]),
    ];

    /// <summary>The health page and the desk's own settings have these.</summary>
    private static readonly string[] Elsewhere = ["health", "inquiries"];

    private static readonly Dictionary<string, IReadOnlyList<string>> Choices = new()
    {
        ["csm.holidays"] = ["japan", "none"],
        ["models.budget"] = Words<Budget>(),
        ["mail.transport"] = Words<MailTransportKind>(),
        ["mail.smtp_security"] = Words<SmtpSecurity>(),
        ["mail.language"] = ["en", "ja"],
    };

    public static IReadOnlyList<SettingsSection> All { get; } =
    [
        .. Known.Select(section => new SettingsSection(section.Name, [.. CompanySettings.Keys.Where(key => section.Prefixes.Contains(Prefix(key)))])),
        .. CompanySettings.Keys.Where(key => !Elsewhere.Contains(Prefix(key)) && !Known.Any(section => section.Prefixes.Contains(Prefix(key)))).ToList() is { Count: > 0 } others ? [new SettingsSection("other", others)] : (SettingsSection[])[],
    ];

    /// <summary>The values of a setting that has few; null for any other.</summary>
    public static IReadOnlyList<string>? ChoicesOf(string key) => Choices.GetValueOrDefault(key);

    private static string Prefix(string key) => key[..key.IndexOf('.', StringComparison.Ordinal)];

    private static IReadOnlyList<string> Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
}
