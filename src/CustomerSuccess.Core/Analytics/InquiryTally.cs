namespace CustomerSuccess.Core.Analytics;

/// <summary>Response, resolution and satisfaction of some inquiries. Times are clock hours; null where nothing was counted or the curve does not reach so far.</summary>
/// <param name="Inquiries">How many.</param>
/// <param name="FirstResponseMedian">Minutes until the first response, median.</param>
/// <param name="FirstResponse90">The same, 90th percentile.</param>
/// <param name="ResolutionMedian">Hours until closed, median.</param>
/// <param name="Resolution90">The same, 90th percentile.</param>
/// <param name="Satisfaction">Mean of the answers 1–5; null where nobody answered.</param>
/// <param name="SatisfactionAnswers">How many answered.</param>
/// <param name="Satisfied">Of these, with 4 or 5.</param>
/// <param name="Escalated">How many were escalated.</param>
/// <param name="Open">How many are not closed.</param>
public sealed record InquiryFigures(int Inquiries, double? FirstResponseMedian, double? FirstResponse90, double? ResolutionMedian, double? Resolution90, double? Satisfaction, int SatisfactionAnswers, int Satisfied, int Escalated, int Open);

/// <summary>Adds inquiries up. What still waits, or is open, enters as running so far (<see cref="WaitingTimes"/>).</summary>
public sealed class InquiryTally
{
    private const int SatisfiedFrom = 4;

    private readonly WaitingTimes _firstResponse = new(), _resolution = new();
    private int _answers, _satisfied, _escalated, _open;
    private long _satisfaction;

    /// <summary>Counts an inquiry in.</summary>
    /// <param name="opened">When it was opened.</param>
    /// <param name="answered">When it was first answered; null for not yet.</param>
    /// <param name="closed">When it was closed; null for not yet.</param>
    /// <param name="runs">Up to when it is known what happened to it.</param>
    /// <param name="satisfaction">1–5; null without an answer.</param>
    /// <param name="escalated">True where it was.</param>
    public void Add(DateTime opened, DateTime? answered, DateTime? closed, DateTime runs, int? satisfaction, bool escalated)
    {
        _firstResponse.Add(((answered ?? runs) - opened).TotalMinutes, answered is null);
        _resolution.Add(((closed ?? runs) - opened).TotalHours, closed is null);
        _open += closed is null ? 1 : 0;
        _escalated += escalated ? 1 : 0;
        if (satisfaction is { } score)
        {
            _answers++;
            _satisfaction += score;
            _satisfied += score >= SatisfiedFrom ? 1 : 0;
        }
    }

    public InquiryFigures Figures() => new(
        _firstResponse.Count, _firstResponse.Percentile(0.5), _firstResponse.Percentile(0.9), _resolution.Percentile(0.5), _resolution.Percentile(0.9),
        _answers == 0 ? null : (double)_satisfaction / _answers, _answers, _satisfied, _escalated, _open);
}
