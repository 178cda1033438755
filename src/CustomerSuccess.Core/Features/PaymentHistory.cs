using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Features;

/// <summary>What invoices say of an account at a day; NaN = missing.</summary>
public readonly record struct PaymentFeatures(double Failed91, double Overdue, double DaysLate91)
{
    /// <summary>Before the company has invoices at all.</summary>
    public static PaymentFeatures Missing { get; } = new(double.NaN, double.NaN, double.NaN);
}

/// <summary>One account's invoices, asked as of any day. A payment or failure counts only when dated by then.</summary>
public sealed class PaymentHistory
{
    private readonly IReadOnlyList<Invoice> _invoices;
    private readonly DateOnly? _completeUntil;

    /// <param name="invoices">Invoices of one account; voided rows are left out.</param>
    /// <param name="completeUntil">
    /// How far the company's invoices reach. An invoice's status bears no date, so it is the status of that day:
    /// an invoice that was cancelled (<c>void</c>) is owed on every earlier day.
    /// </param>
    public PaymentHistory(IEnumerable<Invoice> invoices, DateOnly? completeUntil)
    {
        _invoices = [.. invoices.Where(invoice => invoice.VoidedBy is null)];
        _completeUntil = completeUntil;
    }

    public PaymentFeatures At(DateOnly t)
    {
        int failed = 0, overdue = 0, due = 0;
        double late = 0;
        foreach (var invoice in _invoices)
        {
            if (invoice.IssuedOn > t)
            {
                continue;
            }

            failed += InquiryHistory.IsIn(invoice.FailedOn, t, 91) ? 1 : 0;
            if (!(invoice.DueOn <= t) || (invoice.Status == "void" && t >= _completeUntil))
            {
                continue;
            }

            var paid = invoice.PaidOn <= t ? invoice.PaidOn : null;
            overdue += paid is null && invoice.DueOn < t ? 1 : 0;
            if (InquiryHistory.IsIn(invoice.DueOn, t, 91))
            {
                due++;
                late += Math.Max(0, (paid ?? t).DayNumber - invoice.DueOn!.Value.DayNumber);
            }
        }

        return new PaymentFeatures(failed, overdue, due > 0 ? late / due : double.NaN);
    }
}
