using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Demo;

/// <summary>Which tables hold what a company's customers are and did, and which hold what its own people set up.</summary>
internal static class CompanyTables
{
    /// <summary>Sign-ins, settings, templates, rules, and what keeps processes apart. They outlive the demo company.</summary>
    public static IReadOnlySet<string> Kept { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "setting", "protection_key", "lease", "counter",
        "mail_template", "mail_list", "mail_outage", "mail_pace", "gateway", "plan_template",
        "canned_answer", "inquiry_target", "desk_calendar", "day_off", "health_scheme",
        "saved_view", "view_preference", "saved_report", "csm_capacity", "absence", "assignment_rule",
        "feedback_theme", "saved_segment", "segment_version", "play", "play_version", "survey", "survey_version", "campaign", "campaign_version",
        "summary_subscription", "summary_sending", "notice_preference", "notice_reader",
    };

    /// <summary>Tables that belong to no account and go all the same. Whatever has the account's number in its key goes without being named.</summary>
    public static IReadOnlySet<string> Gone { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "score_run", "run_figure", "model", "model_event", "model_watch", "health_study", "feature_catalogue",
        "product_request", "segment_count", "survey_wave", "received_inquiry", "handover", "mark", "goal", "goal_review", "month_close", "restatement", "metric", "attribute", "exchange_rate",
        "source", "source_reach", "import_run", "import_file", "rejected_row", "ignored_rows", "staged_block",
    };

    /// <summary>
    /// What is deleted, in this order: first what pages begin from (the score run, without which a queue says that nothing was scored), then what was derived,
    /// what people wrote, the facts, the accounts, and last the imports' books, so that whatever is left can still be accounted for.
    /// </summary>
    public static IReadOnlyList<string> InOrder(CustomerSuccessContext context) =>
    [
        .. context.Model.GetEntityTypes().Select(entity => entity.GetTableName()).OfType<string>().Distinct()
            .Where(table => !Kept.Contains(table) && !table.StartsWith("AspNet", StringComparison.OrdinalIgnoreCase) && !table.StartsWith("asp_net", StringComparison.Ordinal))
            .OrderBy(Rank).ThenBy(table => table, StringComparer.Ordinal),
    ];

    private static int Rank(string table) => table switch
    {
        "score_run" => 0,
        "run_figure" or "account_score" or "account_drivers" or "suggestion" or "renewal_due" or "product_score" or "health_point" or "product_health_point" or "health_study" or "feature_snapshot" or "feature_catalogue" => 1,
        "model" or "model_event" or "model_watch" or "backtest_row" => 2,
        "account" => 4,
        "metric" or "attribute" or "exchange_rate" => 5,
        "rejected_row" or "ignored_rows" or "staged_block" or "import_file" => 6,
        "import_run" or "source_reach" => 7,
        "source" => 8,
        _ => 3,
    };
}
