using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Core.Features;

/// <summary>
/// What a person would call one thing, though a model sees it in several features: the windows of one counter, the count and the age of what is open.
/// Contributions of a theme's features add up to the theme's.
/// </summary>
public static class FeatureThemes
{
    public const string UsageTheme = "usage", Users = "users", SeatUse = "seat_use", BreadthTheme = "breadth", Tenure = "tenure", Renewal = "renewal", Price = "price", Size = "size",
        Waiting = "waiting", Inquiries = "inquiries", Service = "service", Nps = "nps", Payments = "payments", Champion = "champion", Touches = "touches", Purchases = "purchases";

    /// <summary>Prefix of a metric's theme.</summary>
    public const string Metric = "metric:";

    private static readonly Dictionary<string, string> Themes = new(StringComparer.Ordinal)
    {
        [Usage7] = UsageTheme,
        [Usage28] = UsageTheme,
        [Usage91] = UsageTheme,
        [UsageTrend28] = UsageTheme,
        [UsageTrend91] = UsageTheme,
        [ActiveDays7] = UsageTheme,
        [ActiveDays28] = UsageTheme,
        [ActiveDays91] = UsageTheme,
        [DaysSinceUse] = UsageTheme,
        [SilenceRatio] = UsageTheme,
        [Users28] = Users,
        [UsersBefore28] = Users,
        [UsersTrend28] = Users,
        [UsersPerSeat] = SeatUse,
        [Breadth28] = BreadthTheme,
        [BreadthChange28] = BreadthTheme,
        [ContractAge] = Tenure,
        [TermAge] = Tenure,
        [DaysToRenewal] = Renewal,
        [DaysToNotice] = Renewal,
        [AutoRenew] = Renewal,
        [MrrPerSeat] = Price,
        [PriceChange91] = Price,
        [PriceChange182] = Price,
        [Mrr] = Size,
        [MrrChange91] = Size,
        [MrrChange365] = Size,
        [Seats] = Size,
        [SeatsChange91] = Size,
        [OpenInquiries] = Waiting,
        [OpenUrgentInquiries] = Waiting,
        [UnansweredInquiries] = Waiting,
        [OldestOpenInquiryDays] = Waiting,
        [UrgentInquiries91] = Waiting,
        [Escalations91] = Waiting,
        [Inquiries28] = Inquiries,
        [Inquiries91] = Inquiries,
        [FirstResponseHours91] = Service,
        [Satisfaction91] = Service,
        [NpsLast] = Nps,
        [NpsChange] = Nps,
        [NpsAgeDays] = Nps,
        [InvoicesFailed91] = Payments,
        [InvoicesOverdue] = Payments,
        [DaysLate91] = Payments,
        [Champions] = Champion,
        [ChampionGone] = Champion,
        [ChampionSilentDays] = Champion,
        [Touches91] = Touches,
        [DaysSinceTouch] = Touches,
        [Purchases365] = Purchases,
        [PurchaseAmount365] = Purchases,
        [DaysSincePurchase] = Purchases,
        [PurchaseSilenceRatio] = Purchases,
    };

    /// <summary>The theme of a feature; a feature that has no kin is its own.</summary>
    public static string Of(string feature) =>
        Themes.TryGetValue(feature, out var theme) ? theme
        : feature.StartsWith(MetricShare, StringComparison.Ordinal) ? Metric + feature[MetricShare.Length..]
        : feature.StartsWith(MetricUsage28, StringComparison.Ordinal) ? Metric + feature[MetricUsage28.Length..]
        : feature;
}
