namespace CustomerSuccess.Core.Inquiries;

/// <summary>Where the work on an inquiry stands.</summary>
public enum InquiryState
{
    /// <summary>Nobody has answered yet.</summary>
    New,

    /// <summary>We are to act.</summary>
    Open,

    /// <summary>The customer is to act.</summary>
    Waiting,

    /// <summary>Somebody else is to act: it waits for a third party, or a release.</summary>
    OnHold,

    /// <summary>Answered for good, as far as we know.</summary>
    Resolved,

    /// <summary>Over.</summary>
    Closed,
}

/// <summary>What states mean, and by which words sources call them.</summary>
public static class InquiryStates
{
    private static readonly Dictionary<string, InquiryState> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["new"] = InquiryState.New,
        ["新規"] = InquiryState.New,
        ["未対応"] = InquiryState.New,
        ["未着手"] = InquiryState.New,
        ["unassigned"] = InquiryState.New,
        ["open"] = InquiryState.Open,
        ["in progress"] = InquiryState.Open,
        ["in_progress"] = InquiryState.Open,
        ["reopened"] = InquiryState.Open,
        ["対応中"] = InquiryState.Open,
        ["再開"] = InquiryState.Open,
        ["オープン"] = InquiryState.Open,
        ["waiting"] = InquiryState.Waiting,
        ["pending"] = InquiryState.Waiting,
        ["waiting for customer"] = InquiryState.Waiting,
        ["awaiting customer"] = InquiryState.Waiting,
        ["返信待ち"] = InquiryState.Waiting,
        ["回答待ち"] = InquiryState.Waiting,
        ["顧客回答待ち"] = InquiryState.Waiting,
        ["お客様回答待ち"] = InquiryState.Waiting,
        ["on_hold"] = InquiryState.OnHold,
        ["on hold"] = InquiryState.OnHold,
        ["on-hold"] = InquiryState.OnHold,
        ["hold"] = InquiryState.OnHold,
        ["保留"] = InquiryState.OnHold,
        ["保留中"] = InquiryState.OnHold,
        ["resolved"] = InquiryState.Resolved,
        ["solved"] = InquiryState.Resolved,
        ["answered"] = InquiryState.Resolved,
        ["解決"] = InquiryState.Resolved,
        ["解決済み"] = InquiryState.Resolved,
        ["解決済"] = InquiryState.Resolved,
        ["対応済み"] = InquiryState.Resolved,
        ["回答済み"] = InquiryState.Resolved,
        ["closed"] = InquiryState.Closed,
        ["done"] = InquiryState.Closed,
        ["完了"] = InquiryState.Closed,
        ["クローズ"] = InquiryState.Closed,
        ["終了"] = InquiryState.Closed,
    };

    /// <summary>True where nothing is to be done any more.</summary>
    public static bool IsSettled(this InquiryState state) => state is InquiryState.Resolved or InquiryState.Closed;

    /// <summary>True where the resolution's clock stands.</summary>
    public static bool IsPaused(this InquiryState state) => state is InquiryState.Waiting or InquiryState.OnHold || state.IsSettled();

    /// <summary>The word by which facts call a state.</summary>
    public static string Word(this InquiryState state) => state switch
    {
        InquiryState.New => "new",
        InquiryState.Open => "open",
        InquiryState.Waiting => "waiting",
        InquiryState.OnHold => "on_hold",
        InquiryState.Resolved => "resolved",
        _ => "closed",
    };

    /// <summary>The state that a source speaks of: a time of closing settles it, a word that is known comes next, then whether somebody answered.</summary>
    public static InquiryState Of(string? word, DateTime? closedAt, DateTime? firstResponseAt)
    {
        var known = word is not null && Words.TryGetValue(word.Trim(), out var state) ? state : (InquiryState?)null;
        return closedAt is not null ? (known == InquiryState.Resolved ? InquiryState.Resolved : InquiryState.Closed)
            : known == InquiryState.New && firstResponseAt is not null ? InquiryState.Open
            : known ?? (firstResponseAt is null ? InquiryState.New : InquiryState.Open);
    }
}

/// <summary>How urgent an inquiry is, in four steps.</summary>
public enum InquiryPriority
{
    Low,
    Normal,
    High,
    Urgent,
}

/// <summary>By which words sources call priorities.</summary>
public static class InquiryPriorities
{
    private static readonly Dictionary<string, InquiryPriority> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["urgent"] = InquiryPriority.Urgent,
        ["critical"] = InquiryPriority.Urgent,
        ["highest"] = InquiryPriority.Urgent,
        ["emergency"] = InquiryPriority.Urgent,
        ["blocker"] = InquiryPriority.Urgent,
        ["p0"] = InquiryPriority.Urgent,
        ["p1"] = InquiryPriority.Urgent,
        ["sev0"] = InquiryPriority.Urgent,
        ["sev1"] = InquiryPriority.Urgent,
        ["s1"] = InquiryPriority.Urgent,
        ["緊急"] = InquiryPriority.Urgent,
        ["至急"] = InquiryPriority.Urgent,
        ["大至急"] = InquiryPriority.Urgent,
        ["最優先"] = InquiryPriority.Urgent,
        ["最高"] = InquiryPriority.Urgent,
        ["重大"] = InquiryPriority.Urgent,
        ["high"] = InquiryPriority.High,
        ["高"] = InquiryPriority.High,
        ["p2"] = InquiryPriority.High,
        ["sev2"] = InquiryPriority.High,
        ["s2"] = InquiryPriority.High,
        ["major"] = InquiryPriority.High,
        ["low"] = InquiryPriority.Low,
        ["lowest"] = InquiryPriority.Low,
        ["低"] = InquiryPriority.Low,
        ["p4"] = InquiryPriority.Low,
        ["p5"] = InquiryPriority.Low,
        ["minor"] = InquiryPriority.Low,
        ["trivial"] = InquiryPriority.Low,
    };

    /// <summary>The step of a source's word; normal for an unknown one.</summary>
    public static InquiryPriority Of(string? word) => word is not null && Words.TryGetValue(word.Trim(), out var priority) ? priority : InquiryPriority.Normal;

    /// <summary>The word by which facts call a step.</summary>
    public static string Word(this InquiryPriority priority) => priority switch
    {
        InquiryPriority.Low => "low",
        InquiryPriority.Normal => "normal",
        InquiryPriority.High => "high",
        _ => "urgent",
    };
}
