using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Closing;

/// <summary>One account's amounts in a month, to the last digit: everything that the month's figures are added up from.</summary>
/// <param name="AccountNo">Whose.</param>
/// <param name="Month">The movement of the month.</param>
/// <param name="YearStart">MRR twelve months before the month's end; 0 where the account did not pay then.</param>
/// <param name="YearChange">What became of it since, at that month's rates.</param>
public sealed record ClosedAccount(int AccountNo, AccountMovement Month, decimal YearStart, decimal YearChange)
{
    /// <summary>An account without any amount.</summary>
    public static ClosedAccount Nothing(int accountNo) => new(accountNo, default, 0, 0);

    /// <summary>The amounts of an account; null where it has none in the month and had none a year before.</summary>
    /// <param name="accountNo">Whose.</param>
    /// <param name="contracts">Its contracts.</param>
    /// <param name="month">The month.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency in the month of a day; throws where it is missing.</param>
    public static ClosedAccount? Of(int accountNo, AccountContracts contracts, RetentionPeriod month, Func<string, DateOnly, decimal> rate)
    {
        var mrr = contracts.Mrr;
        if (mrr.FirstPayingDay is not { } first || first > month.End)
        {
            return null;
        }

        var moved = AccountMovement.Between(contracts, month, rate);
        var year = RetentionPeriod.Trailing12(month.End);
        var since = first <= year.Start && mrr.IsPaying(year.Start) ? MrrMovement.Between(mrr, year.Start, year.End, rate) : default;
        return moved.Paid || moved.Pays || since.Start != 0 ? new(accountNo, moved, since.Start, since.Change) : null;
    }

    /// <summary>True where every amount is the same, and whether the customer chose to leave; how the source words the reason is neither.</summary>
    public bool CountsAs(ClosedAccount other, ChurnReasons reasons) =>
        Month.Mrr == other.Month.Mrr && Month.Split == other.Month.Split && YearStart == other.YearStart && YearChange == other.YearChange && reasons.Of(Month.Reason) == reasons.Of(other.Month.Reason);
}
