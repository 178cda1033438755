using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Benchmarks;

/// <summary>A campaign to many people: whom it reaches, its members and messages, a pause, what follows from sending, and its pages at each stage. Sending itself is the benchmark <c>mail</c>.</summary>
internal static class CampaignBenchmark
{
    private const int PageRows = 50;

    /// <summary><c>campaign [PEOPLE [DATABASE]]</c>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var bench = await OutreachBench.CreateAsync(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000, args.Length > 1 ? args[1] : null);
        var (edits, query, run) = (bench.Services.GetRequiredService<CampaignEdits>(), bench.Services.GetRequiredService<CampaignQuery>(), bench.Services.GetRequiredService<RunCampaigns>());
        var plan = new CampaignPlan
        {
            Name = "Bench",
            Purpose = Purpose.Promotional,
            Recipients = CampaignRecipients.Everybody,
            HoldoutShare = 0.1,
            Goal = CampaignGoal.Answer,
            Subjects = [new("News for {{account.name}}", "{{account.name}}へのご案内")],
            BodyEn = "{{contact.address_line}}\n\nNews.",
            BodyJa = "{{contact.address_line}}\n\nいつもご利用いただき、ありがとうございます。\n\n**新しい機能**のご案内です。[詳細](https://example.com/new)をご覧ください。\n",
        };
        var id = (await edits.SaveAsync(Viewer.System, null, plan)).Value!.CampaignId;
        await OutreachBench.PageAsync("draft: reach with its reasons", () => query.ReachAsync(Viewer.System, id, plan));
        await edits.StartAsync(Viewer.System, id);
        var report = await OutreachBench.OnceAsync("fixed, prepared and queued", () => run.RunAsync());
        Console.WriteLine($"{report.Fixed} members, {report.Queued} queued");
        await PagesAsync(bench, id, "queued");
        await OutreachBench.PageAsync("a look with nothing to do", () => run.RunAsync());
        await OutreachBench.OnceAsync("pausing", () => edits.PauseAsync(Viewer.System, id));
        await PagesAsync(bench, id, "paused");
        await OutreachBench.OnceAsync("resuming", () => edits.ResumeAsync(Viewer.System, id));

        // a tenth has been sent since the last look, then all
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(bench, "AND account_no % 10 = 0");
        await OutreachBench.OnceAsync("following a tenth", () => run.RunAsync());
        await PagesAsync(bench, id, "a tenth sent");
        await SendAsync(bench, "");
        await OutreachBench.OnceAsync("following the rest", () => run.RunAsync());
        await PagesAsync(bench, id, "sent");
        bench.Clock.Advance(TimeSpan.FromDays(40));
        await OutreachBench.PageAsync("sent: effect of the holdout", () => bench.Services.GetRequiredService<CampaignEffectQuery>().FindAsync(id));
        var counts = (await query.FindAsync(Viewer.System, id))!.Row.Counts;
        Console.WriteLine($"{counts.Sent} sent, {counts.HeldOut} held out, {counts.HeldBack} held back");
        return counts.Sent + counts.HeldOut + counts.HeldBack == bench.People ? 0 : 1;
    }

    /// <summary>As the sender leaves messages that were taken; some are opened and followed.</summary>
    private static Task SendAsync(OutreachBench bench, string which) => bench.ExecuteAsync(
        $"UPDATE mail_message SET status = 'Sent', sent_at = {bench.Now}, contacted_at = {bench.Now}, attempts = 1, opened_at = CASE WHEN account_no % 4 = 0 THEN {bench.Now} END, clicked_at = CASE WHEN account_no % 12 = 0 THEN {bench.Now} END WHERE status = 'Queued' AND origin = 'Campaign' {which}");

    private static async Task PagesAsync(OutreachBench bench, string id, string stage)
    {
        var (query, results) = (bench.Services.GetRequiredService<CampaignQuery>(), bench.Services.GetRequiredService<CampaignResultQuery>());
        await OutreachBench.PageAsync($"{stage}: list of campaigns", () => query.ListAsync(Viewer.System));
        await OutreachBench.PageAsync($"{stage}: progress", () => query.FindAsync(Viewer.System, id));
        await OutreachBench.PageAsync($"{stage}: results", () => results.FindAsync(Viewer.System, id));
        await OutreachBench.PageAsync($"{stage}: people", () => query.PeopleAsync(Viewer.System, id, null, 0, PageRows));
        await OutreachBench.PageAsync($"{stage}: people who opened", () => query.PeopleAsync(Viewer.System, id, CampaignShow.Opened, 0, PageRows));
    }
}
