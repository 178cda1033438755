namespace CustomerSuccess.Core.Timeline;

/// <summary>A turn in an account's usage.</summary>
/// <param name="Day">The first day of use, the first day of a silence, or the day on which it was used again.</param>
/// <param name="Kind">One of <see cref="TimelineKinds"/>.</param>
/// <param name="SilentDays">Days without use: of a silence until it ended or, if it lasts, until the data's end. 0 for the first use.</param>
public sealed record UsageMilestone(DateOnly Day, string Kind, int SilentDays);

/// <summary>Tells a silence from a pause: at least two weeks, and at least four times what usually lies between two days of use.</summary>
public static class UsageMilestones
{
    /// <summary>Days without use that are a silence at least.</summary>
    public const int LeastSilentDays = 14;

    private const int UsualPauses = 4;

    /// <summary>Every turn, oldest first.</summary>
    /// <param name="days">Days with use, ascending, each once.</param>
    /// <param name="until">Until when the usage data are complete: a day without rows after it says nothing.</param>
    public static IReadOnlyList<UsageMilestone> Of(IReadOnlyList<DateOnly> days, DateOnly until)
    {
        if (days.Count == 0)
        {
            return [];
        }

        var silence = LeastSilence(days);
        List<UsageMilestone> milestones = [new(days[0], TimelineKinds.UsageFirst, 0)];
        for (var i = 1; i < days.Count; i++)
        {
            var silent = days[i].DayNumber - days[i - 1].DayNumber - 1;
            if (silent >= silence)
            {
                milestones.Add(new(days[i - 1].AddDays(1), TimelineKinds.UsageSilent, silent));
                milestones.Add(new(days[i], TimelineKinds.UsageReturned, silent));
            }
        }

        if (until.DayNumber - days[^1].DayNumber is var lasting && lasting >= silence)
        {
            milestones.Add(new(days[^1].AddDays(1), TimelineKinds.UsageSilent, lasting));
        }

        return milestones;
    }

    private static int LeastSilence(IReadOnlyList<DateOnly> days)
    {
        var steps = days.Skip(1).Select((day, i) => day.DayNumber - days[i].DayNumber).Order().ToList();
        return Math.Max(LeastSilentDays, steps.Count == 0 ? 0 : UsualPauses * steps[steps.Count / 2]);
    }
}
