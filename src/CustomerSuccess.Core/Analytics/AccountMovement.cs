using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>What became of one account's MRR in a period, with what it consists of: the rows behind every figure of retention.</summary>
/// <param name="Mrr">The movement.</param>
/// <param name="Split">What an expansion or a contraction consists of; nothing for other movements.</param>
/// <param name="Reason">Why the account left, as the source says it; null for other movements, and where nobody said.</param>
public readonly record struct AccountMovement(MrrMovement Mrr, MrrSplit Split, string? Reason)
{
    /// <summary>True where the account pays at the start.</summary>
    public bool Paid => Mrr.Kind is MrrMovementKind.Expansion or MrrMovementKind.Contraction or MrrMovementKind.Churn || (Mrr.Kind == MrrMovementKind.None && Mrr.Start > 0);

    /// <summary>True where it pays at the end.</summary>
    public bool Pays => Mrr.Kind is MrrMovementKind.Expansion or MrrMovementKind.Contraction or MrrMovementKind.New or MrrMovementKind.Reactivation || (Mrr.Kind == MrrMovementKind.None && Mrr.End > 0);

    /// <summary>The movement of an account between two month ends.</summary>
    /// <param name="account">Its contracts.</param>
    /// <param name="period">Between which.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency in the month of a day; throws where it is missing.</param>
    public static AccountMovement Between(AccountContracts account, RetentionPeriod period, Func<string, DateOnly, decimal> rate)
    {
        return Of(account, period, MrrMovement.Between(account.Mrr, period.Start, period.End, rate), rate);
    }

    /// <summary>The same where the movement of the MRR is known.</summary>
    internal static AccountMovement Of(AccountContracts account, RetentionPeriod period, in MrrMovement movement, Func<string, DateOnly, decimal> rate)
    {
        return movement.Kind switch
        {
            MrrMovementKind.Expansion or MrrMovementKind.Contraction => new(movement, MrrSplit.Of(account.Terms, period.Start, period.End, movement.Change, rate), null),
            MrrMovementKind.Churn => new(movement, default, account.LeftBecause(period.End)),
            _ => new(movement, default, null),
        };
    }
}
