using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Features;

/// <summary>When an account at a day is an observation, and what became of it, by the definitions of the design.</summary>
/// <param name="LeadDays">Days from t to the start of the horizon.</param>
/// <param name="HorizonDays">Days in which a predicted churn falls.</param>
/// <param name="GraceDays">Days an account may be without MRR before that is a churn event.</param>
public sealed record LabelRule(int LeadDays, int HorizonDays, int GraceDays)
{
    /// <summary>Growth of MRR from which on an account has expanded.</summary>
    public const decimal Expansion = 1.05m;

    /// <summary>Days after t that must be known before t has a label.</summary>
    public int Span => LeadDays + HorizonDays + GraceDays;

    public static LabelRule Of(CompanySettings settings) => new(settings.LeadDays, settings.HorizonDays, settings.GraceDays);

    /// <summary>The account at <paramref name="t"/>; null where it is not paying then.</summary>
    /// <param name="accountNo">The account.</param>
    /// <param name="terms">Its terms, none of them voided.</param>
    /// <param name="mrr">Their timeline.</param>
    /// <param name="churnEvents">Its churn events by this rule's grace, ascending.</param>
    /// <param name="t">The as-of date.</param>
    /// <param name="completeUntil">How far the contracts reach; null where that is unknown, so that there are no labels.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency, as known at t.</param>
    public Observation? At(int accountNo, IReadOnlyList<Subscription> terms, MrrTimeline mrr, IReadOnlyList<DateOnly> churnEvents, DateOnly t, DateOnly? completeUntil, Func<string, decimal> rate)
    {
        if (!mrr.IsPaying(t))
        {
            return null;
        }

        var observation = new Observation(accountNo, t, mrr.On(t, rate), null, null, null, IsLeaving(terms, t));
        if (observation.Leaving || completeUntil is not { } known || t.DayNumber + Span > known.DayNumber)
        {
            return observation;
        }

        var lead = t.AddDays(LeadDays);
        var end = lead.AddDays(HorizonDays);
        DateOnly? churn = null;
        foreach (var day in churnEvents)
        {
            if (day > t && day <= end)
            {
                churn = day;
                break;
            }
        }

        if (churn <= lead)
        {
            return observation;
        }

        return observation with { Churned = churn is not null, ChurnEventOn = churn, Expanded = churn is null && HasExpanded(mrr, lead, end, rate) };
    }

    /// <summary>True where notice has been given by t for every paying term, so that the account is known to leave.</summary>
    public static bool IsLeaving(IReadOnlyList<Subscription> terms, DateOnly t)
    {
        var paying = false;
        foreach (var term in terms)
        {
            if (term.Mrr > 0 && term.StartedOn <= t && !(term.EndedOn <= t))
            {
                paying = true;
                if (!(term.NoticeOn <= t))
                {
                    return false;
                }
            }
        }

        return paying;
    }

    /// <summary>Contract currency: several currencies are weighed by one and the same rates.</summary>
    internal static bool HasExpanded(MrrTimeline mrr, DateOnly from, DateOnly to, Func<string, decimal> rate)
    {
        Func<string, decimal> weight = mrr.Currencies.Count == 1 ? static _ => 1 : rate;
        var start = mrr.On(from, weight);
        return start > 0 && mrr.On(to, weight) >= Expansion * start;
    }
}
