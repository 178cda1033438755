using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Engine.Campaigns;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Campaigns;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>What came of a campaign, and its people, as files.</summary>
internal static class CampaignFiles
{
    public static void MapCampaignFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(CampaignAddress.List + "/{id}/" + CampaignAddress.Results + ".csv", (HttpContext context, string id, CampaignFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "campaign-results", (table, viewer) => file.WriteResultsAsync(table, viewer, id, cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Campaigns });
        app.MapGet(CampaignAddress.List + "/{id}/" + CampaignAddress.People + ".csv", (HttpContext context, string id, CampaignFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "campaign-people", (table, viewer) => file.WritePeopleAsync(table, viewer, id, cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Campaigns });
    }
}

/// <summary>Writes the tables in the reader's language.</summary>
internal sealed class CampaignFile(CampaignQuery query, CampaignResultQuery results, CampaignWords words, IStringLocalizer<CampaignFile> text, ColleagueNames people)
{
    private const int Chunk = 1_000;

    /// <summary>Over all messages, by subject, by weekday and by hour, with intervals.</summary>
    public async Task WriteResultsAsync(TableFile table, Viewer viewer, string campaignId, CancellationToken cancellation)
    {
        if (await results.FindAsync(viewer, campaignId, cancellation) is not { } found)
        {
            return;
        }

        await table.RowAsync(
            [text["By"], text["Value"], text["Sent"], text["Bounced"], text["Delivered"], text["Opened"], text["OpenedLower"], text["OpenedUpper"], text["Clicked"], text["ClickedLower"], text["ClickedUpper"], text["Replied"], text["RepliedLower"], text["RepliedUpper"], text["Unsubscribed"]],
            cancellation);
        await RowAsync(table, text["All"], "", found.All, cancellation);
        foreach (var subject in found.Subjects)
        {
            await RowAsync(table, text["Subject"], words.Subject(subject.Subject), subject.All, cancellation);
        }

        foreach (var subject in found.Subjects.Where(subject => found.Subjects.Count > 1))
        {
            await RowAsync(table, text["SubjectTest"], words.Subject(subject.Subject), subject.InTest, cancellation);
        }

        foreach (var time in found.Days.Concat(found.Hours))
        {
            await RowAsync(table, text[time.Hour is null ? "Weekday" : "Hour"], words.Time(time), time.Tally, cancellation);
        }
    }

    /// <summary>Everybody who is a member, with what became of the message.</summary>
    public async Task WritePeopleAsync(TableFile table, Viewer viewer, string campaignId, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        await table.RowAsync(
            [text["AccountId"], text["Account"], text["Owner"], text["Person"], text["Address"], text["State"], text["Why"], text["Subject"], text["SentAt"], text["OpenedAt"], text["ClickedAt"], text["RepliedAt"]],
            cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await query.PeopleAsync(viewer, campaignId, null, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                table.Text(row.AccountId).Text(row.AccountName).Text(row.OwnerEmail is { } owner ? people.Of(owner) : null).Text(row.ContactName).Text(row.Address);
                table.Text(words.Member(row.Member.State)).Text(words.Holds(row.Member.Reasons)).Text(row.Subject);
                await table.Moment(row.Member.SentAt).Moment(row.OpenedAt).Moment(row.ClickedAt).Moment(row.RepliedAt).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    private static async Task RowAsync(TableFile table, string by, string value, CampaignTally tally, CancellationToken cancellation)
    {
        table.Text(by).Text(value).Number(tally.Sent).Number(tally.Bounced).Number(tally.Delivered);
        foreach (var of in new[] { tally.Opened, tally.Clicked, tally.Replied })
        {
            EffectInterval share = tally.Share(of);
            table.Number(of).Number(share.Lower).Number(share.Upper);
        }

        await table.Number(tally.Unsubscribed).EndAsync(cancellation);
    }
}
