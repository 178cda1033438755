namespace CustomerSuccess.Core.Mail;

/// <summary>How a letter addresses its recipient: 会社名 部署 役職 氏名 様, 会社名 御中 where no person is named, and Dear ... in English.</summary>
public static class AddressLine
{
    private static readonly string[] Honorifics = ["様", "さま", "御中", "殿", "先生", "各位"];

    /// <summary>The line in a language.</summary>
    /// <param name="language"><c>ja</c> or <c>en</c>.</param>
    /// <param name="company">The account's name.</param>
    /// <param name="department">Null where unknown.</param>
    /// <param name="title">Null where unknown.</param>
    /// <param name="person">The person's name; null where nobody in particular is written to.</param>
    public static string Of(string language, string company, string? department, string? title, string? person) =>
        language == "ja" ? Japanese(company, department, title, person) : English(company, person);

    private static string Japanese(string company, string? department, string? title, string? person)
    {
        if (Clean(person) is not { } name)
        {
            return Honoured(Joined(company, department), "御中");
        }

        // a title that stands within the name already is not said twice
        var role = Clean(title) is { } given && !name.Contains(given, StringComparison.Ordinal) ? given : null;
        return Honoured(Joined(company, department, role, name), "様");
    }

    private static string English(string company, string? person) => Clean(person) is { } name ? $"Dear {name}," : $"Dear {company.Trim()} team,";

    private static string Joined(params ReadOnlySpan<string?> parts)
    {
        var filled = new List<string>();
        foreach (var part in parts)
        {
            if (Clean(part) is { } text)
            {
                filled.Add(text);
            }
        }

        return string.Join('　', filled);
    }

    private static string Honoured(string line, string honorific) =>
        Honorifics.Any(known => line.EndsWith(known, StringComparison.Ordinal)) ? line : $"{line}　{honorific}";

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
