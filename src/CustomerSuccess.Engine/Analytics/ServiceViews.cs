using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>By what inquiries can be told apart.</summary>
public enum ServiceSlice
{
    Category,

    /// <summary>Who answers.</summary>
    Assignee,

    /// <summary>Whose the customer was on the day of opening.</summary>
    Owner,

    /// <summary>What the customer was then.</summary>
    Segment,
    Priority,
}

/// <summary>Which inquiries are looked at; null for all.</summary>
/// <param name="Category">As the source writes it; <see cref="RetentionScope.Unknown"/> where it says none.</param>
/// <param name="Assignee">A sign-in's address, or a source's own name.</param>
/// <param name="Owner">An address in lower case.</param>
/// <param name="Segment">A segment.</param>
/// <param name="Priority">An <see cref="InquiryPriority"/>, in words of code.</param>
public sealed record ServiceScope(string? Category = null, string? Assignee = null, string? Owner = null, string? Segment = null, string? Priority = null)
{
    public static ServiceScope All { get; } = new();

    public string? this[ServiceSlice slice] => slice switch
    {
        ServiceSlice.Category => Category,
        ServiceSlice.Assignee => Assignee,
        ServiceSlice.Owner => Owner,
        ServiceSlice.Segment => Segment,
        _ => Priority,
    };

    public ServiceScope With(ServiceSlice slice, string? value) => slice switch
    {
        ServiceSlice.Category => this with { Category = value },
        ServiceSlice.Assignee => this with { Assignee = value },
        ServiceSlice.Owner => this with { Owner = value },
        ServiceSlice.Segment => this with { Segment = value },
        _ => this with { Priority = value },
    };

    /// <summary>What an inquiry is.</summary>
    internal static string ValueOf(BookEntry entry, InquiryLine inquiry, ServiceSlice slice) => slice switch
    {
        ServiceSlice.Category => inquiry.Category,
        ServiceSlice.Assignee => inquiry.Assignee,
        ServiceSlice.Owner => entry.Owner.On(inquiry.Day),
        ServiceSlice.Segment => entry.Segment.On(inquiry.Day),
        _ => inquiry.Priority.ToString(),
    } ?? RetentionScope.Unknown;

    internal bool Has(BookEntry entry, InquiryLine inquiry)
    {
        if (this == All)
        {
            return true;
        }

        foreach (var slice in Enum.GetValues<ServiceSlice>())
        {
            if (this[slice] is { } asked && ValueOf(entry, inquiry, slice) != asked)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Inquiries of a month.</summary>
/// <param name="Month">The month's end.</param>
/// <param name="Figures">Of those opened in it.</param>
/// <param name="Backlog">Open at its end, or at the end of what is known.</param>
/// <param name="BacklogAge">Days since these were opened, median; null for none.</param>
public sealed record ServiceMonth(DateOnly Month, InquiryFigures Figures, int Backlog, double? BacklogAge);

/// <summary>Inquiries of one value.</summary>
public sealed record ServicePart(string Value, InquiryFigures Figures);

/// <summary>Open inquiries by how long they have been open.</summary>
/// <param name="FromDays">For so many days.</param>
/// <param name="ToDays">For less than so many; null for any longer.</param>
/// <param name="Inquiries">How many.</param>
/// <param name="Unanswered">Of these, never answered.</param>
public sealed record BacklogBand(int FromDays, int? ToDays, int Inquiries, int Unanswered);

/// <summary>What a customer may have gone through before a day.</summary>
public enum ServiceExperience
{
    /// <summary>At least one inquiry, against none.</summary>
    AnyInquiry,

    /// <summary>Three inquiries or more, against one or two.</summary>
    ManyInquiries,

    /// <summary>A first response that took longer than a day, against none that did.</summary>
    SlowResponse,

    /// <summary>An inquiry open for two weeks or longer on the day, against none.</summary>
    OldBacklog,

    /// <summary>An escalation, against none.</summary>
    Escalation,

    /// <summary>Satisfaction of 1 or 2, against 4 or 5 alone.</summary>
    Dissatisfied,
}

/// <summary>How often customers left after an experience, and without it. An association, no effect.</summary>
/// <param name="Experience">Which.</param>
/// <param name="With">Customers at the days looked at who had it.</param>
/// <param name="LeftWith">Of these, who left in the days after.</param>
/// <param name="Without">Customers compared with.</param>
/// <param name="LeftWithout">Of these, who left.</param>
/// <param name="Difference">Of the two shares; null where either was counted over nobody.</param>
public sealed record ServiceAssociation(ServiceExperience Experience, int With, int LeftWith, int Without, int LeftWithout, ShareDifference? Difference)
{
    /// <summary>Customers, and customers who left, below which nothing is said.</summary>
    public const int LeastCustomers = 30, LeastLeft = 5;

    /// <summary>True where both sides and those who left are enough to say something.</summary>
    public bool IsTold => With >= LeastCustomers && Without >= LeastCustomers && LeftWith + LeftWithout >= LeastLeft;
}

/// <summary>How well customers are served.</summary>
/// <param name="From">The first day of the months looked at; null without inquiries.</param>
/// <param name="To">Their last day.</param>
/// <param name="Figures">Of inquiries opened in them.</param>
/// <param name="Before">Of as many months before; null where there are none.</param>
/// <param name="Months">Month by month, oldest first.</param>
/// <param name="Parts">By slice, most inquiries first.</param>
/// <param name="Backlog">Open now, or where what is known ends.</param>
/// <param name="BacklogAge">Days since they were opened, median.</param>
/// <param name="BacklogAge90">The same, 90th percentile.</param>
/// <param name="BacklogDay">The day on which they are open.</param>
public sealed record ServiceOverview(
    DateOnly? From, DateOnly? To, InquiryFigures Figures, InquiryFigures? Before, IReadOnlyList<ServiceMonth> Months, IReadOnlyDictionary<ServiceSlice, IReadOnlyList<ServicePart>> Parts,
    IReadOnlyList<BacklogBand> Backlog, double? BacklogAge, double? BacklogAge90, DateOnly? BacklogDay)
{
    /// <summary>Below so many inquiries a figure says too little to be drawn.</summary>
    public const int LeastInquiries = 10;
}

/// <summary>Service and leaving.</summary>
/// <param name="Days">The days that were looked at, newest first; empty where none lies far enough back.</param>
/// <param name="Within">Days before them in which experiences count, and after them in which leaving does.</param>
/// <param name="Associations">One for each experience.</param>
public sealed record ServiceChurn(IReadOnlyList<DateOnly> Days, int Within, IReadOnlyList<ServiceAssociation> Associations);

/// <summary>Which inquiries are listed.</summary>
/// <param name="Scope">Which.</param>
public sealed record ServiceListAsk(ServiceScope Scope)
{
    /// <summary>True to count only the time in which the desk is open.</summary>
    public bool InBusinessTime { get; init; }

    /// <summary>Opened on this day or later; null for any.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Opened by this day; null for any.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Open at the end of this day; null for any.</summary>
    public DateOnly? OpenOn { get; init; }

    /// <summary>Of these, open for at least so many days; null for any.</summary>
    public int? AgeFrom { get; init; }

    /// <summary>Of these, open for less than so many days; null for any.</summary>
    public int? AgeTo { get; init; }

    /// <summary>True for escalated ones alone.</summary>
    public bool Escalated { get; init; }

    /// <summary>True for those with an answer on satisfaction alone.</summary>
    public bool Rated { get; init; }

    public ServiceSort Sort { get; init; }

    public bool Descending { get; init; } = true;
}

/// <summary>By what inquiries are ordered.</summary>
public enum ServiceSort
{
    Opened,
    FirstResponse,
    Resolution,
    Satisfaction,
}

/// <summary>An inquiry with its customer.</summary>
/// <param name="FirstResponseMinutes">Clock minutes, or as long as it waits so far.</param>
/// <param name="IsAnswered">False while it waits.</param>
/// <param name="ResolutionHours">Clock hours, or as long as it is open so far.</param>
/// <param name="IsClosed">False while it is open.</param>
public sealed record ServiceRow(
    int AccountNo, string AccountId, string Namespace, string Name, InquiryKey Key, DateOnly Opened, double FirstResponseMinutes, bool IsAnswered, double ResolutionHours, bool IsClosed,
    int? Satisfaction, bool Escalated, string? Category, string? Assignee, InquiryPriority Priority)
{
    /// <summary>In the customer's words; null where there are none.</summary>
    public string? Subject { get; init; }
}

/// <summary>A stretch of inquiries.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Total">Rows of the whole list.</param>
/// <param name="Figures">Of the whole list.</param>
public sealed record ServiceList(IReadOnlyList<ServiceRow> Rows, int Total, InquiryFigures Figures);

/// <summary>Which customers are listed: at the days looked at, by their experience and what came after.</summary>
/// <param name="Experience">Which.</param>
/// <param name="Had">True for those who had it, false for those compared with.</param>
/// <param name="Left">True for those who left after, false for those who stayed; null for both.</param>
public sealed record ServiceAccountAsk(ServiceExperience Experience, bool Had, bool? Left);

/// <summary>A customer at a day.</summary>
/// <param name="Day">The day looked at.</param>
/// <param name="Inquiries">Opened in the days before it.</param>
/// <param name="HasLeft">True where it left in the days after.</param>
/// <param name="Mrr">On the day, reporting currency.</param>
public sealed record ServiceAccountRow(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, string? Owner, DateOnly Day, int Inquiries, bool HasLeft, decimal Mrr);

/// <summary>A stretch of customers.</summary>
public sealed record ServiceAccountList(IReadOnlyList<ServiceAccountRow> Rows, int Total, int Accounts, string Currency);
