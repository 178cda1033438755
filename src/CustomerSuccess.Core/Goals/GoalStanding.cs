using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Goals;

/// <summary>How a goal stands.</summary>
public enum GoalStatus
{
    /// <summary>There is no figure yet that lies in the goal's time.</summary>
    NotMeasured,

    /// <summary>The figure rests on too few cases to say whether it is as good as it should be.</summary>
    TooFewToTell,

    /// <summary>Not behind its path.</summary>
    OnTrack,

    /// <summary>Worse than the path asks for, beyond chance.</summary>
    Behind,

    /// <summary>As good as the target, beyond chance.</summary>
    Reached,

    /// <summary>The day has passed, and the figure is worse than the target beyond chance.</summary>
    Missed,
}

/// <summary>A goal's figure against its path.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Point">The newest figure in the goal's time; null where there is none.</param>
/// <param name="Expected">What the path asks for at that figure's day; null without one.</param>
public sealed record GoalStanding(GoalStatus Status, MeasurePoint? Point, double? Expected)
{
    /// <summary>Below so many cases a figure that chance bears upon tells nothing.</summary>
    public const int LeastCases = 10;

    /// <summary>True where the goal's owner has something to do.</summary>
    public bool IsOff => Status is GoalStatus.Behind or GoalStatus.Missed;

    /// <summary>
    /// Judges a goal. A figure with an interval is called better or worse than another value only where the whole interval lies on that side of it,
    /// so that nothing is called missed, behind or reached by chance more often than one time in forty. A figure counted over everybody is taken as it is.
    /// </summary>
    /// <param name="goal">The goal.</param>
    /// <param name="points">Figures by month end, in any order.</param>
    /// <param name="today">The company's day. The figure of a month that has not ended by then, or that ends after the goal's day, is not looked at.</param>
    public static GoalStanding Of(Goal goal, IEnumerable<MeasurePoint> points, DateOnly today)
    {
        var measure = MeasureCatalogue.Of(goal.Measure);
        var last = LastMonth(goal);
        var point = points.Where(point => point.Month <= today && point.Month <= last && point.Month >= goal.StartOn).MaxBy(point => point.Month);
        if (point is null)
        {
            return new(GoalStatus.NotMeasured, null, null);
        }

        var path = goal.Path;
        var expected = path.On(point.Month) ?? (double)goal.StartValue;
        if (measure.IsSampled && point.N < LeastCases)
        {
            return new(GoalStatus.TooFewToTell, point, expected);
        }

        // written so that a higher value is the better one
        var sign = measure.MoreIsBetter ? 1 : -1;
        var (value, low, high) = (sign * point.Value, sign * (measure.MoreIsBetter ? point.Lower : point.Upper), sign * (measure.MoreIsBetter ? point.Upper : point.Lower));
        // an end that is not known, such as of a median while many still wait, may lie anywhere
        var (worst, best) = measure.IsSampled ? (low ?? double.NegativeInfinity, high ?? double.PositiveInfinity) : (value, value);
        var (target, way) = (sign * (double)goal.TargetValue, sign * expected);
        var isOver = point.Month == last;
        const double Same = 1e-9;
        var status =
            worst >= target - Same ? GoalStatus.Reached
            : isOver ? best < target - Same ? GoalStatus.Missed : GoalStatus.TooFewToTell
            : best < way - Same ? GoalStatus.Behind
            : value >= way - Same ? GoalStatus.OnTrack
            : GoalStatus.TooFewToTell;
        return new(status, point, expected);
    }

    /// <summary>The month end whose figure decides: the last one by the goal's day.</summary>
    public static DateOnly LastMonth(Goal goal) => MonthEnds.OnOrBefore(goal.DueOn);
}

/// <summary>When goals are looked at again.</summary>
public static class GoalReviews
{
    /// <summary>The newest month whose review is due; null where none is, or it has been written. A goal is reviewed for each month that has ended since its first day, the last time for the month that decides.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="reviewed">The newest month that has been reviewed; null for none.</param>
    /// <param name="today">The company's day.</param>
    public static DateOnly? Due(Goal goal, DateOnly? reviewed, DateOnly today)
    {
        var ended = MonthEnds.OnOrBefore(today.AddDays(-1));
        var last = GoalStanding.LastMonth(goal);
        var month = ended < last ? ended : last;
        return goal.DeletedAt is null && month >= goal.StartOn && !(reviewed >= month) ? month : null;
    }
}
