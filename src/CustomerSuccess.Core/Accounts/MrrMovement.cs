namespace CustomerSuccess.Core.Accounts;

/// <summary>What became of an account's MRR between two month ends: exactly one of these.</summary>
public enum MrrMovementKind
{
    /// <summary>Paying at neither end, or the same MRR at both.</summary>
    None,

    /// <summary>Paying at the end, and at no month end up to the start.</summary>
    New,

    /// <summary>Paying at the end and not at the start, but at a month end before that.</summary>
    Reactivation,
    Expansion,
    Contraction,
    Churn,
}

/// <summary>The movement of one account's MRR between two month ends, in the reporting currency: Start + Change + Fx = End.</summary>
/// <param name="Kind">What it is counted as.</param>
/// <param name="Start">MRR at the start, at the start month's rates.</param>
/// <param name="Change">The change in contract currency, at the start month's rates (new: at the end month's); negative for contraction and churn.</param>
/// <param name="Fx">The effect of rates.</param>
/// <param name="End">MRR at the end, at the end month's rates.</param>
public readonly record struct MrrMovement(MrrMovementKind Kind, decimal Start, decimal Change, decimal Fx, decimal End)
{
    /// <summary>The movement between two month ends, which need not follow each other.</summary>
    /// <param name="mrr">The account's timeline.</param>
    /// <param name="start">The earlier month end.</param>
    /// <param name="end">The later month end.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency in the month of a day; throws where the rate is missing.</param>
    public static MrrMovement Between(MrrTimeline mrr, DateOnly start, DateOnly end, Func<string, DateOnly, decimal> rate)
    {
        return Between(mrr, start, mrr.IndexOf(start), end, mrr.IndexOf(end), rate);
    }

    /// <summary>The same where the last changes up to the two month ends are known, as <see cref="MrrTimeline.IndexesOf"/> tells them.</summary>
    public static MrrMovement Between(MrrTimeline mrr, DateOnly start, int from, DateOnly end, int to, Func<string, DateOnly, decimal> rate)
    {
        var (paid, pays) = (mrr.IsPayingFrom(from), mrr.IsPayingFrom(to));
        var isNew = pays && !paid && !mrr.PaidAtMonthEndBefore(start.AddDays(1));
        decimal before = 0, after = 0, change = 0;
        for (var c = 0; c < mrr.Currencies.Count; c++)
        {
            var currency = mrr.Currencies[c];
            var (was, becomes) = (mrr.From(from, c), mrr.From(to, c));
            if (was != 0)
            {
                before += was * rate(currency, start);
            }

            if (becomes != 0)
            {
                after += becomes * rate(currency, end);
            }

            if (was != becomes)
            {
                change += (becomes - was) * rate(currency, isNew ? end : start);
            }
        }

        var kind = (paid, pays) switch
        {
            (false, true) => isNew ? MrrMovementKind.New : MrrMovementKind.Reactivation,
            (true, false) => MrrMovementKind.Churn,
            (true, true) when change > 0 => MrrMovementKind.Expansion,
            (true, true) when change < 0 => MrrMovementKind.Contraction,
            _ => MrrMovementKind.None,
        };
        return new MrrMovement(kind, before, change, after - before - change, after);
    }
}
