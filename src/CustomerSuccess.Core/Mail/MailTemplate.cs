using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Mail;

/// <summary>One version of a template. Versions are appended; the last one is in force.</summary>
public sealed class MailTemplate
{
    /// <summary>Stable name in snake_case.</summary>
    public required string TemplateId { get; set; }

    /// <summary>Counts from 1.</summary>
    public int Version { get; set; }

    public required string Name { get; set; }

    public Purpose Purpose { get; set; }

    /// <summary>The list its messages go by; null for none.</summary>
    public string? List { get; set; }

    /// <summary>Subject and text in English, with fields; both null where there is none.</summary>
    public string? SubjectEn { get; set; }

    public string? BodyEn { get; set; }

    /// <summary>Subject and text in Japanese, with fields; both null where there is none.</summary>
    public string? SubjectJa { get; set; }

    public string? BodyJa { get; set; }

    /// <summary>True where it is no longer offered.</summary>
    public bool Retired { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; set; }

    public required string ChangedBy { get; set; }

    /// <summary>The text in a language; null where there is none.</summary>
    public (string Subject, string Body)? In(string language) => language == "ja"
        ? SubjectJa is { } subject && BodyJa is { } body ? (subject, body) : null
        : SubjectEn is { } english && BodyEn is { } text ? (english, text) : null;

    /// <summary>The recipient's language where the template has it, else the one it has.</summary>
    public string LanguageFor(string wanted) => In(wanted) is not null ? wanted : In("en") is not null ? "en" : "ja";
}

/// <summary>A list of messages that people can leave one by one.</summary>
public sealed class MailList
{
    /// <summary>Stable name in snake_case.</summary>
    public required string ListId { get; set; }

    public required string NameEn { get; set; }

    public required string NameJa { get; set; }

    public int Version { get; set; }
}

/// <summary>Lists that are there from the start.</summary>
public static class MailLists
{
    /// <summary>Help and hints from the customer-success team.</summary>
    public const string Success = "success";

    /// <summary>News of products and events.</summary>
    public const string News = "news";

    /// <summary>Invitations to surveys.</summary>
    public const string Surveys = "surveys";

    public static IReadOnlyList<MailList> BuiltIn { get; } =
    [
        new() { ListId = Success, NameEn = "Help and hints from your customer success team", NameJa = "カスタマーサクセス担当からのご案内" },
        new() { ListId = News, NameEn = "Product news and events", NameJa = "製品・イベントのお知らせ" },
        new() { ListId = Surveys, NameEn = "Surveys", NameJa = "アンケート" },
    ];
}
