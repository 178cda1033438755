using CustomerSuccess.Core.Features;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>One-off orders: how often, how much, how long ago against the account's own usual interval.</summary>
internal static class PurchasePass
{
    public static async Task RunAsync(FeaturePass pass, CancellationToken cancellation)
    {
        var context = pass.Snapshot.Context;
        var from = await context.Purchases.Where(purchase => purchase.VoidedBy == null).MinAsync(purchase => (DateOnly?)purchase.PurchasedOn, cancellation);
        if (from is null)
        {
            return;
        }

        var (named, least, most) = pass.Rows.Choice();
        var purchases = context.Purchases
            .Where(purchase => purchase.VoidedBy == null && (named == null ? purchase.AccountNo >= least && purchase.AccountNo <= most : named.Contains(purchase.AccountNo)))
            .OrderBy(purchase => purchase.AccountNo);
        var written = new bool[pass.Rows.Accounts.Length];
        await foreach (var (position, facts) in pass.ByAccountAsync(purchases.AsAsyncEnumerable(), purchase => purchase.AccountNo, cancellation))
        {
            Fill(pass, new PurchaseHistory(facts), position, from.Value);
            written[position] = true;
        }

        var nothing = new PurchaseHistory([]);
        for (var position = 0; position < written.Length; position++)
        {
            if (!written[position])
            {
                Fill(pass, nothing, position, from.Value);
            }
        }
    }

    private static void Fill(FeaturePass pass, PurchaseHistory history, int position, DateOnly from)
    {
        for (var i = 0; i < pass.Rows.DaysAt(position).Length; i++)
        {
            var t = pass.Rows.DaysAt(position)[i];
            var row = pass.Rows.PlacesAt(position)[i];
            var features = t < from ? PurchaseFeatures.Missing : history.At(t, pass.Rates.KnownOn);
            pass.Columns.Numbers(Purchases365)[row] = features.Purchases365;
            pass.Columns.Numbers(PurchaseAmount365)[row] = features.Amount365;
            pass.Columns.Numbers(DaysSincePurchase)[row] = features.DaysSince;
            pass.Columns.Numbers(PurchaseSilenceRatio)[row] = features.SilenceRatio;
        }
    }
}
