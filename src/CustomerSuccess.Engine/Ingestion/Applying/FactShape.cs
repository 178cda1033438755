using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>What applying needs to know of a record of facts beside its columns.</summary>
/// <param name="Record">The contract's name.</param>
/// <param name="Table">The table's name.</param>
/// <param name="Entity">The table's entity.</param>
/// <param name="Day">The column from whose day on the fact matters.</param>
/// <param name="Happened">Columns that say that something happened: they tell how far the source reaches.</param>
internal sealed record FactShape(string Record, string Table, Type Entity, string Day, IReadOnlyList<string> Happened)
{
    /// <summary>Columns that must not lie before another, with the other.</summary>
    public IReadOnlyList<(string Later, string Earlier)> Order { get; init; } = [];

    /// <summary>What a new fact holds where its row says nothing.</summary>
    public IReadOnlyDictionary<string, object> Defaults { get; init; } = new Dictionary<string, object>();

    /// <summary>A fact for which this column lies before the day of import has ended and is not voided by a full file that lacks it.</summary>
    public string? Ended { get; init; }

    public static IReadOnlyList<FactShape> All { get; } =
    [
        new("subscriptions", "subscription", typeof(Subscription), "started_on", ["started_on", "notice_on"]) { Order = [("ended_on", "started_on")], Ended = "ended_on" },
        new("inquiries", "inquiry", typeof(Inquiry), "opened_at", ["opened_at", "first_response_at", "closed_at", "escalated_at"])
        {
            Order = [("first_response_at", "opened_at"), ("closed_at", "opened_at"), ("escalated_at", "opened_at")],
            // what the desk adds is worked out once the imported values stand
            Defaults = new Dictionary<string, object>
            {
                ["escalated"] = false, ["state"] = (long)InquiryState.New, ["is_settled"] = false, ["urgency"] = (long)InquiryPriority.Normal, ["paused_minutes"] = 0.0,
                ["reopened_count"] = 0L, ["changed_at"] = 0L, ["customer_spoke_last"] = true, ["version"] = 0L,
            },
        },
        new("nps", "survey_response", typeof(SurveyResponse), "responded_at", ["responded_at"]) { Defaults = new Dictionary<string, object> { ["kind"] = "nps" } },
        new("purchases", "purchase", typeof(Purchase), "purchased_on", ["purchased_on"]),
        new("invoices", "invoice", typeof(Invoice), "issued_on", ["issued_on", "paid_on", "failed_on"]),
        new("deals", "deal", typeof(Deal), "opened_on", ["opened_on", "closed_on"]),
        new("touches", "touch", typeof(Touch), "at", ["at"]),
        new("assignments", "assignment", typeof(Assignment), "assigned_on", ["assigned_on"]),
        new("outcomes", "outcome", typeof(Outcome), "as_of", ["as_of"]),
    ];

    /// <summary>The scale of an answer whose file names none: NPS 0–10, CSAT 1–5, CES 1–7.</summary>
    public static (double Least, double Most) Scale(string kind) => kind switch
    {
        "csat" => (1, 5),
        "ces" => (1, 7),
        _ => (0, 10),
    };
}
