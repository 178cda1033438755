using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Nps;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Tables of NPS as files: what the page's address shows.</summary>
internal static class NpsFiles
{
    public static void MapNpsFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(NpsView.Path + "/export.csv", (HttpContext context, NpsFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "nps", (table, viewer) => file.WriteAsync(table, viewer, NpsView.Parse(Address(context)), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Nps });
        app.MapGet(NpsAnswersView.Path + "/export.csv", (HttpContext context, NpsFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "nps-answers", (table, viewer) => file.WriteAsync(table, viewer, NpsAnswersView.Parse(Address(context)), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Nps });
    }

    private static ListAddress Address(HttpContext context) => ListAddress.Parse(context.Request.Path + context.Request.QueryString);
}

/// <summary>Writes the tables, in the reader's language where there are words.</summary>
internal sealed class NpsFile(NpsReport report, IStringLocalizer<NpsPage> text, NpsWords words, ColleagueNames people)
{
    private const int Chunk = 1000;

    /// <summary>The trend, and scores by what customers are, in one table.</summary>
    public async Task WriteAsync(TableFile table, Viewer viewer, NpsView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        var overview = await report.OverviewAsync(viewer, view.Ask, cancellation);
        await table.RowAsync([text["By"], text["Value"], text["Nps"], text["Lower95"], text["Upper95"], text["AnswersColumn"], text["Group_Promoter"], text["Group_Passive"], text["Group_Detractor"]], cancellation);
        foreach (var point in overview.Points.Where(point => point.Score is not null))
        {
            await ScoreAsync(table, text["Period"], words.Period(point.Period), point.Score!, cancellation);
        }

        foreach (var (slice, parts) in overview.Parts)
        {
            foreach (var part in parts.Where(part => part.Score is not null))
            {
                await ScoreAsync(table, text["Slice_" + slice], words.Value(slice, part.Value), part.Score!, cancellation);
            }
        }
    }

    public async Task WriteAsync(TableFile table, Viewer viewer, NpsAnswersView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        await table.RowAsync([text["AccountId"], text["Account"], text["Day"], text["Score"], text["Group"], text["Comment"], text["Contact"], text["Since"], text["LeftDay"], text["Slice_Segment"], text["Slice_Owner"], text["Slice_Stage"]], cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.AnswersAsync(viewer, view.Ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                table.Text(row.AccountId).Text(row.Name).Day(row.Answer?.Day).Number(row.Answer?.Score).Text(row.Answer is { } answer ? text["Group_" + answer.Group].Value : null).Text(row.Comment).Text(row.Contact);
                table.Text(row.Answer is null ? null : text["Fate_" + row.Fate].Value).Day(row.LeftOn).Text(row.Segment).Text(row.Owner is { } owner ? people.Of(owner) : null);
                await table.Text(row.Stage is { } stage ? text["Stage_" + stage].Value : null).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    private static async Task ScoreAsync(TableFile table, string by, string value, NetPromoter score, CancellationToken cancellation) =>
        await table.Text(by).Text(value).Number(score.Score).Number(score.Lower).Number(score.Upper).Number(score.Answers).Number(score.Promoters).Number(score.Passives).Number(score.Detractors).EndAsync(cancellation);
}
