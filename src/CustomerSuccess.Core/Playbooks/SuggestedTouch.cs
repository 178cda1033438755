namespace CustomerSuccess.Core.Playbooks;

/// <summary>Where a suggestion stands.</summary>
public enum SuggestionState
{
    Open,
    Done,

    /// <summary>Put off until a day.</summary>
    Snoozed,
    Dismissed,
}

/// <summary>A suggestion as users see it, with what was made of it.</summary>
/// <param name="Rank">1 is the first to do.</param>
/// <param name="Play">The play's key in the catalogue.</param>
/// <param name="IsUpsell">True for a touch that sells rather than saves.</param>
/// <param name="Channel">The channel that no opt-out forbids: one of <see cref="Channels"/>.</param>
/// <param name="ReasonCode">Code of the trigger that fired.</param>
/// <param name="ReasonArgs">Numbers of the trigger's sentence by name.</param>
/// <param name="Minutes">CSM time that it takes.</param>
/// <param name="Effect">Relative reduction of churn (or uplift) that the value was computed with.</param>
/// <param name="Value">Expected value in the reporting currency after the cost of time; null in fallback.</param>
/// <param name="ValuePerMinute">Value per minute; rule points × MRR per minute in fallback.</param>
/// <param name="Action">What a CSM made of it; null while it is open.</param>
public sealed record SuggestedTouch(int Rank, string Play, bool IsUpsell, string Channel, string ReasonCode, IReadOnlyDictionary<string, double> ReasonArgs, double Minutes, double Effect, decimal? Value, double ValuePerMinute, TakenAction? Action)
{
    public SuggestionState State => Action?.State ?? SuggestionState.Open;

    /// <summary>When an event since the score run brought it, UTC; null where the run did.</summary>
    public DateTime? At { get; init; }
}

/// <summary>An action that stands for a play of an account.</summary>
/// <param name="ActionId">Names it when it is undone.</param>
/// <param name="Play">The play's key.</param>
/// <param name="ReasonCode">Code of the trigger that had fired.</param>
/// <param name="State">Done, snoozed or dismissed.</param>
/// <param name="At">UTC.</param>
/// <param name="ByEmail">Who did it; null for the system.</param>
/// <param name="Until">The day on which a snoozed suggestion comes back.</param>
/// <param name="Reason">Why it was snoozed or dismissed.</param>
/// <param name="Note">Free text.</param>
/// <param name="IsUndone">True where it no longer stands.</param>
public sealed record TakenAction(string ActionId, string Play, string ReasonCode, SuggestionState State, DateTime At, string? ByEmail, DateOnly? Until, string? Reason, string? Note, bool IsUndone);

/// <summary>How a customer is reached.</summary>
public static class Channels
{
    public const string Call = "call", Email = "email", Meeting = "meeting", Letter = "letter";

    /// <summary>Texts that a gateway carries: short messages, LINE, any other service.</summary>
    public const string Sms = "sms", Line = "line", Message = "message";

    /// <summary>Work of our own that needs no contact with the customer first.</summary>
    public const string Internal = "internal";

    /// <summary>The channels that gateways carry.</summary>
    public static IReadOnlyList<string> OfGateways { get; } = [Sms, Line, Message];

    /// <summary>True for a channel that a gateway carries.</summary>
    public static bool IsGateway(string? channel) => channel is Sms or Line or Message;
}
