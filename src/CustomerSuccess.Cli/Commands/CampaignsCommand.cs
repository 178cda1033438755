using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Engine.Campaigns;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs campaigns list</c> and <c>cs campaigns status</c>: whom campaigns have reached, and what came of them.</summary>
internal static class CampaignsCommand
{
    public static Command Create() => new("campaigns", "Look at campaigns") { List(), Status() };

    private static Command List()
    {
        var archived = new Option<bool>("--archived") { Description = "Those that were put away" };
        var command = new Command("list", "Print every campaign with how many people it has reached") { archived };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var rows = await services.GetRequiredService<CampaignQuery>().ListAsync(Viewer.System, parsed.GetValue(archived), cancellation);
            output.Write(new { Campaigns = rows.Select(Head) }, () =>
            {
                if (rows.Count == 0)
                {
                    Output.Note(parsed.GetValue(archived) ? "No campaign was put away." : "There are no campaigns yet.");
                    return;
                }

                var table = new Table().Border(TableBorder.Simple).AddColumns("Id", "Name", "State", "Starts").AddColumn(new TableColumn("Sent").RightAligned()).AddColumn(new TableColumn("Waiting").RightAligned()).AddColumn(new TableColumn("Held back").RightAligned());
                foreach (var row in rows)
                {
                    table.AddRow(row.Campaign.CampaignId, Markup.Escape(row.Campaign.Name), Word(row.Campaign.State), At(row.Campaign.StartedAt ?? row.Campaign.StartsAt), Count(row.Counts.Sent), Count(row.Counts.Waiting + row.Counts.Queued), Count(row.Counts.HeldBack));
                }

                AnsiConsole.Write(table);
            });
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command Status()
    {
        var id = new Argument<string>("campaign-id") { Description = "The campaign's id, as the list prints it" };
        var command = new Command("status", "Print how a campaign stands, why people were held back, and what came of it") { id };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var campaignId = parsed.GetValue(id)!;
            if (await services.GetRequiredService<CampaignQuery>().FindAsync(Viewer.System, campaignId, cancellation) is not { Row.Campaign.DeletedAt: null } details)
            {
                Output.Note($"There is no campaign '{campaignId}'.");
                return ExitCode.Failure;
            }

            var results = (await services.GetRequiredService<CampaignResultQuery>().FindAsync(Viewer.System, campaignId, cancellation))!;
            output.Write(
                new
                {
                    Campaign = Head(details.Row),
                    HeldBack = details.HeldBack.Select(row => new { row.Reason, People = row.Count }),
                    Delayed = details.Delays.Select(row => new { row.Reason, People = row.Count }),
                    Lacks = details.Lacks.Values,
                    OutageUntil = details.Outages.Max(outage => (DateOnly?)outage.Until),
                    Results = results.All,
                    Subjects = results.Subjects.Select(subject => new { subject.No, subject.Subject.En, subject.Subject.Ja, subject.InTest, subject.All }),
                    SubjectTest = details.Row.Campaign.TestVerdict is { } verdict ? Word(verdict) : null,
                    details.Row.Campaign.ChosenSubject,
                },
                () => Print(details, results));
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static void Print(CampaignDetails details, CampaignResults results)
    {
        var (campaign, counts) = (details.Row.Campaign, details.Row.Counts);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{campaign.Name}[/]  {Word(campaign.State)}  {At(campaign.StartedAt ?? campaign.StartsAt)}");
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{counts.Members} people: {counts.Delivered} delivered, {counts.Bounced} bounced, {counts.Waiting + counts.Queued} waiting ({counts.Delayed} moved to later), {counts.HeldBack} held back, {counts.HeldOut} held out");
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"opened {Share(results.All, results.All.Opened)}, clicked {Share(results.All, results.All.Clicked)}, replied {Share(results.All, results.All.Replied)}, unsubscribed {results.All.Unsubscribed}");
        foreach (var (reason, people) in details.HeldBack)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  held back: {reason} {people}");
        }

        foreach (var (reason, people) in details.Delays)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  moved to later: {reason} {people}");
        }

        if (campaign is { TestVerdict: { } verdict, ChosenSubject: { } chosen })
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"subjects: {Word(verdict)}, the rest got subject {chosen + 1}");
        }
    }

    private static object Head(CampaignRow row) => new
    {
        Id = row.Campaign.CampaignId,
        row.Campaign.Name,
        State = Word(row.Campaign.State),
        row.Campaign.Version,
        row.Campaign.StartsAt,
        row.Campaign.StartedAt,
        row.Campaign.FinishedAt,
        row.Campaign.OwnerEmail,
        row.Counts.Members,
        row.Counts.Waiting,
        row.Counts.Queued,
        row.Counts.Delayed,
        row.Counts.Delivered,
        row.Counts.Bounced,
        row.Counts.HeldBack,
        row.Counts.HeldOut,
    };

    private static string Share(CampaignTally tally, int of)
    {
        EffectInterval share = tally.Share(of);
        return tally.Delivered == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{of} ({share.Value:P1}, {share.Lower:P1} to {share.Upper:P1})");
    }

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string At(DateTime? utc) => utc?.ToString("u", CultureInfo.InvariantCulture) ?? "–";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
