using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;

namespace CustomerSuccess.Engine.Feedback;

/// <summary>Which texts are looked at; null for all. What a customer is, is taken on the day of the text.</summary>
/// <param name="Segment">A segment; <see cref="RetentionScope.Unknown"/> where none was known.</param>
/// <param name="Owner">An owner's address in lower case, likewise.</param>
/// <param name="Language"><c>ja</c> or <c>en</c>.</param>
/// <param name="Source">Comments or inquiries.</param>
public sealed record FeedbackScope(string? Segment = null, string? Owner = null, string? Language = null, FeedbackSource? Source = null)
{
    public static FeedbackScope All { get; } = new();

    internal bool Has(BookEntry entry, FeedbackLine line) =>
        (Language is null || line.Language == Language) && (Source is null || line.Source == Source)
        && (Segment is null || (entry.Segment.On(line.Day) ?? RetentionScope.Unknown) == Segment)
        && (Owner is null || (entry.Owner.On(line.Day) ?? RetentionScope.Unknown) == Owner);
}

/// <summary>What the page asks.</summary>
/// <param name="Scope">Which texts.</param>
/// <param name="Months">Months looked at, up to the last one with a text, 1 or more.</param>
/// <param name="AgainstYear">True to compare with the same months a year before, false with as many just before.</param>
public sealed record FeedbackAsk(FeedbackScope Scope, int Months, bool AgainstYear);

/// <summary>How often customers left after they spoke of a theme, and after they wrote of anything else. An association, no effect.</summary>
/// <param name="With">Paying customers at the days looked at who had spoken of it in the days before.</param>
/// <param name="LeftWith">Of these, who left in the days after.</param>
/// <param name="Without">Customers who had written, of other things alone.</param>
/// <param name="LeftWithout">Of these, who left.</param>
/// <param name="Difference">Of the two shares; null where either was counted over nobody.</param>
public sealed record ThemeChurn(int With, int LeftWith, int Without, int LeftWithout, ShareDifference? Difference)
{
    /// <summary>True where both sides and those who left are enough to say something.</summary>
    public bool IsTold => With >= ServiceAssociation.LeastCustomers && Without >= ServiceAssociation.LeastCustomers && LeftWith + LeftWithout >= ServiceAssociation.LeastLeft;
}

/// <summary>What is known of a theme in a time.</summary>
/// <param name="Texts">Of it.</param>
/// <param name="Accounts">Customers who wrote them.</param>
/// <param name="Mrr">Of those who still pay, reporting currency.</param>
/// <param name="Gone">Those who pay no more.</param>
/// <param name="AccountsBefore">Customers in the time before; null where nothing was written then.</param>
/// <param name="Share">Of customers who wrote, 0–1.</param>
/// <param name="ShareBefore">The same before.</param>
/// <param name="Change">Whether it grows.</param>
/// <param name="Unhappy">Texts that sound unhappy.</param>
/// <param name="Told">Texts of which sentiment is told.</param>
/// <param name="Nps">Of answers with such a comment; null for none.</param>
/// <param name="Csat">Mean of 1–5 over inquiries and answers; null for none.</param>
/// <param name="CsatAnswers">How many.</param>
/// <param name="Ces">Mean of 1–7; null for none.</param>
/// <param name="CesAnswers">How many.</param>
/// <param name="Churn">Whether customers left more often after it.</param>
/// <param name="Quotes">The newest of each language, newest first.</param>
public sealed record ThemeFigures(
    FeedbackTheme Theme, int Texts, int Accounts, decimal Mrr, int Gone, int? AccountsBefore, double? Share, double? ShareBefore, ThemeTrend Change, int Unhappy, int Told,
    NetPromoter? Nps, double? Csat, int CsatAnswers, double? Ces, int CesAnswers, ThemeChurn Churn, IReadOnlyList<string> Quotes);

/// <summary>A month: customers who wrote, and who spoke of each theme in the order of <see cref="FeedbackOverview.Themes"/>.</summary>
public sealed record FeedbackMonth(DateOnly Month, int Wrote, IReadOnlyList<int> Accounts);

/// <summary>A theme that the machine proposes, with what customers wrote.</summary>
public sealed record ProposedTheme(ThemeProposal Proposal, IReadOnlyList<string> Quotes);

/// <summary>What customers say.</summary>
/// <param name="From">The first day looked at; null without texts.</param>
/// <param name="To">The last one.</param>
/// <param name="BeforeFrom">The first day compared with.</param>
/// <param name="BeforeTo">The last one.</param>
/// <param name="Texts">In the time.</param>
/// <param name="Wrote">Customers who wrote them.</param>
/// <param name="Caught">Texts of any theme.</param>
/// <param name="Themes">By customers, most first; those without a text are left out.</param>
/// <param name="Months">Oldest first: at least the last twelve.</param>
/// <param name="Proposed">What no theme catches.</param>
/// <param name="Skill">How well sentiment is told: of both languages, then of each.</param>
/// <param name="HasSentiment">True where it may be told.</param>
/// <param name="HighButUnhappy">Texts with a high score that sound unhappy.</param>
/// <param name="LowButHappy">Texts with a low score that sound happy.</param>
/// <param name="Scored">Texts with a score of which sentiment is told.</param>
/// <param name="Currency">Of MRR.</param>
/// <param name="MrrOn">The day on which it is taken.</param>
/// <param name="Within">Days before and after the days at which leaving is looked at.</param>
/// <param name="Segments">There are, by what customers are now.</param>
/// <param name="Owners">Likewise.</param>
public sealed record FeedbackOverview(
    DateOnly? From, DateOnly? To, DateOnly? BeforeFrom, DateOnly? BeforeTo, int Texts, int Wrote, int Caught, IReadOnlyList<ThemeFigures> Themes, IReadOnlyList<FeedbackMonth> Months, IReadOnlyList<ProposedTheme> Proposed,
    IReadOnlyList<SentimentSkill> Skill, bool HasSentiment, int HighButUnhappy, int LowButHappy, int Scored, string Currency, DateOnly? MrrOn, int Within, IReadOnlyList<string> Segments, IReadOnlyList<string> Owners)
{
    /// <summary>Customers who write in a month, below which it is not drawn; and customers of a theme, below which it is not either.</summary>
    public const int LeastWrote = 10, LeastSpoke = 5;

    /// <summary>Texts after the time looked at, in months that contracts do not reach yet.</summary>
    public int Newer { get; init; }
}

/// <summary>Where words and score disagree.</summary>
public enum Disagreement
{
    HighButUnhappy,
    LowButHappy,
}

/// <summary>By what lists are ordered.</summary>
public enum FeedbackSort
{
    Day,
    Score,
    Name,
    Mrr,
    Texts,
}

/// <summary>Which texts, or whose, are listed.</summary>
/// <param name="Scope">Which.</param>
/// <param name="ThemeId">Of a theme; <see cref="NoTheme"/> for those of none, null for all.</param>
public sealed record FeedbackListAsk(FeedbackScope Scope, string? ThemeId)
{
    /// <summary>Stands for no theme.</summary>
    public const string NoTheme = "-";

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public Disagreement? Disagreement { get; init; }

    public FeedbackSort Sort { get; init; }

    public bool Descending { get; init; } = true;
}

/// <summary>A text with its customer.</summary>
public sealed record FeedbackRow(
    int AccountNo, string AccountId, string Namespace, string Name, FeedbackSource Source, InquiryKey Key, DateOnly Day, string Language, string Text, string Kind, double? Score, Sentiment Sentiment, IReadOnlyList<FeedbackTheme> Themes, int? ContactNo);

/// <summary>A stretch of texts.</summary>
/// <param name="Theme">The one asked for; null for none.</param>
/// <param name="Words">By which it is told, folded, to mark them.</param>
public sealed record FeedbackTexts(IReadOnlyList<FeedbackRow> Rows, int Total, int Accounts, FeedbackTheme? Theme, IReadOnlyList<string> Words);

/// <summary>A customer behind a theme.</summary>
/// <param name="Mrr">Today's, reporting currency; 0 for who pays no more.</param>
/// <param name="Health">0–100; null where none was computed.</param>
/// <param name="Risk">Probability of churn, 0–1; null where none was computed.</param>
/// <param name="Drivers">What raises it most, at most three.</param>
public sealed record FeedbackAccount(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, string? Owner, int Texts, DateOnly Last, decimal Mrr, bool Pays)
{
    public double? Health { get; init; }

    public double? Risk { get; init; }

    public IReadOnlyList<Driver> Drivers { get; init; } = [];
}

/// <summary>A reason that stands first among customers of a theme.</summary>
/// <param name="Reason">A theme of features.</param>
public sealed record DriverBehind(string Reason, int Accounts, decimal Mrr);

/// <summary>A stretch of customers.</summary>
/// <param name="Drivers">What raises their risk most, by MRR: of the first <see cref="FeedbackReport.MostDrivers"/> of them.</param>
/// <param name="IsFallback">True where reasons are those of rules.</param>
public sealed record FeedbackAccounts(IReadOnlyList<FeedbackAccount> Rows, int Total, decimal Mrr, string Currency, FeedbackTheme? Theme, IReadOnlyList<DriverBehind> Drivers, bool IsFallback);
