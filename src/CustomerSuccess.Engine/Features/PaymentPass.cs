using CustomerSuccess.Core.Features;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>Invoices: failed, overdue, late.</summary>
internal static class PaymentPass
{
    public static async Task RunAsync(FeaturePass pass, CancellationToken cancellation)
    {
        var context = pass.Snapshot.Context;
        var from = await context.Invoices.Where(invoice => invoice.VoidedBy == null).MinAsync(invoice => (DateOnly?)invoice.IssuedOn, cancellation);
        if (from is null)
        {
            return;
        }

        var reach = (await context.SourceReaches.Where(r => r.Record == "invoices").ToListAsync(cancellation)).Min(r => r.CompleteUntil);
        var (named, least, most) = pass.Rows.Choice();
        var invoices = context.Invoices
            .Where(invoice => invoice.VoidedBy == null && (named == null ? invoice.AccountNo >= least && invoice.AccountNo <= most : named.Contains(invoice.AccountNo)))
            .OrderBy(invoice => invoice.AccountNo);
        var written = new bool[pass.Rows.Accounts.Length];
        await foreach (var (position, facts) in pass.ByAccountAsync(invoices.AsAsyncEnumerable(), invoice => invoice.AccountNo, cancellation))
        {
            Fill(pass, new PaymentHistory(facts, reach), position, from.Value);
            written[position] = true;
        }

        var nothing = new PaymentHistory([], null);
        for (var position = 0; position < written.Length; position++)
        {
            if (!written[position])
            {
                Fill(pass, nothing, position, from.Value);
            }
        }
    }

    private static void Fill(FeaturePass pass, PaymentHistory history, int position, DateOnly from)
    {
        for (var i = 0; i < pass.Rows.DaysAt(position).Length; i++)
        {
            var t = pass.Rows.DaysAt(position)[i];
            var row = pass.Rows.PlacesAt(position)[i];
            var features = t < from ? PaymentFeatures.Missing : history.At(t);
            pass.Columns.Numbers(InvoicesFailed91)[row] = features.Failed91;
            pass.Columns.Numbers(InvoicesOverdue)[row] = features.Overdue;
            pass.Columns.Numbers(DaysLate91)[row] = features.DaysLate91;
        }
    }
}
