namespace CustomerSuccess.Web.Shared.Terms;

/// <summary>Every term that has a definition, by group. Its word and its definition stand in the resources under its key and <c>key_text</c>.</summary>
public sealed class Glossary
{
    /// <summary>Terms of one group, in the order in which they are best read.</summary>
    /// <param name="Key">Names the group; its heading is <c>Group_key</c> of the glossary page.</param>
    /// <param name="Terms">Keys of terms.</param>
    public sealed record Group(string Key, IReadOnlyList<string> Terms);

    public static IReadOnlyList<Group> Groups { get; } =
    [
        new("customers", ["account", "paying_account", "contact", "owner", "champion_person", "decision_maker", "executive_sponsor", "segment", "touch_model", "product", "portfolio", "success_plan", "onboarding", "timeline"]),
        new("money", ["subscription", "term", "renewal", "notice_deadline", "mrr", "arr", "mrr_bridge", "expansion", "contraction", "grr", "nrr", "logo_retention", "churn_rate", "quick_ratio", "ltv", "cohort", "survival_curve", "expected_loss", "forecast"]),
        new("risk", ["health_score", "health_band", "dimension", "churn", "churn_probability", "lost_product", "dropped_product", "risk_queue", "driver", "contribution", "prediction", "model_feature", "as_of", "lead_time", "horizon", "grace", "backtest", "base_rate", "calibration", "lift", "precision", "interval", "sample_size", "drift", "champion_model", "leak", "no_skill", "too_few", "rule_score"]),
        new("work", ["touch", "play", "playbook", "sequence", "trigger", "cool_down", "snooze", "capacity", "value_per_minute", "contact_limit", "opt_out", "holdout", "effect", "upsell", "win_back"]),
        new("voice", ["inquiry", "first_response", "time_to_close", "backlog", "escalation", "nps", "promoter", "response_rate", "csat", "ces"]),
        new("lifecycle", ["lifecycle", "lapsed", "reactivated", "rfm", "rf_table", "decile", "leading_indicator", "diagnosis"]),
        new("data", ["import", "reject_row", "dry_run", "preset", "stale"]),
    ];
}
