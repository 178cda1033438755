using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>By what answers can be told apart.</summary>
public enum NpsSlice
{
    Segment,
    Owner,

    /// <summary>Where the customer stood on the day of the answer.</summary>
    Stage,
}

/// <summary>Whose answers are looked at, by what the customer was on the day of the answer; null for all.</summary>
/// <param name="Segment">A segment; <see cref="RetentionScope.Unknown"/> where none was known then.</param>
/// <param name="Owner">An owner's address in lower case.</param>
/// <param name="Stage">A <see cref="LifecycleStage"/>, in words of code.</param>
public sealed record NpsScope(string? Segment = null, string? Owner = null, string? Stage = null)
{
    public static NpsScope All { get; } = new();

    public string? this[NpsSlice slice] => slice switch { NpsSlice.Segment => Segment, NpsSlice.Owner => Owner, _ => Stage };

    public NpsScope With(NpsSlice slice, string? value) => slice switch
    {
        NpsSlice.Segment => this with { Segment = value },
        NpsSlice.Owner => this with { Owner = value },
        _ => this with { Stage = value },
    };
}

/// <summary>What is asked for.</summary>
/// <param name="Scope">Whose answers.</param>
/// <param name="Grain">How long the trend's periods are: months or quarters.</param>
/// <param name="Months">How many months up to the last answer the figures beside the trend cover; null for all.</param>
/// <param name="Within">Days after an answer in which leaving is looked for; null for the horizon of predictions.</param>
public sealed record NpsAsk(NpsScope Scope, PeriodGrain Grain, int? Months, int? Within);

/// <summary>A period of the trend.</summary>
/// <param name="Period">Between which month ends.</param>
/// <param name="Score">Null where nobody answered.</param>
/// <param name="Change">Since the last period before it in which somebody answered; null for the first.</param>
public sealed record NpsPoint(RetentionPeriod Period, NetPromoter? Score, NpsChange? Change);

/// <summary>The answers of one value.</summary>
/// <param name="Value">A segment, address or stage; <see cref="RetentionScope.Unknown"/> where it was not known.</param>
/// <param name="Score">Null where nobody answered.</param>
/// <param name="Change">Against all other answers; null where there are none.</param>
/// <param name="Paying">Customers of the value who pay at the end of the time looked at.</param>
/// <param name="Heard">Of these, who answered in it.</param>
public sealed record NpsPart(string Value, NetPromoter? Score, NpsChange? Change, int Paying, int Heard)
{
    /// <summary>Whom surveys of the product asked in that time.</summary>
    public AskedPeople Asked { get; init; }
}

/// <summary>People whom surveys asked, as far as that is recorded: surveys that the product itself sent.</summary>
/// <param name="People">Invitations that were sent.</param>
/// <param name="Answered">Of these, how many were answered, whenever.</param>
/// <param name="Silent">Customers with an invitation that was not answered.</param>
public readonly record struct AskedPeople(int People, int Answered, int Silent)
{
    /// <summary>Share of those asked who answered; null where nobody was asked.</summary>
    public double? Rate => People == 0 ? null : (double)Answered / People;
}

/// <summary>Answers to another question than that of recommendation.</summary>
/// <param name="Kind"><c>csat</c> or <c>ces</c>.</param>
/// <param name="Answers">How many.</param>
/// <param name="Mean">On the scale 1–5 of satisfaction, 1–7 of effort.</param>
/// <param name="Good">Share that is satisfied (4 and 5) or found it easy (5 to 7).</param>
/// <param name="Lower">Lower end of its 95 % Wilson interval.</param>
/// <param name="Upper">Upper end.</param>
public sealed record OtherScore(string Kind, int Answers, double Mean, double Good, double Lower, double Upper);

/// <summary>Answers to the question of recommendation, and what came after them.</summary>
/// <param name="Period">The time that the figures beside the trend cover; null without answers.</param>
/// <param name="Score">The score in it.</param>
/// <param name="Before">The score in as much time before it; null without answers there, or where all are looked at.</param>
/// <param name="Change">Of the two.</param>
/// <param name="Points">The trend over all time, oldest first.</param>
/// <param name="Scores">How many gave 0, 1, … 10 in the period.</param>
/// <param name="Parts">By slice, largest first.</param>
/// <param name="Paying">Customers who pay at the period's end.</param>
/// <param name="Heard">Of these, who answered in it.</param>
/// <param name="Outcomes">What came after answers of all time: promoters, passives, detractors.</param>
/// <param name="Gap">By how much more often detractors left than promoters; null where nothing is known of either.</param>
/// <param name="Within">Days after an answer in which leaving was looked for.</param>
/// <param name="GraceDays">Days without MRR that are no churn yet.</param>
/// <param name="KnownUntil">The day up to which contracts are complete.</param>
public sealed record NpsOverview(
    RetentionPeriod? Period, NetPromoter? Score, NetPromoter? Before, NpsChange? Change, IReadOnlyList<NpsPoint> Points, IReadOnlyList<int> Scores,
    IReadOnlyDictionary<NpsSlice, IReadOnlyList<NpsPart>> Parts, int Paying, int Heard, IReadOnlyList<NpsOutcome> Outcomes, ShareDifference? Gap, int Within, int GraceDays, DateOnly? KnownUntil)
{
    /// <summary>Below so many answers a score says too little to be compared.</summary>
    public const int LeastAnswers = 10;

    /// <summary>Whom surveys of the product asked in the period.</summary>
    public AskedPeople Asked { get; init; }
}

/// <summary>Which answers are listed.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="From">Given from this day on; null for any.</param>
/// <param name="To">Given up to this day; null for any.</param>
public sealed record NpsAnswerAsk(NpsScope Scope, DateOnly? From, DateOnly? To)
{
    public NpsGroup? Group { get; init; }

    /// <summary>0–10; null for any.</summary>
    public int? Score { get; init; }

    /// <summary>What became of the customer; of one customer and group in one month, then, one answer. Null for any.</summary>
    public NpsFate? Fate { get; init; }

    /// <summary>Days after an answer in which leaving is looked for; null for the horizon of predictions.</summary>
    public int? Within { get; init; }

    /// <summary>Customers who pay at the end of the time and gave no answer in it, in place of answers.</summary>
    public bool Silent { get; init; }

    /// <summary>Customers whom a survey asked in the time and who have not answered it, in place of answers.</summary>
    public bool Unanswered { get; init; }

    public NpsSort Sort { get; init; }

    public bool Descending { get; init; } = true;
}

/// <summary>By what answers are ordered.</summary>
public enum NpsSort
{
    Day,
    Score,
    Name,
}

/// <summary>An answer with its customer; a customer alone where silent ones are listed.</summary>
public sealed record NpsAnswerRow(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, string? Owner, LifecycleStage? Stage, NpsAnswer? Answer, NpsFate Fate, DateOnly? LeftOn)
{
    /// <summary>What was written with the score.</summary>
    public string? Comment { get; init; }

    /// <summary>Who answered, where that is known.</summary>
    public string? Contact { get; init; }
}

/// <summary>A stretch of answers.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Total">Rows of the whole list.</param>
/// <param name="Accounts">Customers in the whole list.</param>
public sealed record NpsAnswerPage(IReadOnlyList<NpsAnswerRow> Rows, int Total, int Accounts);
