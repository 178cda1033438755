using System.Text;
using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Mail;

/// <summary>
/// A template as a text file that people write and share: lines of <c>key: value</c> (<c>name</c>, <c>purpose</c>, <c>list</c>), then for each language
/// a line <c>--- en</c> or <c>--- ja</c>, a line <c>subject: ...</c>, an empty line and the text.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="Purpose">Why it is sent; proactive where the file says nothing.</param>
/// <param name="List">The list; null for none.</param>
public sealed record TemplateFile(string Name, Purpose Purpose, string? List, string? SubjectEn, string? BodyEn, string? SubjectJa, string? BodyJa)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line breaks the form; the message names it.</exception>
    public static TemplateFile Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n');
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        var texts = new Dictionary<string, (string Subject, string Body)>(StringComparer.Ordinal);
        var i = 0;
        for (; i < lines.Length && !lines[i].StartsWith("---", StringComparison.Ordinal); i++)
        {
            if (lines[i].Trim().Length > 0)
            {
                var (key, value) = Pair(lines[i], i, "name", "purpose", "list");
                head[key] = value;
            }
        }

        while (i < lines.Length)
        {
            var language = lines[i][3..].Trim();
            if (language is not ("en" or "ja") || texts.ContainsKey(language))
            {
                throw new FormatException($"Line {i + 1}: '{lines[i].Trim()}' should be '--- en' or '--- ja', each once.");
            }

            var subject = i + 1 < lines.Length ? Pair(lines[i + 1], i + 1, "subject").Value : throw new FormatException($"Line {i + 1}: the text ends here; 'subject: ...' should follow.");
            var body = new StringBuilder();
            for (i += 2; i < lines.Length && !(lines[i].StartsWith("--- ", StringComparison.Ordinal) && lines[i][4..].Trim() is "en" or "ja"); i++)
            {
                body.Append(lines[i]).Append('\n');
            }

            texts[language] = (subject, body.ToString().Trim('\n'));
        }

        var purpose = Purpose.Proactive;
        if (head.TryGetValue("purpose", out var written) && !(Enum.TryParse(written, true, out purpose) && Enum.IsDefined(purpose) && written.All(char.IsAsciiLetter)))
        {
            throw new FormatException($"purpose: '{written}' should be transactional, proactive or promotional.");
        }

        return new(
            head.GetValueOrDefault("name", ""), purpose, head.GetValueOrDefault("list") is { Length: > 0 } list ? list : null,
            texts.TryGetValue("en", out var english) ? english.Subject : null, texts.ContainsKey("en") ? english.Body : null,
            texts.TryGetValue("ja", out var japanese) ? japanese.Subject : null, texts.ContainsKey("ja") ? japanese.Body : null);
    }

    /// <summary>The file of a template.</summary>
    public static string Write(MailTemplate template)
    {
        var text = new StringBuilder().Append("name: ").Append(template.Name).Append("\npurpose: ").Append(template.Purpose.ToString().ToLowerInvariant()).Append('\n');
        if (template.List is { } list)
        {
            text.Append("list: ").Append(list).Append('\n');
        }

        foreach (var language in new[] { "en", "ja" })
        {
            if (template.In(language) is var (subject, body))
            {
                text.Append("--- ").Append(language).Append("\nsubject: ").Append(subject).Append("\n\n").Append(body).Append('\n');
            }
        }

        return text.ToString();
    }

    private static (string Key, string Value) Pair(string line, int at, params ReadOnlySpan<string> keys)
    {
        if (line.Split(':', 2) is [var key, var value])
        {
            foreach (var known in keys)
            {
                if (known == key.Trim().ToLowerInvariant())
                {
                    return (known, value.Trim());
                }
            }
        }

        throw new FormatException($"Line {at + 1}: '{line.Trim()}' should be one of {string.Join(", ", keys.ToArray().Select(known => $"'{known}: ...'"))}.");
    }
}
