using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Closing;

/// <summary>When a month may be closed and opened again, and by whom.</summary>
public static class CloseRules
{
    /// <summary>Why a month cannot be closed.</summary>
    public const string NotOver = "not_over", OutOfOrder = "out_of_order", AlreadyClosed = "already_closed", NoContracts = "no_contracts", MissingRate = "missing_rate";

    /// <summary>What would be wrong with it, and may be accepted.</summary>
    public const string Unreconciled = "unreconciled", RejectedRows = "rejected_rows", Incomplete = "incomplete";

    /// <summary>Executives, operations and administrators who see the whole company.</summary>
    public static bool MayClose(Viewer viewer) => viewer.IsIn(Roles.Executive, Roles.CsOperations, Roles.Administrator) && !viewer.OwnPortfolioOnly;

    /// <summary>Why a month cannot be closed; null where it can, as far as order goes.</summary>
    /// <param name="month">Its last day.</param>
    /// <param name="today">The company's day.</param>
    /// <param name="lastClosed">The last month that stands closed; null for none: any month may then be the first.</param>
    public static string? Problem(DateOnly month, DateOnly today, DateOnly? lastClosed) =>
        month >= today ? NotOver
        : lastClosed is not { } last ? null
        : month <= last ? AlreadyClosed
        : month == After(last) ? null : OutOfOrder;

    /// <summary>The month after a month end.</summary>
    public static DateOnly After(DateOnly month) => MonthEnds.OnOrAfter(month.AddDays(1));
}
