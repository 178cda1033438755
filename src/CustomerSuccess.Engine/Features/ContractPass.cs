using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>Contracts: age, renewal, money, seats, plan.</summary>
internal static class ContractPass
{
    public static async Task RunAsync(FeaturePass pass, CancellationToken cancellation)
    {
        var columns = pass.Columns;
        var (named, least, most) = pass.Rows.Choice();
        var terms = pass.Snapshot.Context.Subscriptions
            .Where(term => term.VoidedBy == null && (named == null ? term.AccountNo >= least && term.AccountNo <= most : named.Contains(term.AccountNo)))
            .OrderBy(term => term.AccountNo);
        await foreach (var (position, facts) in pass.ByAccountAsync<Subscription>(terms.AsAsyncEnumerable(), term => term.AccountNo, cancellation))
        {
            var history = new ContractHistory(facts);
            pass.Products?.Contracts(position, facts);
            for (var i = 0; i < pass.Rows.DaysAt(position).Length; i++)
            {
                var t = pass.Rows.DaysAt(position)[i];
                Write(columns, pass.Rows.PlacesAt(position)[i], history.At(t, currency => pass.Rates.KnownOn(currency, t)));
            }
        }
    }

    public static void Write(FeatureColumns columns, int row, in ContractFeatures features)
    {
        columns.Numbers(ContractAge)[row] = features.ContractAge;
        columns.Numbers(TermAge)[row] = features.TermAge;
        columns.Numbers(DaysToRenewal)[row] = features.DaysToRenewal;
        columns.Numbers(DaysToNotice)[row] = features.DaysToNotice;
        columns.Numbers(AutoRenew)[row] = features.AutoRenew;
        columns.Numbers(NoticeShare)[row] = features.NoticeShare;
        columns.Numbers(Lapses)[row] = features.Lapses;
        columns.Numbers(Mrr)[row] = features.Mrr;
        columns.Numbers(MrrChange91)[row] = features.MrrChange91;
        columns.Numbers(MrrChange365)[row] = features.MrrChange365;
        columns.Numbers(MrrPerSeat)[row] = features.MrrPerSeat;
        columns.Numbers(PriceChange91)[row] = features.PriceChange91;
        columns.Numbers(PriceChange182)[row] = features.PriceChange182;
        columns.Numbers(Seats)[row] = features.Seats;
        columns.Numbers(SeatsChange91)[row] = features.SeatsChange91;
        columns.Texts(Plan)![row] = features.Plan;
        columns.Texts(Product)![row] = features.Product;
    }
}
