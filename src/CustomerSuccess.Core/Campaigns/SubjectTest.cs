using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Campaigns;

/// <summary>What a comparison of subjects says.</summary>
public enum SubjectVerdict
{
    /// <summary>One subject is better than every other, beyond what chance explains.</summary>
    Winner,

    /// <summary>One is ahead, and chance may explain it.</summary>
    Unclear,

    /// <summary>Fewer than <see cref="Arms.Least"/> of some subject were sent.</summary>
    TooFew,
}

/// <summary>What the comparison chose.</summary>
/// <param name="Subject">The one with the highest rate, from 0; of equal ones the first.</param>
public sealed record SubjectChoice(SubjectVerdict Verdict, int Subject);

/// <summary>
/// Compares the subjects of a campaign, once, at an hour that was fixed beforehand. A subject wins where it is better than each other one by Newcombe's interval for two
/// shares, at a level by which all pairs together err in at most 5 % (Bonferroni over the other subjects). Where it does not, the one that is ahead is still the best guess, and is called that.
/// </summary>
public static class SubjectTest
{
    public static SubjectChoice Choose(IReadOnlyList<Arm> subjects)
    {
        var best = Enumerable.Range(0, subjects.Count).MaxBy(i => double.IsNaN(subjects[i].Rate) ? -1 : subjects[i].Rate);
        if (subjects.Count < 2 || subjects.Any(arm => arm.Accounts < Arms.Least))
        {
            return new(SubjectVerdict.TooFew, best);
        }

        var critical = Critical(subjects.Count);
        var wins = Enumerable.Range(0, subjects.Count).Where(i => i != best).All(i => ArmComparison.Difference(new Arms(subjects[best], subjects[i]), critical).Lower > 0);
        return new(wins ? SubjectVerdict.Winner : SubjectVerdict.Unclear, best);
    }

    /// <summary>The critical value with which one subject is compared with each of the others: 1.96 for two.</summary>
    public static double Critical(int subjects) => NormalDistribution.Quantile(1 - (ArmComparison.Error / 2 / Math.Max(1, subjects - 1)));

    /// <summary>A share with Wilson's score interval of 95 %; NaN over nobody.</summary>
    public static EffectInterval Share(Arm arm)
    {
        if (arm.Accounts == 0)
        {
            return new(double.NaN, double.NaN, double.NaN);
        }

        double n = arm.Accounts, p = arm.Rate, z = ArmComparison.AtPlannedEnd;
        var scale = 1 + (z * z / n);
        var centre = p + (z * z / (2 * n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        return new(p, Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
    }
}
