using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Effects;

/// <summary>What became of an account after it was drawn for a play.</summary>
public enum OutcomeState
{
    /// <summary>Its time is not over, or the contracts do not reach so far.</summary>
    Pending,

    /// <summary>It paid nothing on the day of the draw, so that there was nothing to keep; for a play that wins back, it paid. It counts in neither arm.</summary>
    NotPaying,

    /// <summary>For a play that keeps: it left. For one that sells: it expanded. For one that wins back: it pays again.</summary>
    Happened,

    NotHappened,
}

/// <summary>
/// Decides outcomes of assignments. A play that keeps customers is measured by churn events within lead + horizon days after the draw, which are certain once the grace period
/// is over too; a play that sells by MRR at the end of the horizon of at least 1.05 times that on the day of the draw; one that wins back by a day within lead + horizon on which the
/// customer pays again. There is no gap after the draw as there is for predictions:
/// a customer that leaves at once counts, in either arm.
/// </summary>
public static class AssignmentOutcome
{
    /// <summary>The outcome of an account with terms.</summary>
    /// <param name="mrr">Its timeline.</param>
    /// <param name="churnEvents">Its churn events by the rule's grace, ascending.</param>
    /// <param name="assignedOn">The day of the draw.</param>
    /// <param name="isUpsell">True for a play that sells.</param>
    /// <param name="rule">Lead, horizon and grace.</param>
    /// <param name="knownUntil">How far the contracts reach; null where that is unknown.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency; asked only where several are paid in.</param>
    public static OutcomeState Of(MrrTimeline mrr, IReadOnlyList<DateOnly> churnEvents, DateOnly assignedOn, bool isUpsell, LabelRule rule, DateOnly? knownUntil, Func<string, decimal> rate)
    {
        if (knownUntil is not { } known || assignedOn.DayNumber + rule.Span > known.DayNumber)
        {
            return OutcomeState.Pending;
        }

        if (!mrr.IsPaying(assignedOn))
        {
            return OutcomeState.NotPaying;
        }

        var end = assignedOn.AddDays(rule.LeadDays + rule.HorizonDays);
        var happened = isUpsell ? LabelRule.HasExpanded(mrr, assignedOn, end, rate) : churnEvents.Any(day => day > assignedOn && day <= end);
        return happened ? OutcomeState.Happened : OutcomeState.NotHappened;
    }

    /// <summary>The outcome of an account that was drawn for a play that wins back.</summary>
    /// <inheritdoc cref="Of"/>
    public static OutcomeState OfReturn(MrrTimeline mrr, DateOnly assignedOn, LabelRule rule, DateOnly? knownUntil)
    {
        if (knownUntil is not { } known || assignedOn.DayNumber + rule.Span > known.DayNumber)
        {
            return OutcomeState.Pending;
        }

        if (mrr.IsPaying(assignedOn) || !(mrr.FirstPayingDay < assignedOn))
        {
            return OutcomeState.NotPaying;
        }

        var end = assignedOn.AddDays(rule.LeadDays + rule.HorizonDays);
        return mrr.ChangeDays.Any(day => day > assignedOn && day <= end && mrr.IsPaying(day)) ? OutcomeState.Happened : OutcomeState.NotHappened;
    }
}
