using System.Text.Json.Serialization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>What is known of one account when conditions are asked of it: features, the score, what stands open.</summary>
/// <param name="Features">Features by name.</param>
/// <param name="Row">The account's row.</param>
/// <param name="Settings">The company's settings.</param>
/// <param name="RuleScore">0–100, 100 is worst.</param>
public sealed record AccountSigns(FeatureReader Features, int Row, CompanySettings Settings, double RuleScore) : IFieldValues
{
    /// <summary>Active for fewer days is new.</summary>
    private const int NewDays = 90;

    private int _depth;

    /// <summary>What stands open as of the day; null where it is not known, so that the nearest features stand for it.</summary>
    public StandingFacts? Standing { get; init; }

    /// <summary>The account's score; null where there is none yet.</summary>
    public AccountScore? Score { get; init; }

    /// <summary>Why it may churn, strongest first.</summary>
    public IReadOnlyList<Driver> Drivers { get; init; } = [];

    /// <summary>Attributes, events and stays in segments; null where none is asked for.</summary>
    public IFieldValues? Others { get; init; }

    /// <summary>The contract that has ended; null for an account that pays.</summary>
    public EndedContract? Ended { get; init; }

    /// <summary>What the saved segments say, by id; asked when a condition asks for one of them.</summary>
    public IReadOnlyDictionary<string, Condition>? Segments { get; init; }

    public DateOnly AsOf => Features.Table.AsOf is { Length: > 0 } days ? days[Row] : default;

    public double Number(string field) => field switch
    {
        SegmentFields.FailedInvoices => Standing?.FailedInvoices ?? Features.Number(FeatureNames.InvoicesFailed91, Row),
        SegmentFields.OverdueInvoices => Standing?.OverdueInvoices ?? Features.Number(FeatureNames.InvoicesOverdue, Row),
        SegmentFields.EscalatedInquiries => Standing?.EscalatedInquiries ?? (Features.Number(FeatureNames.OpenInquiries, Row) >= 1 ? Features.Number(FeatureNames.Escalations91, Row) : 0),
        SegmentFields.EndedMonths => Ended?.Months ?? double.NaN,
        SegmentFields.EndedMoney => (double?)Ended?.Mrr ?? double.NaN,
        SegmentFields.EndedNps => Ended?.Nps ?? double.NaN,
        SegmentFields.EndedVoluntary => Ended?.Will switch { ChurnWill.Voluntary => 1, ChurnWill.Involuntary => 0, _ => double.NaN },
        SegmentFields.NoticeNear => Near(FeatureNames.DaysToNotice),
        SegmentFields.RenewalNear => Near(FeatureNames.DaysToRenewal),
        SegmentFields.Rule when Score is null => RuleScore,
        _ when field.StartsWith(SegmentFields.Member, StringComparison.Ordinal) => IsMember(field[SegmentFields.Member.Length..]),
        _ when field.StartsWith(SegmentFields.Entered, StringComparison.Ordinal) => Moved(field[SegmentFields.Entered.Length..], field, isMember: 1),
        _ when field.StartsWith(SegmentFields.Left, StringComparison.Ordinal) => Moved(field[SegmentFields.Left.Length..], field, isMember: 0),
        _ when IsOther(field) => Others?.Number(field) ?? double.NaN,
        _ when Score is not null && SegmentFields.NumberOf(Score, field) is { } number => number,
        _ => Features.Number(field, Row),
    };

    public IReadOnlyList<string> Texts(string field)
    {
        if (IsOther(field))
        {
            return Others?.Texts(field) ?? [];
        }

        if (field == SegmentFields.EndedReason)
        {
            return Ended?.Reason is { } reason ? [reason] : [];
        }

        if (field == SegmentFields.Drivers)
        {
            return [.. Drivers.Where(driver => driver.Points > 0).Select(driver => driver.Theme)];
        }

        var text = field == SegmentFields.Stage ? Stage : Score is null ? null : SegmentFields.TextOf(Score, field);
        return text is null ? [] : [text];
    }

    private string? Stage => Score?.State == ScoreState.Leaving ? "leaving"
        : Features.Number(FeatureNames.ContractAge, Row) is var age && double.IsNaN(age) ? null
        : age < NewDays ? "new" : "established";

    private static bool IsOther(string field) =>
        field.StartsWith(FeatureNames.Attribute, StringComparison.Ordinal) || field.StartsWith(SegmentFields.Happened, StringComparison.Ordinal);

    /// <summary>Near is two thirds of the horizon: 60 days of 90, 20 of 31. A business of monthly terms is not told of every renewal.</summary>
    private double Near(string feature) => Features.Number(feature, Row) switch
    {
        double.NaN => double.NaN,
        >= 0 and var days when days <= Settings.HorizonDays * 2.0 / 3 => 1,
        _ => 0,
    };

    /// <summary>The day of the last move into a segment or out of it; a move that this very day shows is not written down yet.</summary>
    private double Moved(string segmentId, string field, double isMember) =>
        Others is null ? double.NaN
        : IsMember(segmentId) == isMember && Others.Number(SegmentFields.Member + segmentId) is var stays && (isMember == 1 ? stays != 1 : stays == 1) ? AsOf.DayNumber
        : Others.Number(field);

    /// <summary>A segment that is gone has no members. Segments are never kept that ask for themselves; the depth is a second guard.</summary>
    private double IsMember(string segmentId) =>
        _depth > 16 || Segments is null || !Segments.TryGetValue(segmentId, out var condition) ? double.NaN
        : condition.Holds(this with { _depth = _depth + 1 }) ? 1 : 0;
}

/// <summary>What stands open of an account as of a day, which no feature says: triggers fire on what is true now.</summary>
/// <param name="FailedInvoices">Invoices whose payment failed lately and that are still not paid.</param>
/// <param name="EscalatedInquiries">Escalated inquiries that are still open.</param>
/// <param name="OverdueInvoices">Invoices that fell due lately, longer ago than late payers usually take, and are not paid.</param>
public readonly record struct StandingFacts(int FailedInvoices, int EscalatedInquiries, int OverdueInvoices = 0);

/// <summary>Why a play is suggested: a code that has a sentence in each language, and the sentence's numbers.</summary>
public sealed record PlayReason(string Code, IReadOnlyDictionary<string, double> Args);

/// <summary>One reason to suggest a play.</summary>
/// <param name="Reason">Code of its sentence.</param>
/// <param name="When">What has to hold.</param>
/// <param name="Args">The sentence's numbers: name and field, with a minus before the field where the number is turned round.</param>
public sealed record PlayTrigger(string Reason, Condition When, IReadOnlyDictionary<string, string> Args)
{
    /// <summary>Code of the reason of plays that people write: their condition holds.</summary>
    public const string OwnReason = "own_condition";

    /// <summary>The reason, where it holds for an account; numbers that are missing are left out.</summary>
    public PlayReason? Of(IFieldValues values)
    {
        if (!When.Holds(values))
        {
            return null;
        }

        var numbers = new Dictionary<string, double>(Args.Count, StringComparer.Ordinal);
        foreach (var (name, field) in Args)
        {
            var number = field[0] == '-' ? -values.Number(field[1..]) : values.Number(field);
            if (double.IsFinite(number))
            {
                numbers.Add(name, number);
            }
        }

        return new(Reason, numbers);
    }
}

/// <summary>How close the contact is that a play asks for.</summary>
public enum TouchTier
{
    /// <summary>A person speaks with the customer.</summary>
    High,

    /// <summary>A person writes, or speaks with many at once.</summary>
    Low,

    /// <summary>Nobody has to do anything by hand.</summary>
    Tech,
}

/// <summary>A way of acting on an account, with what it is believed to bring until its effect is measured.</summary>
public sealed record Play
{
    public const int LongestName = 80;

    public const int LongestMessage = 4_000;

    public const int LongestText = 2_000;

    /// <summary>Stable name in snake_case.</summary>
    public required string Key { get; init; }

    /// <summary>Its name as an instruction, in English and Japanese; null for a built-in one's own words.</summary>
    public string? NameEn { get; init; }

    public string? NameJa { get; init; }

    /// <summary>Words to say or write to the customer; null for a built-in one's own words, or none.</summary>
    public string? MessageEn { get; init; }

    public string? MessageJa { get; init; }

    /// <summary>What is sent where it goes by a gateway, as SMS or by LINE: plain text with fields; null for none.</summary>
    public string? TextEn { get; init; }

    public string? TextJa { get; init; }

    /// <summary>False for a play that is kept but not suggested.</summary>
    public bool IsOn { get; init; } = true;

    public bool IsUpsell { get; init; }

    /// <summary>How it can be done, best first; the first that no opt-out forbids is taken.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    public TouchTier Tier { get; init; }

    /// <summary>CSM time that it takes, 1–1440.</summary>
    public required double Minutes { get; init; }

    /// <summary>What it costs beside time, such as a coupon or a gift, in the reporting currency.</summary>
    public decimal Cost { get; init; }

    /// <summary>The stated prior: relative reduction of churn (0.1 = a tenth fewer), for upsell the relative growth of the probability of expansion. It weighs as many outcomes as <c>plays.prior_weight</c> says.</summary>
    public required double PriorEffect { get; init; }

    /// <summary>Share of the accounts that is held out, so that the effect can be told, 0–0.5; null for the company's share.</summary>
    public double? HoldoutShare { get; init; }

    /// <summary>What was learned of its effect; null where nothing was.</summary>
    [JsonIgnore]
    public LearnedEffects? Learned { get; init; }

    /// <summary>Days in which it is not suggested again after it was done.</summary>
    public required int CoolDownDays { get; init; }

    /// <summary>Who should do it: one of <see cref="PlayRules.Doers"/>.</summary>
    public required string By { get; init; }

    /// <summary>True where the customer waits for us, so that an earlier contact is no reason to wait.</summary>
    public bool IsReply { get; init; }

    /// <summary>The reasons to suggest it, strongest first.</summary>
    public required IReadOnlyList<PlayTrigger> Triggers { get; init; }

    /// <summary>Where this holds it is not suggested, whatever its reasons; null for nothing.</summary>
    public Condition? Exit { get; init; }

    /// <summary>The template of its message; null where it has none.</summary>
    public string? TemplateId { get; init; }

    /// <summary>What it does in several timed steps; null for a single touch.</summary>
    public PlaySequence? Sequence { get; init; }

    /// <summary>True for a play that asks for contracts that have ended: it is tried on customers who left, and its effect is that they come back.</summary>
    [JsonIgnore]
    public bool IsWinBack => Triggers.Any(trigger => trigger.When.Fields.Any(SegmentFields.IsOfEnded));

    /// <summary>Key of the message's wording.</summary>
    [JsonIgnore]
    public string MessageKey => $"play.{Key}.message";

    /// <summary>The plain text in a language, else in the other one; null where it has none.</summary>
    public (string Text, string Language)? TextIn(string language) =>
        language == "ja" && TextJa is { } japanese ? (japanese, "ja")
        : TextEn is { } english ? (english, "en")
        : TextJa is { } other ? (other, "ja")
        : null;

    /// <summary>The relative effect that values are computed with: learned where it was measured, else stated.</summary>
    public double EffectFor(string? segment) => Learned?.Of(segment) ?? PriorEffect;

    /// <summary>The reasons that hold for an account, strongest first; none where the exit rule holds.</summary>
    public IEnumerable<PlayReason> Reasons(IFieldValues values) =>
        Exit?.Holds(values) == true ? [] : Triggers.Select(trigger => trigger.Of(values)).OfType<PlayReason>();
}
