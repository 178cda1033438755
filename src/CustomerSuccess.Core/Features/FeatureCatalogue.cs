using System.Security.Cryptography;
using System.Text;
using CustomerSuccess.Core.Accounts;
using static CustomerSuccess.Core.Features.FeatureDirection;
using static CustomerSuccess.Core.Features.FeatureNames;
using static CustomerSuccess.Core.Features.FeatureUnit;
using static CustomerSuccess.Core.Health.HealthDimension;

namespace CustomerSuccess.Core.Features;

/// <summary>
/// Every feature, in the order of a table's columns: the fixed ones, then those of the company's metrics and attributes.
/// A metric or attribute enters by a rule fixed by the data, never by labels.
/// </summary>
public sealed class FeatureCatalogue
{
    /// <summary>How many metrics, at most, have features of their own.</summary>
    public const int MostMetrics = 16;

    private readonly Dictionary<string, int> _index;

    /// <param name="metrics">Metrics that have features of their own.</param>
    /// <param name="attributes">Attributes of accounts with their types.</param>
    public FeatureCatalogue(IEnumerable<string> metrics, IEnumerable<KeyValuePair<string, AttributeType>> attributes)
    {
        Metrics = [.. metrics.Distinct().Order(StringComparer.Ordinal)];
        Attributes = [.. attributes.DistinctBy(a => a.Key).OrderBy(a => a.Key, StringComparer.Ordinal)];
        Features =
        [
            .. Fixed,
            .. Metrics.Select(metric => new FeatureDefinition(MetricShare + metric, FeatureKind.Number, Share, None, null, "usage")),
            .. Metrics.Select(metric => new FeatureDefinition(MetricUsage28 + metric, FeatureKind.Number, Count, None, null, "usage")),
            .. Attributes.Select(attribute => OfAttribute(attribute.Key, attribute.Value)),
        ];
        _index = Features.Select((feature, i) => (feature.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToText())));
    }

    /// <summary>Features that every company has.</summary>
    public static IReadOnlyList<FeatureDefinition> Fixed { get; } =
    [
        Number(Usage7, Count, None, null, "usage"),
        Number(Usage28, Count, None, null, "usage"),
        Number(Usage91, Count, None, null, "usage"),
        Number(UsageTrend28, Change, HigherIsBetter, Engagement, "usage"),
        Number(UsageTrend91, Change, HigherIsBetter, Engagement, "usage"),
        Number(ActiveDays7, Days, HigherIsBetter, null, "usage"),
        Number(ActiveDays28, Days, HigherIsBetter, Engagement, "usage"),
        Number(ActiveDays91, Days, HigherIsBetter, null, "usage"),
        Number(DaysSinceUse, Days, HigherIsWorse, Engagement, "usage"),
        Number(SilenceRatio, Ratio, HigherIsWorse, Engagement, "usage"),
        Number(Breadth28, Count, HigherIsBetter, Adoption, "usage"),
        Number(BreadthChange28, Count, HigherIsBetter, Adoption, "usage"),
        Number(Users28, Count, None, null, "people"),
        Number(UsersBefore28, Count, None, null, "people"),
        Number(UsersTrend28, Change, HigherIsBetter, Adoption, "people"),
        Number(UsersPerSeat, Ratio, HigherIsBetter, Adoption, "people"),
        Number(ContractAge, Days, None, null, "contract"),
        Number(TermAge, Days, None, null, "contract"),
        Number(DaysToRenewal, Days, None, null, "contract"),
        Number(DaysToNotice, Days, None, null, "contract"),
        Number(AutoRenew, Flag, None, null, "contract"),
        Number(NoticeShare, Share, HigherIsWorse, Commercial, "contract"),
        Number(Lapses, Count, HigherIsWorse, null, "contract"),
        Number(Mrr, Money, None, null, "contract"),
        Number(MrrChange91, Change, HigherIsBetter, Commercial, "contract"),
        Number(MrrChange365, Change, HigherIsBetter, null, "contract"),
        Number(MrrPerSeat, Money, None, null, "contract"),
        Number(PriceChange91, Change, HigherIsWorse, null, "contract"),
        Number(PriceChange182, Change, HigherIsWorse, null, "contract"),
        Number(Seats, Count, None, null, "contract"),
        Number(SeatsChange91, Change, HigherIsBetter, null, "contract"),
        Category(Plan, "contract"),
        Category(Product, "contract"),
        Number(Inquiries28, Count, None, null, "inquiries"),
        Number(Inquiries91, Count, None, null, "inquiries"),
        Number(UrgentInquiries91, Count, HigherIsWorse, Support, "inquiries"),
        Number(OpenInquiries, Count, HigherIsWorse, null, "inquiries"),
        Number(OpenUrgentInquiries, Count, HigherIsWorse, Support, "inquiries"),
        Number(UnansweredInquiries, Count, HigherIsWorse, Support, "inquiries"),
        Number(OldestOpenInquiryDays, Days, HigherIsWorse, Support, "inquiries"),
        Number(Escalations91, Count, HigherIsWorse, Support, "inquiries"),
        Number(FirstResponseHours91, Hours, HigherIsWorse, Support, "inquiries"),
        Number(Satisfaction91, Points, HigherIsBetter, Support, "inquiries"),
        Number(NpsLast, Points, HigherIsBetter, Sentiment, "surveys"),
        Number(NpsChange, Points, HigherIsBetter, Sentiment, "surveys"),
        Number(NpsAgeDays, Days, None, null, "surveys"),
        Number(CsatLast, Points, HigherIsBetter, Sentiment, "surveys"),
        Number(InvoicesFailed91, Count, HigherIsWorse, Commercial, "payments"),
        Number(InvoicesOverdue, Count, HigherIsWorse, Commercial, "payments"),
        Number(DaysLate91, Days, HigherIsWorse, Commercial, "payments"),
        Number(Champions, Count, HigherIsBetter, Relationship, "relationship"),
        Number(ChampionGone, Flag, HigherIsWorse, Relationship, "relationship"),
        Number(ChampionSilentDays, Days, HigherIsWorse, Relationship, "relationship"),
        Number(Touches91, Count, None, null, "relationship"),
        Number(DaysSinceTouch, Days, HigherIsWorse, Relationship, "relationship"),
        Number(Purchases365, Count, None, null, "purchases"),
        Number(PurchaseAmount365, Money, None, null, "purchases"),
        Number(DaysSincePurchase, Days, HigherIsWorse, null, "purchases"),
        Number(PurchaseSilenceRatio, Ratio, HigherIsWorse, Engagement, "purchases"),
    ];

    /// <summary>Features that a product of an account has beside the account's.</summary>
    public static IReadOnlyList<FeatureDefinition> OfProducts { get; } =
    [
        Number(ProductShare, Share, None, null, "contract"),
        Number(ProductUsageShare, Share, None, null, "usage"),
        Number(ProductsPaid, Count, None, null, "contract"),
    ];

    /// <summary>All features in the order of a table's columns.</summary>
    public IReadOnlyList<FeatureDefinition> Features { get; }

    public IReadOnlyList<string> Metrics { get; }

    public IReadOnlyList<KeyValuePair<string, AttributeType>> Attributes { get; }

    /// <summary>SHA-256 of <see cref="ToText"/>, in hex.</summary>
    public string Hash { get; }

    /// <summary>Position of a feature; -1 where the catalogue has none of that name.</summary>
    public int IndexOf(string name) => _index.GetValueOrDefault(name, -1);

    /// <summary>One line for each feature: name, tab, kind.</summary>
    public string ToText() => string.Concat(Features.Select(feature => $"{feature.Name}\t{(feature.Kind == FeatureKind.Category ? "category" : "number")}\n"));

    /// <summary>What is known of a feature by its name alone, so that a stored driver can be put in words; null for a column of a foreign table.</summary>
    public static FeatureDefinition? Describe(string name)
    {
        if (Fixed.Concat(OfProducts).FirstOrDefault(feature => feature.Name == name) is { } found)
        {
            return found;
        }

        return name switch
        {
            _ when name.StartsWith(MetricShare, StringComparison.Ordinal) => new(name, FeatureKind.Number, Share, None, null, "usage"),
            _ when name.StartsWith(MetricUsage28, StringComparison.Ordinal) => new(name, FeatureKind.Number, Count, None, null, "usage"),
            _ when name.StartsWith(FeatureNames.Attribute, StringComparison.Ordinal) => new(name, FeatureKind.Number, Own, None, null, "attributes"),
            _ => null,
        };
    }

    /// <summary>True for a feature that only this company has: one of a single metric or of an attribute. Nobody thought of these beforehand as signs of anything.</summary>
    public static bool IsOwn(string name) =>
        name.StartsWith(FeatureNames.Attribute, StringComparison.Ordinal) || name.StartsWith(MetricShare, StringComparison.Ordinal) || name.StartsWith(MetricUsage28, StringComparison.Ordinal);

    /// <summary>The metrics that features of the given names speak of: a served model's columns are computed again by name.</summary>
    public static IReadOnlyList<string> MetricsOf(IEnumerable<string> features) =>
        [.. features.Select(Describe).Where(f => f?.TextArgument is not null && f.TextKey + ":" is (MetricShare or MetricUsage28)).Select(f => f!.TextArgument!).Distinct().Order(StringComparer.Ordinal)];

    private static FeatureDefinition OfAttribute(string name, AttributeType type) => type switch
    {
        AttributeType.Category => Category(FeatureNames.Attribute + name, "attributes"),
        AttributeType.Date => Number(FeatureNames.Attribute + name, Days, None, null, "attributes"),
        AttributeType.Flag => Number(FeatureNames.Attribute + name, Flag, None, null, "attributes"),
        _ => Number(FeatureNames.Attribute + name, Own, None, null, "attributes"),
    };

    private static FeatureDefinition Number(string name, FeatureUnit unit, FeatureDirection direction, Health.HealthDimension? dimension, string group) =>
        new(name, FeatureKind.Number, unit, direction, dimension, group);

    private static FeatureDefinition Category(string name, string group) => new(name, FeatureKind.Category, Text, None, null, group);
}
