namespace CustomerSuccess.Web.Shared.Values;

/// <summary>What a mark says beside its words. Colour never says it alone.</summary>
public enum Tone
{
    Neutral,
    Info,
    Good,
    Watch,
    Danger,
    Accent,
}

/// <summary>How soon something wants doing.</summary>
public enum Urgency
{
    Low,
    Normal,
    High,
    Urgent,
}
