using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Drivers;
using CustomerSuccess.Web.Pages.Effects;
using CustomerSuccess.Web.Pages.Playbooks;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Tables of the drivers' page and of its lists as files.</summary>
internal static class DriversFiles
{
    public static void MapDriversFiles(this IEndpointRouteBuilder app)
    {
        Map(app, DriversView.Path, address => $"drivers-{DriversFile.TableOf(address).ToString().ToLowerInvariant()}", (file, table, viewer, address, cancellation) => file.WriteAsync(table, viewer, DriversFile.TableOf(address), DriversView.Parse(address), cancellation));
        Map(app, DriverAccountsView.Path, _ => "drivers-accounts", (file, table, viewer, address, cancellation) => file.AccountsAsync(table, viewer, DriverAccountsView.Parse(address).Ask, cancellation));
        Map(app, StaysView.Path, _ => "drivers-stays-accounts", (file, table, viewer, address, cancellation) => file.StaysAsync(table, viewer, StaysView.Parse(address).Ask, cancellation));
    }

    private static void Map(IEndpointRouteBuilder app, string path, Func<ListAddress, string> name, Func<DriversFile, TableFile, Viewer, ListAddress, CancellationToken, Task> write) =>
        app.MapGet(path + "/export.csv", (HttpContext context, DriversFile file, CancellationToken cancellation) =>
        {
            var address = ListAddress.Parse(context.Request.Path + context.Request.QueryString);
            return TableAnswer.WriteAsync(context, name(address), (table, viewer) => write(file, table, viewer, address, cancellation));
        }).RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Drivers });
}

/// <summary>The tables of the drivers' page.</summary>
internal enum DriversTable
{
    Rank,
    Shape,
    Fix,
    Segments,
    Months,
    Stays,
}

/// <summary>Writes the tables, in the reader's language where there are words: every row, also where the page shows the first ones.</summary>
internal sealed class DriversFile(DriversReport report, EffectsQuery effects, IStringLocalizer<DriversPage> text, DriversWords words, EffectWords effectWords, PlayWords plays)
{
    /// <summary>Names the table in an address.</summary>
    public const string TableKey = "table";

    private const int Chunk = 1000;

    public static DriversTable TableOf(ListAddress address) => address.Choice<DriversTable>(TableKey) ?? DriversTable.Rank;

    /// <summary>The address of a table's file.</summary>
    public static string Address(DriversTable table, DriversView view) =>
        ListAddress.Parse(view.ToAddress().Replace(DriversView.Path, DriversView.Path + "/export.csv", StringComparison.Ordinal)).With(TableKey, table.ToString().ToLowerInvariant()).ToString();

    public async Task WriteAsync(TableFile table, Viewer viewer, DriversTable which, DriversView view, CancellationToken cancellation)
    {
        var overview = await report.OverviewAsync(viewer, view.Segment, cancellation);
        if (overview is not { Run: { } run, Part: { } part })
        {
            return;
        }

        await (which switch
        {
            DriversTable.Shape => ShapesAsync(table, overview, view, run, cancellation),
            DriversTable.Fix => FixAsync(table, overview, part, run, cancellation),
            DriversTable.Segments => SegmentsAsync(table, overview, run, cancellation),
            DriversTable.Months => MonthsAsync(table, overview, cancellation),
            DriversTable.Stays => StaysAsync(table, overview, view, run, cancellation),
            _ => RankAsync(table, overview, run, cancellation),
        });
    }

    public async Task AccountsAsync(TableFile table, Viewer viewer, DriverAccountsAsk ask, CancellationToken cancellation)
    {
        var currency = (await report.OverviewAsync(viewer, null, cancellation)).Run?.Currency;
        await table.RowAsync([text["AccountId"], text["Account"], text["AtStake"], text["Points"], text["Value"], text["Probability"], text["Mrr"], text["Currency"], text["Segment"]], cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.AccountsAsync(viewer, ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                table.Text(row.AccountId).Text(row.Name).Money((decimal?)row.AtStake).Number(row.Points).Number(row.Value);
                await table.Number(row.Probability).Money((decimal)row.Mrr).Text(currency).Text(row.Segment).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    public async Task StaysAsync(TableFile table, Viewer viewer, StayAsk ask, CancellationToken cancellation)
    {
        var currency = (await report.OverviewAsync(viewer, null, cancellation)).Run?.Currency;
        await table.RowAsync([text["AccountId"], text["Account"], text["Fate"], words.Feature(ask.Attribute), text["StaysMrr"], text["Currency"]], cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.StaysAsync(viewer, ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                await table.Text(row.AccountId).Text(row.Name).Text(text[row.Stayed ? "Fate_Stayed" : "Fate_Left"]).Text(words.Level(row.Value)).Money((decimal)row.Mrr).Text(currency).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    private async Task RankAsync(TableFile table, DriversOverview overview, RunSummary run, CancellationToken cancellation)
    {
        await table.RowAsync(run.IsFallback
            ? [text["Reason"], text["Raised"], text["RaisedMrr"], text["Currency"]]
            : [text["Reason"], text["AtStake"], text["Lowered"], text["Currency"], text["Direction"], text["BorneOut"], text["Raised"], text["RaisedMrr"]], cancellation);
        foreach (var total in run.IsFallback ? overview.Ranked.Where(total => total.Raised > 0).OrderByDescending(total => total.RaisedMrr) : overview.Ranked.AsEnumerable())
        {
            table.Text(words.Theme(total.Theme));
            if (!run.IsFallback)
            {
                var shape = overview.Shapes.Where(shape => shape.Theme == total.Theme).MaxBy(shape => shape.MeanPoints);
                table.Money((decimal)total.AtStake).Money((decimal)total.Lowered).Text(run.Currency).Text(shape is null ? null : text["DirectionOf", words.Feature(shape.Feature), words.Direction(shape)].Value);
                table.Text(overview.BorneOut is { } borne ? text[borne.Contains(total.Theme) ? "Borne" : "NotBorne"].Value : null);
            }

            table.Number(total.Raised).Money((decimal)total.RaisedMrr);
            await (run.IsFallback ? table.Text(run.Currency) : table).EndAsync(cancellation);
        }
    }

    private async Task ShapesAsync(TableFile table, DriversOverview overview, DriversView view, RunSummary run, CancellationToken cancellation)
    {
        await table.RowAsync([text["Reason"], text["Feature"], text["Values"], text["Customers1"], text["MeanPoints"], text["EffectFrom"], text["EffectTo"]], cancellation);
        foreach (var shape in overview.Shapes.Where(shape => view.Theme is null || shape.Theme == view.Theme).OrderBy(shape => shape.Theme, StringComparer.Ordinal).ThenByDescending(shape => shape.MeanPoints))
        {
            for (var place = 0; place < (shape.Curve?.Rows.Count ?? shape.Levels.Count); place++)
            {
                table.Text(words.Theme(shape.Theme)).Text(words.Feature(shape.Feature)).Text(words.Interval(shape, place, run.Currency)).Number(shape.Curve?.Rows[place] ?? shape.Levels[place].Rows);
                await table.Number(shape.Curve is null ? shape.Levels[place].MeanPoints : (double?)null).Number(shape.Curve?.Effects[place]).Number(shape.Curve?.Effects[place + 1]).EndAsync(cancellation);
            }

            if (shape.Curve is { Missing: > 0 and var missing })
            {
                await table.Text(words.Theme(shape.Theme)).Text(words.Feature(shape.Feature)).Text(words.Interval(shape, -1, run.Currency)).Number(missing).Number((double?)null).Number((double?)null).Number((double?)null).EndAsync(cancellation);
            }
        }
    }

    private async Task FixAsync(TableFile table, DriversOverview overview, DriverPart part, RunSummary run, CancellationToken cancellation)
    {
        await table.RowAsync([text["FixReason"], text["Raised"], text["OfCustomers"], text["RaisedMrr"], text["FixStake"], text["Currency"], text["Evidence"]], cancellation);
        var measured = MeasuredEffects.ByTheme(await effects.RunAsync(cancellation));
        foreach (var total in overview.Ranked.Where(total => total.Raised > 0).OrderByDescending(total => total.RaisedAtStake))
        {
            await table.Text(words.Theme(total.Theme)).Number(total.Raised).Number((double)total.Raised / part.Accounts).Money((decimal)total.RaisedMrr).Money((decimal)total.RaisedAtStake).Text(run.Currency).Text(Evidence(measured[total.Theme])).EndAsync(cancellation);
        }

        string Evidence(IEnumerable<PlayEffectRow> known) => known.Any()
            ? string.Join(text["Join"], known.Select(play => text["MeasuredInFile", plays.Name(play.Entry.Play), text["MeasuredChange", effectWords.Points(EffectWords.Gain(play.Effect, play.Effect.Difference)), Format.Count(play.Effect.Known.Accounts)]].Value))
            : text["Association"];
    }

    /// <summary>A line for each reason and segment: what spreadsheets group as they like.</summary>
    private async Task SegmentsAsync(TableFile table, DriversOverview overview, RunSummary run, CancellationToken cancellation)
    {
        await table.RowAsync([text["Segment"], text["Accounts"], text["Mrr"], text["Reason"], text["AtStake"], text["Lowered"], text["Raised"], text["RaisedMrr"], text["Currency"]], cancellation);
        foreach (var part in overview.Segments)
        {
            foreach (var total in part.Totals.Where(total => total.AtStake > 0 || total.Raised > 0))
            {
                table.Text(words.Segment(part.Segment)).Number(part.Accounts).Money((decimal)part.Mrr).Text(words.Theme(total.Theme));
                await table.Money((decimal)total.AtStake).Money((decimal)total.Lowered).Number(total.Raised).Money((decimal)total.RaisedMrr).Text(run.Currency).EndAsync(cancellation);
            }
        }
    }

    private async Task MonthsAsync(TableFile table, DriversOverview overview, CancellationToken cancellation)
    {
        var themes = overview.Ranked.Select(total => total.Theme).ToList();
        await table.RowAsync([text["MonthEnd"], text["Accounts"], .. themes.Select(words.Theme)], cancellation);
        foreach (var month in overview.Months)
        {
            table.Day(month.AsOf).Number(month.Part.Accounts);
            foreach (var theme in themes)
            {
                table.Number(month.ShareOf(theme));
            }

            await table.EndAsync(cancellation);
        }
    }

    private async Task StaysAsync(TableFile table, DriversOverview overview, DriversView view, RunSummary run, CancellationToken cancellation)
    {
        await table.RowAsync([text["Attribute"], text["Value"], text["StaysRate"], text["Lower95"], text["Upper95"], text["Customers1"], text["Left"], text["StaysMrr"], text["Currency"], text["StaysVerdict"]], cancellation);
        foreach (var stays in overview.Stays.Where(stays => view.Attribute is null || stays.Attribute == view.Attribute))
        {
            foreach (var part in stays.Parts)
            {
                table.Text(words.Feature(stays.Attribute)).Text(words.Level(part.Value)).Number(part.Rate).Number(part.Lower).Number(part.Upper).Number(part.Customers).Number(part.Customers - part.Kept);
                await table.Money((decimal)part.Mrr).Text(run.Currency).Text(text["Stay_" + part.Verdict]).EndAsync(cancellation);
            }
        }
    }
}
