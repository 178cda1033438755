namespace CustomerSuccess.Core.Analytics;

/// <summary>Response, resolution and satisfaction of some inquiries. Times are clock hours, or open time where that was counted; null where nothing was counted or the curve does not reach so far.</summary>
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
public sealed record InquiryFigures(int Inquiries, double? FirstResponseMedian, double? FirstResponse90, double? ResolutionMedian, double? Resolution90, double? Satisfaction, int SatisfactionAnswers, int Satisfied, int Escalated, int Open)
{
    /// <summary>Lower end of the median's 95 % interval, by order statistics; null where the curve does not reach so far.</summary>
    public double? FirstResponseLower { get; init; }

    /// <summary>Upper end.</summary>
    public double? FirstResponseUpper { get; init; }

    public double? ResolutionLower { get; init; }

    public double? ResolutionUpper { get; init; }

    /// <summary>Lower end of the mean's 95 % interval, within 1–5; null below two answers.</summary>
    public double? SatisfactionLower { get; init; }

    /// <summary>Upper end.</summary>
    public double? SatisfactionUpper { get; init; }
}

/// <summary>Adds inquiries up. What still waits, or is open, enters as running so far (<see cref="WaitingTimes"/>).</summary>
public sealed class InquiryTally
{
    private const int SatisfiedFrom = 4;

    private const double Z = 1.959964;

    private readonly WaitingTimes _firstResponse = new(), _resolution = new();
    private int _answers, _satisfied, _escalated, _open;
    private long _satisfaction, _satisfactionSquares;

    /// <summary>Counts an inquiry in.</summary>
    /// <param name="opened">When it was opened.</param>
    /// <param name="answered">When it was first answered; null for not yet.</param>
    /// <param name="closed">When it was closed; null for not yet.</param>
    /// <param name="runs">Up to when it is known what happened to it.</param>
    /// <param name="satisfaction">1–5; null without an answer.</param>
    /// <param name="escalated">True where it was.</param>
    public void Add(DateTime opened, DateTime? answered, DateTime? closed, DateTime runs, int? satisfaction, bool escalated) =>
        Add((answered ?? runs) - opened, answered is not null, (closed ?? runs) - opened, closed is not null, satisfaction, escalated);

    /// <summary>Counts an inquiry in by how long it took, as whoever asks counts time.</summary>
    /// <param name="response">Until the first response, or so far.</param>
    /// <param name="isAnswered">True where it was answered.</param>
    /// <param name="resolution">Until it was closed, or so far.</param>
    /// <param name="isClosed">True where it is closed.</param>
    /// <param name="satisfaction">1–5; null without an answer.</param>
    /// <param name="escalated">True where it was.</param>
    public void Add(TimeSpan response, bool isAnswered, TimeSpan resolution, bool isClosed, int? satisfaction, bool escalated)
    {
        AddResponse(response, isAnswered);
        AddResolution(resolution, isClosed, satisfaction, escalated);
    }

    /// <summary>How many were counted in.</summary>
    public int Count => _firstResponse.Count;

    /// <summary>Counts the first response to an inquiry in, whose rest is counted apart. Ascending times need not be sorted.</summary>
    public void AddResponse(TimeSpan response, bool isAnswered) => _firstResponse.Add(response.TotalMinutes, !isAnswered);

    /// <summary>Counts whatever else is known of an inquiry in.</summary>
    public void AddResolution(TimeSpan resolution, bool isClosed, int? satisfaction, bool escalated)
    {
        _resolution.Add(resolution.TotalHours, !isClosed);
        _open += isClosed ? 0 : 1;
        _escalated += escalated ? 1 : 0;
        if (satisfaction is { } score)
        {
            _answers++;
            _satisfaction += score;
            _satisfactionSquares += score * score;
            _satisfied += score >= SatisfiedFrom ? 1 : 0;
        }
    }

    public InquiryFigures Figures()
    {
        var (responses, resolutions) = (Curve(_firstResponse), Curve(_resolution));
        return new(
            _firstResponse.Count, responses.Middle, responses.Ninety, resolutions.Middle, resolutions.Ninety, _answers == 0 ? null : (double)_satisfaction / _answers, _answers, _satisfied, _escalated, _open)
        {
            FirstResponseLower = responses.Lower,
            FirstResponseUpper = responses.Upper,
            ResolutionLower = resolutions.Lower,
            ResolutionUpper = resolutions.Upper,
            SatisfactionLower = SatisfactionHalf() is { } half ? Math.Max(1, ((double)_satisfaction / _answers) - half) : null,
            SatisfactionUpper = SatisfactionHalf() is { } other ? Math.Min(5, ((double)_satisfaction / _answers) + other) : null,
        };
    }

    private static (double? Lower, double? Middle, double? Upper, double? Ninety) Curve(WaitingTimes times)
    {
        var reach = Reach(times.Count);
        // of few, the interval reaches beyond the 90th percentile
        return 0.5 + reach <= 0.9 && times.Percentiles([0.5 - reach, 0.5, 0.5 + reach, 0.9]) is [var lower, var middle, var upper, var ninety] ? (lower, middle, upper, ninety)
            : (times.Percentile(0.5 - reach), times.Percentile(0.5), times.Percentile(0.5 + reach), times.Percentile(0.9));
    }

    /// <summary>By how much shares around a half are uncertain: the median's interval reaches from the one to the other.</summary>
    private static double Reach(int n) => n == 0 ? 0 : Math.Min(0.5, Z * 0.5 / Math.Sqrt(n));

    private double? SatisfactionHalf()
    {
        if (_answers < 2)
        {
            return null;
        }

        // answers that are all alike say less of the next one than their spread does: one more answer at each end of the scale is added
        var variance = ((_satisfactionSquares + 1 + 25) / (_answers + 2.0)) - Math.Pow((_satisfaction + 6) / (_answers + 2.0), 2);
        return Z * Math.Sqrt(Math.Max(0, variance) / _answers);
    }
}
