namespace CustomerSuccess.Core.Mail;

/// <summary>A request for a message's picture or one of its links.</summary>
/// <param name="At">UTC.</param>
/// <param name="LinkNo">The link; null for the picture.</param>
public readonly record struct MailHit(DateTime At, int? LinkNo);

/// <summary>Tells people from the scanners that follow every link of a message before its recipient sees it.</summary>
public static class MailHits
{
    /// <summary>Nobody reads so soon after a message was handed over.</summary>
    public static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(3);

    /// <summary>Nobody follows <see cref="BurstLinks"/> different links within this time.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromSeconds(3);

    public const int BurstLinks = 3;

    private static readonly string[] Agents =
    [
        "bot", "crawl", "spider", "preview", "scan", "monitor", "curl", "wget", "python", "java/", "go-http-client", "okhttp", "axios", "headless", "phantom",
        "barracuda", "mimecast", "proofpoint", "urldefense", "safelinks", "trendmicro", "fireeye", "forcepoint", "symantec", "sophos", "zscaler", "cloudmark", "cisco-iad", "ironport",
        "slackbot", "facebookexternalhit", "skypeuripreview", "microsoft office protocol discovery", "ms-office; msoffice existence discovery",
    ];

    /// <summary>True for a request that no person made.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="agent">The User-Agent; null or empty where none was given.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="sentAt">When the message was handed over, UTC; null where it was not.</param>
    public static bool IsMachine(string method, string? agent, DateTime at, DateTime? sentAt) =>
        method != "GET" || string.IsNullOrWhiteSpace(agent) || sentAt is not { } sent || at - sent < TooSoon
        || Array.Exists(Agents, known => agent.Contains(known, StringComparison.OrdinalIgnoreCase));

    /// <summary>True where hits, the last one among them, form a burst: everything within <see cref="Burst"/> of it was a machine.</summary>
    public static bool IsBurst(IEnumerable<MailHit> hits, DateTime at) =>
        hits.Where(hit => hit.LinkNo is not null && (hit.At - at).Duration() <= Burst).Select(hit => hit.LinkNo).Distinct().Count() >= BurstLinks;
}
