using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Effects;

/// <summary>What the figures say of a play.</summary>
public enum EffectVerdict
{
    /// <summary>Fewer than <see cref="Arms.Least"/> outcomes are known in either arm.</summary>
    TooLittle,

    /// <summary>There is enough to look at, and both "it works" and "it does nothing" are still possible.</summary>
    TooEarly,

    /// <summary>The interval that holds at every look lies on the good side of 0.</summary>
    Works,

    /// <summary>The planned end is reached and chance explains the difference, or an effect of the stated size is ruled out.</summary>
    DoesNotWork,

    /// <summary>The interval that holds at every look lies on the bad side of 0.</summary>
    Harms,
}

/// <summary>One random draw of a play with what became of the account.</summary>
/// <param name="AssignedOn">The day of the draw.</param>
/// <param name="IsOffered">False for a held-out account.</param>
/// <param name="Outcome">What became of it.</param>
public readonly record struct Drawn(DateOnly AssignedOn, bool IsOffered, OutcomeState Outcome)
{
    public bool IsKnown => Outcome is OutcomeState.Happened or OutcomeState.NotHappened;
}

/// <summary>What is stated of a play before it is measured.</summary>
/// <param name="Effect">Relative effect.</param>
/// <param name="Weight">Outcomes that it weighs.</param>
/// <param name="IsUpsell">True for a play that sells, or wins back: what happens is wished for.</param>
/// <param name="Share">Share that is held out, 0–1.</param>
/// <param name="UsualRate">Rate of the outcome among all accounts, 0–1, by which the number of assignments is planned until the play's own is known.</param>
public sealed record EffectPrior(double Effect, double Weight, bool IsUpsell, double Share, double UsualRate)
{
    /// <summary>True for a play that wins customers back: what happens is wished for as with one that sells.</summary>
    public bool IsWinBack { get; init; }

    /// <summary>The relative effect that is looked for: it plans the end, and a play for which it is ruled out does not work.</summary>
    public double LookedFor { get; init; } = Effect;
}

/// <summary>How the difference stood once so many outcomes were known.</summary>
/// <param name="On">The day from which on they could be known.</param>
/// <param name="Known">Assignments with known outcome.</param>
/// <param name="Difference">Offered less held out, with the interval that holds at every look.</param>
public readonly record struct EffectLook(DateOnly On, int Known, EffectInterval Difference);

/// <summary>The effect of a play, or of a part of its accounts, by intention to treat.</summary>
public sealed record PlayEffect
{
    /// <summary>Outcomes that must be known before the play's own rate plans its end.</summary>
    private const int RateFrom = 100, OutcomesFrom = 5;

    /// <summary>Days over which the pace is measured.</summary>
    private const int PaceDays = 180;

    /// <summary>An answer that is further away than ten years is none.</summary>
    private const int MostDays = 3_653;

    private PlayEffect()
    {
    }

    /// <summary>Accounts drawn, whatever is known of them.</summary>
    public int Offered { get; private init; }

    public int HeldOut { get; private init; }

    /// <summary>Drawn accounts whose outcome is not known yet.</summary>
    public int Pending { get; private init; }

    /// <summary>Drawn accounts that paid nothing on that day.</summary>
    public int NotPaying { get; private init; }

    /// <summary>The arms by known outcomes.</summary>
    public Arms Known { get; private init; }

    /// <summary>True where what happens is wished for: an expansion, or a return.</summary>
    public bool IsUpsell { get; private init; }

    /// <summary>True where it is a return.</summary>
    public bool IsWinBack { get; private init; }

    public EffectVerdict Verdict { get; private init; }

    /// <summary>Offered less held out, in shares; the interval holds however often somebody looks.</summary>
    public EffectInterval Difference { get; private init; }

    /// <summary>Relative effect, above 0 for a useful play; the interval holds however often somebody looks.</summary>
    public EffectInterval Relative { get; private init; }

    /// <summary>Known assignments after which the play is to be judged; null where no number is enough.</summary>
    public int? PlannedEnd { get; private init; }

    public bool IsEndReached { get; private init; }

    /// <summary>
    /// The difference with Newcombe's interval: over the first assignments up to the planned end, once that is reached; before, over all there is, and then it holds only
    /// if this very look had been fixed beforehand.
    /// </summary>
    public EffectInterval AtEnd { get; private init; }

    /// <summary>The relative effect that values are computed with: what was measured, drawn towards what was stated.</summary>
    public EffectInterval Learned { get; private init; }

    /// <summary>Draws a month (30 days), over the last 180 days.</summary>
    public double Pace { get; private init; }

    /// <summary>When an effect of the stated size may be expected to show at this pace; null where not within ten years. A day that has passed where the planned end is reached.</summary>
    public DateOnly? AnswerOn { get; private init; }

    /// <summary>The smallest useful relative effect that a year more at this pace finds with 80 %; null where it finds none.</summary>
    public double? Noticeable { get; private init; }

    /// <summary>How the difference stood at the end of each month in which outcomes became known, oldest first, from the first month with enough of them on.</summary>
    public IReadOnlyList<EffectLook> Looks { get; private init; } = [];

    public DateOnly? FirstOn { get; private init; }

    public DateOnly? LastOn { get; private init; }

    /// <summary>What the draws of a play say.</summary>
    /// <param name="drawn">All draws, in any order.</param>
    /// <param name="prior">What was stated.</param>
    /// <param name="rule">Lead, horizon and grace.</param>
    /// <param name="today">From which on the pace is reckoned.</param>
    public static PlayEffect Of(IEnumerable<Drawn> drawn, EffectPrior prior, LabelRule rule, DateOnly today)
    {
        var all = drawn.OrderBy(own => own.AssignedOn).ToList();
        var known = all.Where(own => own.IsKnown).ToList();
        var arms = Count(known);
        var (offered, heldOut) = (all.Count(own => own.IsOffered), all.Count(own => !own.IsOffered));

        // what was really drawn says more than what is stated now
        var share = Math.Min(offered, heldOut) >= Arms.Least ? (double)heldOut / all.Count : prior.Share;
        var happened = arms.Offered.Outcomes + arms.HeldOut.Outcomes;
        var rate = known.Count >= RateFrom && happened >= OutcomesFrom ? (double)happened / known.Count : prior.UsualRate;
        var end = EffectPower.Needed(rate, prior.LookedFor, prior.IsUpsell, share);
        var reached = end is { } planned && known.Count >= planned;
        var critical = ArmComparison.WhileLooking(known.Count);
        var difference = ArmComparison.Difference(arms, critical);
        var relative = ArmComparison.Relative(arms, prior.IsUpsell, critical);
        var atEnd = ArmComparison.Difference(reached ? Count(known.Take(end!.Value)) : arms, ArmComparison.AtPlannedEnd);
        var recent = all.Count(own => own.AssignedOn.DayNumber > today.DayNumber - PaceDays && own.AssignedOn <= today);
        return new()
        {
            Offered = offered,
            HeldOut = heldOut,
            Pending = all.Count(own => own.Outcome == OutcomeState.Pending),
            NotPaying = all.Count(own => own.Outcome == OutcomeState.NotPaying),
            Known = arms,
            IsUpsell = prior.IsUpsell,
            IsWinBack = prior.IsWinBack,
            Verdict = Judge(arms, prior, difference, relative, reached, atEnd),
            Difference = difference,
            Relative = relative,
            PlannedEnd = end,
            IsEndReached = reached,
            AtEnd = atEnd,
            Learned = LearnedEffect.Of(arms, prior.IsUpsell, prior.Effect, prior.Weight),
            Pace = recent * 30.0 / PaceDays,
            AnswerOn = AnswerOf(end, known, all.Count, recent, rule, today),
            Noticeable = EffectPower.Noticeable(known.Count + all.Count(own => own.Outcome == OutcomeState.Pending) + (int)(recent * 365.0 / PaceDays), rate, prior.IsUpsell, share),
            Looks = LooksOf(known, rule),
            FirstOn = all.Count == 0 ? null : all[0].AssignedOn,
            LastOn = all.Count == 0 ? null : all[^1].AssignedOn,
        };
    }

    private static EffectVerdict Judge(in Arms arms, EffectPrior prior, EffectInterval difference, EffectInterval relative, bool reached, EffectInterval atEnd) =>
        !arms.AreEnough ? EffectVerdict.TooLittle
        : difference.Upper < 0 ? prior.IsUpsell ? EffectVerdict.Harms : EffectVerdict.Works
        : difference.Lower > 0 ? prior.IsUpsell ? EffectVerdict.Works : EffectVerdict.Harms
        : (reached && atEnd.Contains(0)) || relative.Upper < prior.LookedFor ? EffectVerdict.DoesNotWork
        : EffectVerdict.TooEarly;

    private static DateOnly? AnswerOf(int? end, List<Drawn> known, int all, int recent, LabelRule rule, DateOnly today)
    {
        if (end is not { } needed)
        {
            return null;
        }

        if (known.Count >= needed)
        {
            return known[needed - 1].AssignedOn.AddDays(rule.Span);
        }

        var days = all >= needed ? 0 : recent == 0 ? double.PositiveInfinity : (needed - all) * (double)PaceDays / recent;
        return days + rule.Span > MostDays ? null : today.AddDays((int)Math.Ceiling(days) + rule.Span);
    }

    private static Arms Count(IEnumerable<Drawn> known) => known.Aggregate(default(Arms), (arms, own) => arms.With(own.IsOffered, own.Outcome == OutcomeState.Happened));

    private static List<EffectLook> LooksOf(List<Drawn> known, LabelRule rule)
    {
        var (looks, arms) = (new List<EffectLook>(), default(Arms));
        for (var i = 0; i < known.Count; i++)
        {
            arms = arms.With(known[i].IsOffered, known[i].Outcome == OutcomeState.Happened);
            var month = MonthOf(i);
            if (arms.AreEnough && (i + 1 == known.Count || MonthOf(i + 1) != month))
            {
                looks.Add(new(month.AddMonths(1).AddDays(-1), arms.Accounts, ArmComparison.Difference(arms, ArmComparison.WhileLooking(arms.Accounts))));
            }
        }

        return looks;

        DateOnly MonthOf(int i) => known[i].AssignedOn.AddDays(rule.Span) is var day ? new DateOnly(day.Year, day.Month, 1) : default;
    }
}
