using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Surveys;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Benchmarks;

/// <summary>A wave to many people: invitations and their messages, what a look costs while nothing is due, what follows from sending, reminders, and the pages at each stage.</summary>
internal static class SurveyBenchmark
{
    private const int PageRows = 50;

    /// <summary><c>survey [PEOPLE [DATABASE]]</c>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var bench = await OutreachBench.CreateAsync(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000, args.Length > 1 ? args[1] : null);
        var (edits, run) = (bench.Services.GetRequiredService<SurveyEdits>(), bench.Services.GetRequiredService<RunSurveys>());
        var id = (await edits.SaveAsync(Viewer.System, null, SurveyDefaults.Of(SurveyKind.Nps, "ja") with { Name = "Bench", ReminderDays = 5 })).Value!.SurveyId;
        await edits.StartWaveAsync(Viewer.System, id);
        var report = await OutreachBench.OnceAsync("invited, with their messages", () => run.RunAsync());
        Console.WriteLine($"{report.Invited} invited, {report.HeldBack} held back");
        await PagesAsync(bench, id, "queued");
        await OutreachBench.PageAsync("queued: a look with nothing to do", () => run.RunAsync());
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(bench, "AND account_no % 10 = 0");
        await OutreachBench.OnceAsync("following a tenth", () => run.RunAsync());
        await SendAsync(bench, "");
        await OutreachBench.OnceAsync("following the rest", () => run.RunAsync());
        await PagesAsync(bench, id, "asked");
        await OutreachBench.PageAsync("asked: a look with nothing to do", () => run.RunAsync());

        // three of ten answer; the others are reminded
        bench.Clock.Advance(TimeSpan.FromDays(1));
        await bench.ExecuteAsync(
            $$$"""
            UPDATE survey_invitation SET state = 'Answered', opened_at = {{{bench.Now}}}, answered_at = {{{bench.Now}}}, score = account_no % 11,
            answers_json = '{"q1":"' || (account_no % 11) || '","q2":"理由 ' || account_no || '"}' WHERE state = 'Asked' AND account_no % 10 < 3
            """);
        await PagesAsync(bench, id, "answered");
        await OutreachBench.PageAsync("answered: a look with nothing to do", () => run.RunAsync());
        bench.Clock.Advance(TimeSpan.FromDays(5));
        var reminded = await OutreachBench.OnceAsync("reminding", () => run.RunAsync());
        Console.WriteLine($"{reminded.Reminded} reminded");
        await OutreachBench.PageAsync("reminded: a look with nothing to do", () => run.RunAsync());
        await PagesAsync(bench, id, "reminded");
        return report.Invited + report.HeldBack == bench.People ? 0 : 1;
    }

    private static Task SendAsync(OutreachBench bench, string which) => bench.ExecuteAsync(
        $"UPDATE mail_message SET status = 'Sent', sent_at = {bench.Now}, contacted_at = {bench.Now}, attempts = 1 WHERE status = 'Queued' AND origin = 'Survey' {which}");

    private static async Task PagesAsync(OutreachBench bench, string id, string stage)
    {
        var query = bench.Services.GetRequiredService<SurveyQuery>();
        await OutreachBench.PageAsync($"{stage}: list of surveys", () => query.ListAsync(Viewer.System));
        await OutreachBench.PageAsync($"{stage}: waves", () => query.FindAsync(Viewer.System, id));
        await OutreachBench.PageAsync($"{stage}: results", () => query.ResultsAsync(Viewer.System, id, null));
        await OutreachBench.PageAsync($"{stage}: people", () => query.PeopleAsync(Viewer.System, id, new(), 0, PageRows));
        await OutreachBench.PageAsync($"{stage}: people who are silent", () => query.PeopleAsync(Viewer.System, id, new() { Show = InvitationShow.Silent }, 0, PageRows));
    }
}
