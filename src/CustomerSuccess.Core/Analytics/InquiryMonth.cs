namespace CustomerSuccess.Core.Analytics;

/// <summary>Inquiries opened in a month (of the company's time zone). Times in clock hours; null where nothing was counted or the curve does not reach so far.</summary>
/// <param name="Month">The month's first day.</param>
/// <param name="Inquiries">How many were opened.</param>
/// <param name="FirstResponseMedian">Minutes until the first response, median.</param>
/// <param name="FirstResponse90">The same, 90th percentile.</param>
/// <param name="ResolutionMedian">Hours until closed, median.</param>
/// <param name="Resolution90">The same, 90th percentile.</param>
/// <param name="Satisfaction">Mean of the answers 1–5; null where nobody answered.</param>
/// <param name="SatisfactionAnswers">How many answered.</param>
/// <param name="Escalated">How many were escalated.</param>
public sealed record InquiryMonth(DateOnly Month, int Inquiries, double? FirstResponseMedian, double? FirstResponse90, double? ResolutionMedian, double? Resolution90, double? Satisfaction, int SatisfactionAnswers, int Escalated);

/// <summary>Answers of a month to the question of recommendation; <see cref="Score"/> is null where nobody answered.</summary>
/// <param name="Month">The month's first day.</param>
/// <param name="Score">The score with its counts and interval.</param>
public sealed record NpsMonth(DateOnly Month, NetPromoter? Score);
