using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Segments;

/// <summary>What a field holds, and so what can be asked of it.</summary>
public enum FieldKind
{
    Number,
    Text,
    Day,
    Flag,
}

/// <summary>Something that is known of accounts and can be asked for.</summary>
/// <param name="Name">Stable name: a feature's, or one with a prefix such as <c>account.owner</c>, <c>attribute:region</c>, <c>segment:…</c>.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Group">Under which heading it is offered: <c>account</c>, <c>attributes</c>, <c>score</c>, <c>events</c>, <c>open</c>, <c>segments</c>, or a group of features.</param>
/// <param name="Unit">What its numbers count; shares and changes are fractions of 1.</param>
public sealed record SegmentField(string Name, FieldKind Kind, string Group, FeatureUnit Unit)
{
    /// <summary>True where it is known only as of a score run, not of months past: what models said is kept with runs, health is kept for month ends.</summary>
    public bool IsOfRun => Name is SegmentFields.Probability or SegmentFields.Upsell or SegmentFields.ExpectedLoss or SegmentFields.Lifetime or SegmentFields.Renewal or SegmentFields.Drivers or SegmentFields.Owner or SegmentFields.Name
        || Name.StartsWith(SegmentFields.Entered, StringComparison.Ordinal) || Name.StartsWith(SegmentFields.Left, StringComparison.Ordinal);

    /// <summary>What can be asked of it.</summary>
    public IReadOnlyList<TestKind> Tests => SegmentFields.TestsOf(Kind);
}

/// <summary>The fields that conditions can ask for.</summary>
public static class SegmentFields
{
    public const string Owner = "account.owner", Segment = "account.segment", Plan = "account.plan", Product = "account.product", Name = "account.name", Stage = "account.stage",
        Money = "account.mrr", RenewsOn = "account.renews_on", LastTouchOn = "account.last_touch_on";

    /// <summary>Probability of churn and of expansion, 0–1; health and the rule score, 0–100; money in the reporting currency.</summary>
    public const string Probability = "score.probability", Upsell = "score.upsell", Health = "score.health", Rule = "score.rule", ExpectedLoss = "score.expected_loss", Lifetime = "score.lifetime", Renewal = "score.renewal", Drivers = "score.driver";

    /// <summary>What stands open as of the day: invoices that failed or fell due lately and are not paid, escalated inquiries that are not closed.</summary>
    public const string FailedInvoices = "open.failed_invoices", OverdueInvoices = "open.overdue_invoices", EscalatedInquiries = "open.escalated_inquiries";

    /// <summary>Of a contract that has ended: months since, MRR lost, why, whether the customer wished it (1 or 0), the last NPS answer. Missing for accounts that pay.</summary>
    public const string EndedMonths = "ended.months", EndedMoney = "ended.mrr", EndedReason = "ended.reason", EndedVoluntary = "ended.voluntary", EndedNps = "ended.nps";

    /// <summary>1 where the notice deadline, or the renewal, lies within the next two thirds of the horizon.</summary>
    public const string NoticeNear = "near.notice", RenewalNear = "near.renewal";

    /// <summary>Prefixes: membership in another segment; the day on which the account last entered or left it.</summary>
    public const string Member = "segment:", Entered = "segment_entered:", Left = "segment_left:";

    /// <summary>Prefix of the day on which something last happened.</summary>
    public const string Happened = "event.";

    private static readonly string[] EventNames = ["inquiry_opened", "inquiry_escalated", "survey_answered", "payment_failed", "purchased", "contract_started", "message_opened"];

    private static readonly string[] Dimensions = ["adoption", "engagement", "support", "sentiment", "commercial", "relationship"];

    private static readonly TestKind[] OfNumbers = [TestKind.AtLeast, TestKind.AtMost, TestKind.Above, TestKind.Below, TestKind.Equals, TestKind.Known, TestKind.Missing];

    private static readonly TestKind[] OfTexts = [TestKind.OneOf, TestKind.NoneOf, TestKind.Contains, TestKind.Known, TestKind.Missing];

    private static readonly TestKind[] OfDays = [TestKind.InLastDays, TestKind.MoreThanDaysAgo, TestKind.InNextDays, TestKind.AnniversaryInDays, TestKind.OnOrAfter, TestKind.OnOrBefore, TestKind.Known, TestKind.Missing];

    private static readonly TestKind[] OfFlags = [TestKind.Yes, TestKind.No, TestKind.Known, TestKind.Missing];

    /// <summary>Fields that every company has, features apart.</summary>
    public static IReadOnlyList<SegmentField> Fixed { get; } =
    [
        new(Name, FieldKind.Text, "account", FeatureUnit.Text),
        new(Owner, FieldKind.Text, "account", FeatureUnit.Text),
        new(Segment, FieldKind.Text, "account", FeatureUnit.Text),
        new(Plan, FieldKind.Text, "account", FeatureUnit.Text),
        new(Product, FieldKind.Text, "account", FeatureUnit.Text),
        new(Stage, FieldKind.Text, "account", FeatureUnit.Text),
        new(Money, FieldKind.Number, "account", FeatureUnit.Money),
        new(RenewsOn, FieldKind.Day, "account", FeatureUnit.Days),
        new(NoticeNear, FieldKind.Flag, "account", FeatureUnit.Flag),
        new(RenewalNear, FieldKind.Flag, "account", FeatureUnit.Flag),
        new(Probability, FieldKind.Number, "score", FeatureUnit.Share),
        new(Upsell, FieldKind.Number, "score", FeatureUnit.Share),
        new(Health, FieldKind.Number, "score", FeatureUnit.Points),
        .. Dimensions.Select(dimension => new SegmentField("score." + dimension, FieldKind.Number, "score", FeatureUnit.Points)),
        new(Rule, FieldKind.Number, "score", FeatureUnit.Points),
        new(ExpectedLoss, FieldKind.Number, "score", FeatureUnit.Money),
        new(Lifetime, FieldKind.Number, "score", FeatureUnit.Money),
        new(Renewal, FieldKind.Number, "score", FeatureUnit.Share),
        new(Drivers, FieldKind.Text, "score", FeatureUnit.Text),
        new(FailedInvoices, FieldKind.Number, "open", FeatureUnit.Count),
        new(OverdueInvoices, FieldKind.Number, "open", FeatureUnit.Count),
        new(EscalatedInquiries, FieldKind.Number, "open", FeatureUnit.Count),
        new(EndedMonths, FieldKind.Number, "ended", FeatureUnit.Count),
        new(EndedMoney, FieldKind.Number, "ended", FeatureUnit.Money),
        new(EndedReason, FieldKind.Text, "ended", FeatureUnit.Text),
        new(EndedVoluntary, FieldKind.Flag, "ended", FeatureUnit.Flag),
        new(EndedNps, FieldKind.Number, "ended", FeatureUnit.Points),
        new(LastTouchOn, FieldKind.Day, "events", FeatureUnit.Days),
        .. Events.Select(happened => new SegmentField(Happened + happened, FieldKind.Day, "events", FeatureUnit.Days)),
    ];

    /// <summary>Stages of life that contracts tell: active for less than 90 days, longer, or with notice given.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["new", "established", "leaving"];

    /// <summary>True for a field of a contract that has ended.</summary>
    public static bool IsOfEnded(string field) => field.StartsWith("ended.", StringComparison.Ordinal);

    /// <summary>Things that happen; the field is the day of the last one.</summary>
    public static IReadOnlyList<string> Events => EventNames;

    /// <summary>What can be asked of a kind of field.</summary>
    public static IReadOnlyList<TestKind> TestsOf(FieldKind kind) => kind switch
    {
        FieldKind.Number => OfNumbers,
        FieldKind.Text => OfTexts,
        FieldKind.Day => OfDays,
        _ => OfFlags,
    };

    /// <summary>All fields of a company.</summary>
    /// <param name="metrics">Metrics that have features of their own.</param>
    /// <param name="attributes">Attributes of accounts.</param>
    /// <param name="segments">Saved segments.</param>
    public static IReadOnlyList<SegmentField> Of(IEnumerable<string> metrics, IEnumerable<AttributeDefinition> attributes, IEnumerable<SavedSegment> segments) =>
    [
        .. Fixed,
        .. new FeatureCatalogue(metrics, []).Features.Where(feature => feature.Kind == FeatureKind.Number)
            .Select(feature => new SegmentField(feature.Name, feature.Unit == FeatureUnit.Flag ? FieldKind.Flag : FieldKind.Number, feature.Group, feature.Unit)),
        .. attributes.Select(attribute => new SegmentField(FeatureNames.Attribute + attribute.Name, KindOf(attribute.Type), "attributes", attribute.Type == AttributeType.Category ? FeatureUnit.Text : FeatureUnit.Own)),
        .. segments.SelectMany(segment => (SegmentField[])
        [
            new(Member + segment.SegmentId, FieldKind.Flag, "segments", FeatureUnit.Flag),
            new(Entered + segment.SegmentId, FieldKind.Day, "segments", FeatureUnit.Days),
            new(Left + segment.SegmentId, FieldKind.Day, "segments", FeatureUnit.Days),
        ]),
    ];

    /// <summary>The number that a score has for a field; null where the field is none of a score's numbers.</summary>
    public static double? NumberOf(AccountScore score, string field) => field switch
    {
        Money => (double)score.Mrr,
        RenewsOn => score.RenewsOn?.DayNumber ?? double.NaN,
        LastTouchOn => score.LastTouchOn?.DayNumber ?? double.NaN,
        Probability => score.ChurnProbability ?? double.NaN,
        Upsell => score.UpsellProbability ?? double.NaN,
        Health => score.Health ?? double.NaN,
        "score.adoption" => score.Adoption ?? double.NaN,
        "score.engagement" => score.Engagement ?? double.NaN,
        "score.support" => score.Support ?? double.NaN,
        "score.sentiment" => score.Sentiment ?? double.NaN,
        "score.commercial" => score.Commercial ?? double.NaN,
        "score.relationship" => score.Relationship ?? double.NaN,
        Rule => score.State == ScoreState.Leaving ? double.NaN : score.RuleScore,
        ExpectedLoss => (double?)score.ExpectedLoss ?? double.NaN,
        Lifetime => (double?)score.LifetimeValue ?? double.NaN,
        Renewal => score.RenewalProbability ?? double.NaN,
        _ => null,
    };

    /// <summary>The text that a score has for a field; null where there is none.</summary>
    public static string? TextOf(AccountScore score, string field) => field switch
    {
        Name => score.Name,
        Owner => score.OwnerEmail,
        Segment => score.Segment,
        Plan => score.Plan,
        Product => score.Product,
        _ => null,
    };

    private static FieldKind KindOf(AttributeType type) => type switch
    {
        AttributeType.Category => FieldKind.Text,
        AttributeType.Date => FieldKind.Day,
        AttributeType.Flag => FieldKind.Flag,
        _ => FieldKind.Number,
    };
}
