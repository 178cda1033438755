using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Campaigns;

/// <summary>Which people of an account a campaign goes to.</summary>
public enum CampaignRecipients
{
    /// <summary>One person: the champion, else who decides, else the sponsor, else whoever has been known longest; people with an address first.</summary>
    MainContact,

    Everybody,

    Champions,

    DecisionMakers,

    ExecutiveSponsors,

    /// <summary>Everybody who has consented to promotional messages.</summary>
    Consented,
}

/// <summary>In whose time zone a campaign's hour is meant.</summary>
public enum CampaignZone
{
    Company,

    /// <summary>Each person's own: the same hour on every clock.</summary>
    Recipient,
}

/// <summary>What a campaign is to bring about: by it the held-out accounts are compared.</summary>
public enum CampaignGoal
{
    /// <summary>Fewer leave.</summary>
    Keep,

    /// <summary>More expand.</summary>
    Sell,

    /// <summary>More use the product, or one metric of it, in the weeks afterwards.</summary>
    Use,

    /// <summary>More get in touch: an inquiry, a survey answer or a mail in the weeks afterwards.</summary>
    Answer,
}

/// <summary>By what subjects are compared.</summary>
public enum SubjectMeasure
{
    Opens,

    Clicks,

    Replies,
}

/// <summary>A subject in the languages of the campaign.</summary>
public sealed record CampaignSubject(string? En, string? Ja)
{
    public string? In(string language) => language == "ja" ? Ja : En;
}

/// <summary>A campaign as somebody wrote it: to whom, what, when, and what is tried.</summary>
public sealed record CampaignPlan
{
    public const int LongestName = 80, LongestSubject = 200, LongestBody = 20_000, MostSubjects = 5, MostSegments = 10, MostPerHour = 100_000, MostTestHours = 168, MostDays = 60;

    /// <summary>By which colleagues know it.</summary>
    public string Name { get; init; } = "";

    public Purpose Purpose { get; init; } = Purpose.Promotional;

    /// <summary>The list that its recipients can leave; null for the usual one.</summary>
    public string? List { get; init; }

    /// <summary>Whose accounts: the members of any of these segments; none for all that pay.</summary>
    public IReadOnlyList<string> SegmentIds { get; init; } = [];

    /// <summary>Members of these get nothing.</summary>
    public IReadOnlyList<string> ExcludedSegmentIds { get; init; } = [];

    public CampaignRecipients Recipients { get; init; }

    /// <summary>What the message's head says: one, or several that are compared.</summary>
    public IReadOnlyList<CampaignSubject> Subjects { get; init; } = [new(null, null)];

    /// <summary>A template with fields; null where the campaign has not the language.</summary>
    public string? BodyEn { get; init; }

    public string? BodyJa { get; init; }

    /// <summary>The day on which it goes out; null for whenever somebody starts it.</summary>
    public DateOnly? SendOn { get; init; }

    /// <summary>The hour on that day.</summary>
    public TimeOnly SendAt { get; init; } = new(9, 0);

    public CampaignZone Zone { get; init; }

    /// <summary>Messages an hour; null for as fast as the mail server allows.</summary>
    public int? PerHour { get; init; }

    /// <summary>Days after which whoever limits and quiet hours still hold back gets nothing any more.</summary>
    public int WithinDays { get; init; } = 7;

    /// <summary>Share of the recipients among whom several subjects are tried first, 0–1; the rest gets the one that is ahead.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Hours after the last message of the test until subjects are compared.</summary>
    public int TestHours { get; init; } = 24;

    public SubjectMeasure Measure { get; init; }

    /// <summary>Share of the accounts that gets nothing, so that the effect can be told, 0–0.5.</summary>
    public double HoldoutShare { get; init; }

    public CampaignGoal Goal { get; init; }

    /// <summary>The metric whose use counts for <see cref="CampaignGoal.Use"/>; null for any.</summary>
    public string? Metric { get; init; }

    /// <summary>True where several subjects are compared.</summary>
    public bool TestsSubjects => Subjects.Count > 1;

    /// <summary>The languages it can be read in.</summary>
    public bool Has(string language) => language == "ja" ? BodyJa is not null : BodyEn is not null;

    /// <summary>The wanted language where the campaign has it, else the one it has.</summary>
    public string LanguageFor(string wanted) => Has(wanted) ? wanted : Has("en") ? "en" : "ja";

    public string? BodyIn(string language) => language == "ja" ? BodyJa : BodyEn;

    /// <summary>A subject by its number, from 0; the first where there is none of that number.</summary>
    public string SubjectIn(string language, int no) => Subjects[no < Subjects.Count ? no : 0].In(language) ?? "";

    public bool Equals(CampaignPlan? other) => other is not null && CampaignText.Write(this) == CampaignText.Write(other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
