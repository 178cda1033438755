using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CustomerSuccess.Core.Goals;

/// <summary>What a review points to.</summary>
public enum GoalLinkKind
{
    Play,
    Mark,
    Segment,
}

/// <summary>Something that was tried.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its key or number.</param>
/// <param name="Title">As it was called when the review was written.</param>
public sealed record GoalLink(GoalLinkKind Kind, string Id, string Title);

/// <summary>What was made of a goal in a month, and what came of it: plan, do, check, act. The figures are those that stood when it was first written.</summary>
public sealed class GoalReview
{
    /// <summary>Characters of each of the four texts, and links of one review.</summary>
    public const int LongestText = 2000, MostLinks = 20;

    public required string GoalId { get; set; }

    /// <summary>The month's last day.</summary>
    public DateOnly Month { get; set; }

    /// <summary>What was meant to be done.</summary>
    public string? Plan { get; set; }

    /// <summary>What was done.</summary>
    public string? Do { get; set; }

    /// <summary>What came of it.</summary>
    public string? Check { get; set; }

    /// <summary>What follows from that.</summary>
    public string? Act { get; set; }

    /// <summary>What was tried, as <see cref="WriteLinks"/> writes it; null for nothing.</summary>
    public string? LinksJson { get; set; }

    /// <summary>How the goal stood.</summary>
    public GoalStatus Status { get; set; }

    /// <summary>The month end of the figure; null where there was none.</summary>
    public DateOnly? FigureMonth { get; set; }

    /// <summary>The figure, in the measure's unit.</summary>
    public double? Value { get; set; }

    public double? Lower { get; set; }

    public double? Upper { get; set; }

    public int? N { get; set; }

    /// <summary>What the path asked for.</summary>
    public double? Expected { get; set; }

    /// <summary>The target that stood then.</summary>
    public decimal TargetValue { get; set; }

    /// <summary>When the figures were taken, UTC.</summary>
    public DateTime FrozenAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    public int Version { get; set; }

    /// <summary>The figure; null where there was none.</summary>
    public MeasurePoint? Point => Value is { } value && FigureMonth is { } month ? new(month, value, Lower, Upper, N ?? 0) : null;

    public IReadOnlyList<GoalLink> Links => LinksJson is null ? [] : JsonSerializer.Deserialize<List<GoalLink>>(LinksJson, GoalLinks.Json) ?? [];

    public static string? WriteLinks(IReadOnlyList<GoalLink> links) => links.Count == 0 ? null : JsonSerializer.Serialize(links, GoalLinks.Json);
}

/// <summary>How links are written.</summary>
internal static class GoalLinks
{
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };
}
