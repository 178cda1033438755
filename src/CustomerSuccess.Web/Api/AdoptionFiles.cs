using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Adoption;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Tables of the adoption page and of its list as files.</summary>
internal static class AdoptionFiles
{
    public static void MapAdoptionFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(AdoptionView.Path + "/export.csv", (HttpContext context, AdoptionFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, $"adoption-{TableOf(context).ToString().ToLowerInvariant()}", (table, viewer) => file.WriteAsync(table, viewer, TableOf(context), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Adoption });
        app.MapGet(AdoptionAccountsView.Path + "/export.csv", (HttpContext context, AdoptionFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "adoption-accounts", (table, viewer) => file.AccountsAsync(table, viewer, AdoptionAccountsView.Parse(Address(context)).Ask, cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Adoption });
    }

    private static AdoptionTable TableOf(HttpContext context) => Address(context).Choice<AdoptionTable>(AdoptionFile.TableKey) ?? AdoptionTable.Keep;

    private static ListAddress Address(HttpContext context) => ListAddress.Parse(context.Request.Path + context.Request.QueryString);
}

/// <summary>The tables of the adoption page.</summary>
internal enum AdoptionTable
{
    Keep,
    Use,
    First,
    Together,
    Quiet,
}

/// <summary>Writes the tables, in the reader's language where there are words.</summary>
internal sealed class AdoptionFile(AdoptionReport report, IStringLocalizer<AdoptionPage> text)
{
    /// <summary>Names the table in an address.</summary>
    public const string TableKey = "table";

    private const int Chunk = 1000;

    /// <summary>The address of a table's file.</summary>
    public static string Address(AdoptionTable table) => ListAddress.Parse(AdoptionView.Path + "/export.csv").With(TableKey, table.ToString().ToLowerInvariant()).ToString();

    public async Task WriteAsync(TableFile table, Viewer viewer, AdoptionTable which, CancellationToken cancellation)
    {
        if (await report.OverviewAsync(viewer, cancellation) is not { Head: { } head, Tally: { } tally } overview)
        {
            return;
        }

        await (which switch
        {
            AdoptionTable.Use => UseAsync(table, head, tally, cancellation),
            AdoptionTable.First => FirstAsync(table, tally, cancellation),
            AdoptionTable.Together => TogetherAsync(table, tally, cancellation),
            AdoptionTable.Quiet => QuietAsync(table, head, cancellation),
            _ => KeepAsync(table, head, overview, cancellation),
        });
    }

    public async Task AccountsAsync(TableFile table, Viewer viewer, AdoptionAsk ask, CancellationToken cancellation)
    {
        var currency = (await report.OverviewAsync(viewer, cancellation)).Currency;
        await table.RowAsync([text["AccountId"], text["Account"], text["Uses28"], text["People"], text["FirstAfter"], text["Mrr"], text["Currency"]], cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.AccountsAsync(viewer, ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                await table.Text(row.AccountId).Text(row.Name).Number(row.Uses).Number(row.Users).Number(row.FirstAfter).Money((decimal)row.Mrr).Text(currency).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    private async Task KeepAsync(TableFile table, AdoptionHead head, AdoptionOverview overview, CancellationToken cancellation)
    {
        await table.RowAsync([text["Feature"], text["Verdict"], text["Difference"], text["Lower95"], text["Upper95"], text["UsersKept"], text["UsersMatched"], text["OthersKept"], text["OthersMatched"], text["Raw"]], cancellation);
        foreach (var metric in head.Metrics.Where(metric => metric.Comparison is not null))
        {
            table.Text(metric.Metric).Text(text["Verdict_" + overview.VerdictOf(metric)]);
            if (metric.Comparison is { IsEnough: true } compared)
            {
                table.Number(compared.Difference).Number(compared.Lower).Number(compared.Upper).Number(compared.Kept).Number(compared.Matched).Number(compared.ControlsKept).Number(compared.Controls);
            }
            else
            {
                for (var blank = 0; blank < 7; blank++)
                {
                    table.Text(null);
                }
            }

            await table.Number(metric.Comparison!.RawDifference).EndAsync(cancellation);
        }
    }

    private async Task UseAsync(TableFile table, AdoptionHead head, AdoptionTally tally, CancellationToken cancellation)
    {
        var months = Enumerable.Range(0, AdoptionSheet.Months).Select(month => head.AsOf.AddMonths(month - AdoptionSheet.Months + 1).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
        await table.RowAsync([text["Feature"], text["Customers"], text["OfPaying"], text["NotUsing"], text["People"], text["Uses"], text["Depth"], .. months], cancellation);
        foreach (var feature in tally.Features)
        {
            table.Text(feature.Metric).Number(feature.Accounts).Number(tally.Paying > 0 ? (double)feature.Accounts / tally.Paying : (double?)null).Number(Math.Max(0, tally.Paying - feature.Accounts)).Number(feature.Users > 0 ? feature.Users : (int?)null);
            table.Number(feature.Uses).Number(feature.MedianUses);
            foreach (var accounts in feature.Months)
            {
                table.Number(accounts);
            }

            await table.EndAsync(cancellation);
        }
    }

    private async Task FirstAsync(TableFile table, AdoptionTally tally, CancellationToken cancellation)
    {
        await table.RowAsync([text["Feature"], text["NewCustomers"], text["Within30"], text["Lower95"], text["Upper95"], text["Within90"], text["Lower95"], text["Upper95"], text["NotWithin90"], text["MedianDays"]], cancellation);
        foreach (var feature in tally.Features)
        {
            var (soon, later) = (TestCurves.Wilson(feature.Within30, feature.NewCustomers), TestCurves.Wilson(feature.Within90, feature.NewCustomers));
            table.Text(feature.Metric).Number(feature.NewCustomers).Number(feature.Within30).Number(soon.Lower).Number(soon.Upper).Number(feature.Within90).Number(later.Lower).Number(later.Upper);
            await table.Number(feature.NewCustomers - feature.Within90).Number(feature.MedianDays).EndAsync(cancellation);
        }
    }

    private async Task TogetherAsync(TableFile table, AdoptionTally tally, CancellationToken cancellation)
    {
        var accounts = tally.Features.ToDictionary(feature => feature.Metric, feature => feature.Accounts);
        await table.RowAsync([text["Feature"], text["WithFeature"], text["BothUse"], text["Customers"], text["ShareOfFeature"]], cancellation);
        foreach (var (first, second, both) in tally.Pairs.SelectMany(pair => new[] { pair, new FeaturePair(pair.Second, pair.First, pair.Both) }))
        {
            await table.Text(first).Text(second).Number(both).Number(accounts.GetValueOrDefault(first)).Number(accounts.GetValueOrDefault(first) is > 0 and var n ? (double)both / n : (double?)null).EndAsync(cancellation);
        }
    }

    private async Task QuietAsync(TableFile table, AdoptionHead head, CancellationToken cancellation)
    {
        await table.RowAsync([text["Feature"], text["LastUse"]], cancellation);
        foreach (var metric in head.Quiet.OrderByDescending(metric => metric.LastUse).ThenBy(metric => metric.Metric, StringComparer.Ordinal))
        {
            await table.Text(metric.Metric).Day(metric.LastUse).EndAsync(cancellation);
        }
    }
}
