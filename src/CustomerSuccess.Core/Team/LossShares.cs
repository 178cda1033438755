namespace CustomerSuccess.Core.Team;

/// <summary>From a day on an account was somebody's.</summary>
/// <param name="From">The first day.</param>
/// <param name="Owner">An address in lower case; null for nobody.</param>
public readonly record struct OwnedFrom(DateOnly From, string? Owner);

/// <summary>The time in which losses are counted, with what was predicted at its beginning.</summary>
/// <param name="AsOf">The day as of which the accounts were scored.</param>
/// <param name="LeadDays">Days after it in which a loss is not yet counted.</param>
/// <param name="HorizonDays">Days after those in which it is.</param>
public readonly record struct LossWindow(DateOnly AsOf, int LeadDays, int HorizonDays)
{
    /// <summary>The first day on which a loss counts.</summary>
    public DateOnly First => AsOf.AddDays(LeadDays + 1);

    /// <summary>The last one.</summary>
    public DateOnly Last => AsOf.AddDays(LeadDays + HorizonDays);
}

/// <summary>What of an account's risk and loss is one owner's.</summary>
/// <param name="Owner">An address in lower case; null for nobody.</param>
/// <param name="Expected">Losses that were to be expected, of 1.</param>
/// <param name="Variance">Of the observed share, were the prediction true.</param>
/// <param name="Observed">0 where the account stayed; else the owner's share of the loss, 0–1.</param>
public readonly record struct LossShare(string? Owner, double Expected, double Variance, double Observed);

/// <summary>
/// Tells the losses of an account that went from hand to hand from its predicted probability. A predicted probability P is spread evenly over the window's days as the risk −ln(1 − P);
/// it accrues day by day for as long as the account is there, and each day's risk, like a loss on that day, is shared by the days for which each has owned the account since the window's
/// beginning. Whoever inherits an account shortly before it leaves therefore bears little of the loss, and by the same shares little of what was expected: were the predictions true,
/// observed less expected would be 0 on average for everybody, however accounts were handed over (it is a martingale: the expected losses are the compensator of the observed ones,
/// Andersen and Gill 1982).
/// </summary>
public static class LossShares
{
    /// <summary>Probabilities above this are taken for it: the risk of a certain loss has no size.</summary>
    private const double MostProbability = 0.999;

    /// <param name="probability">Of a loss in the window, 0–1.</param>
    /// <param name="window">The time looked at.</param>
    /// <param name="leftOn">The day on which the account left within the window; null where it stayed.</param>
    /// <param name="owners">Whose it was, by day, ascending; who owned it at the beginning first.</param>
    public static IReadOnlyList<LossShare> Of(double probability, LossWindow window, DateOnly? leftOn, IReadOnlyList<OwnedFrom> owners)
    {
        var daily = -Math.Log(1 - Math.Clamp(probability, 0, MostProbability)) / window.HorizonDays;
        var last = leftOn ?? window.Last;
        if (owners.Count <= 1 || owners.Skip(1).All(owned => owned.From > last || owned.Owner == owners[0].Owner))
        {
            var expected = daily * Math.Max(0, last.DayNumber - window.First.DayNumber + 1);
            return [new(owners.Count == 0 ? null : owners[0].Owner, expected, expected, leftOn is null ? 0 : 1)];
        }

        var names = owners.Select(owned => owned.Owner).Distinct().ToArray();
        var (days, sums, squares) = (new double[names.Length], new double[names.Length], new double[names.Length]);
        var at = 0;
        for (var day = window.AsOf.AddDays(1); day <= last; day = day.AddDays(1))
        {
            while (at + 1 < owners.Count && owners[at + 1].From <= day)
            {
                at++;
            }

            days[Array.IndexOf(names, owners[at].Owner)]++;
            if (day >= window.First)
            {
                var elapsed = (double)(day.DayNumber - window.AsOf.DayNumber);
                for (var i = 0; i < names.Length; i++)
                {
                    sums[i] += daily * days[i] / elapsed;
                    squares[i] += daily * (days[i] / elapsed) * (days[i] / elapsed);
                }
            }
        }

        var total = (double)(last.DayNumber - window.AsOf.DayNumber);
        return [.. names.Select((name, i) => new LossShare(name, sums[i], squares[i], leftOn is null ? 0 : days[i] / total)).Where(share => share.Expected > 0 || share.Observed > 0)];
    }
}
