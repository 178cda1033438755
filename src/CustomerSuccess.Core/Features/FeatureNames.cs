namespace CustomerSuccess.Core.Features;

/// <summary>Names of the features that rules, plays, health and sentences speak of. A feature that is missing for an account is NaN, never 0.</summary>
public static class FeatureNames
{
    /// <summary>Sum of counters over the last 7, 28 and 91 days up to t.</summary>
    public const string Usage7 = "usage_7d", Usage28 = "usage_28d", Usage91 = "usage_91d";

    /// <summary>(usage of the last 28 days + 1) / (usage of the 28 days before + 1) − 1, at most 3; missing where the account is younger than 56 days.</summary>
    public const string UsageTrend28 = "usage_trend_28d";

    /// <summary>The last 28 days against the mean 28 days of the last 91, as above.</summary>
    public const string UsageTrend91 = "usage_trend_91d";

    public const string ActiveDays7 = "active_days_7d", ActiveDays28 = "active_days_28d", ActiveDays91 = "active_days_91d";

    /// <summary>Days since the last use up to t; missing where there never was one.</summary>
    public const string DaysSinceUse = "days_since_use";

    /// <summary>Days since the last use divided by the account's own usual interval between active days (90th percentile, at least 1).</summary>
    public const string SilenceRatio = "silence_ratio";

    /// <summary>Active users over 28 days by the design's definition, those of the 28 days before, and their ratio − 1.</summary>
    public const string Users28 = "users_28d", UsersBefore28 = "users_28d_before", UsersTrend28 = "users_trend_28d";

    public const string UsersPerSeat = "users_per_seat";

    /// <summary>Distinct metrics used over 28 days, and its change against the 28 days before.</summary>
    public const string Breadth28 = "breadth_28d", BreadthChange28 = "breadth_change_28d";

    /// <summary>Prefix of the share of one metric in the account's usage over 91 days.</summary>
    public const string MetricShare = "share:";

    /// <summary>Prefix of one metric's counter over 28 days.</summary>
    public const string MetricUsage28 = "usage_28d:";

    public const string ContractAge = "contract_age_days", DaysToRenewal = "days_to_renewal", Mrr = "mrr", MrrChange91 = "mrr_change_91d", Seats = "seats", Plan = "plan", Product = "product";

    /// <summary>Days since the youngest paying term started; change of MRR over a year; MRR for each seat; change of seats over 91 days.</summary>
    public const string TermAge = "term_age_days", MrrChange365 = "mrr_change_365d", MrrPerSeat = "mrr_per_seat", SeatsChange91 = "seats_change_91d";

    /// <summary>
    /// Change of the price of what the account had 91 or 182 days before and still has, by its seats now: an index over products and plans, at one rate.
    /// Neither more seats nor a weak currency is a price rise.
    /// </summary>
    public const string PriceChange91 = "price_change_91d", PriceChange182 = "price_change_182d";

    /// <summary>1 where the term that ends next renews by itself; share of MRR for which notice has been given; how often the account stopped paying before.</summary>
    public const string AutoRenew = "auto_renew", NoticeShare = "notice_share", Lapses = "lapses";

    /// <summary>Days until the last day on which notice can still be given.</summary>
    public const string DaysToNotice = "days_to_notice";

    public const string Inquiries28 = "inquiries_28d", Inquiries91 = "inquiries_91d", OpenInquiries = "open_inquiries", OpenUrgentInquiries = "open_urgent_inquiries", UnansweredInquiries = "unanswered_inquiries", OldestOpenInquiryDays = "oldest_open_inquiry_days", Escalations91 = "escalations_91d", FirstResponseHours91 = "first_response_hours_91d", Satisfaction91 = "satisfaction_91d";

    public const string UrgentInquiries91 = "urgent_inquiries_91d";

    /// <summary>Last answer about satisfaction, 0–100 of its scale.</summary>
    public const string CsatLast = "csat_last";

    public const string NpsLast = "nps_last", NpsChange = "nps_change", NpsAgeDays = "nps_age_days";

    public const string InvoicesFailed91 = "invoices_failed_91d", InvoicesOverdue = "invoices_overdue", DaysLate91 = "payment_days_late_91d";

    /// <summary>1 where a champion left within 91 days and none is there now; days since a champion last used the product or answered.</summary>
    public const string ChampionGone = "champion_gone", Champions = "champions", ChampionSilentDays = "champion_silent_days";

    public const string Touches91 = "touches_91d", DaysSinceTouch = "days_since_touch";

    public const string Purchases365 = "purchases_365d", PurchaseAmount365 = "purchase_amount_365d", DaysSincePurchase = "days_since_purchase", PurchaseSilenceRatio = "purchase_silence_ratio";

    /// <summary>Of a product that an account pays for: its share of the account's MRR and of its usage over 91 days (missing where no metric is part of it), and how many products the account pays for.</summary>
    public const string ProductShare = "product_share", ProductUsageShare = "product_usage_share", ProductsPaid = "products_paid";

    /// <summary>Prefix of the contract's and custom attributes of the account.</summary>
    public const string Attribute = "attribute:";
}
