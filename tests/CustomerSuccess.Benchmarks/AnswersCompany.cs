using System.Text.Json;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Benchmarks;

/// <summary>A company with whatever the executives' pages read: that of <see cref="RetentionBenchmark"/> with texts, three score runs with what they keep, touches, draws, invitations, goals, requests and segments.</summary>
internal static class AnswersCompany
{
    private const int Requests = 200, Owners = 40;

    private static readonly DateOnly First = new(2022, 1, 1), Last = new(2024, 12, 31);

    private static readonly string[] English = ["export", "csv", "report", "login", "password", "slow", "loading", "price", "invoice", "expensive", "dashboard", "mobile app", "integration", "api", "support", "answer", "fast", "helpful", "easy", "great", "crash", "error", "confusing", "permissions", "notification", "calendar", "our team", "every week", "with the customer", "since the update"];
    private static readonly string[] Japanese = ["エクスポート", "レポート", "ログイン", "パスワード", "遅い", "重い", "料金", "請求書", "高い", "画面", "アプリ", "連携", "API", "サポート", "回答", "早い", "助かります", "使いやすい", "便利", "エラー", "分かりにくい", "権限", "通知", "カレンダー", "部署で", "毎週", "お客様と", "更新後に"];
    private static readonly string[] Happy = ["thank you very much", "love it", "ありがとうございます", "満足しています"], Unhappy = ["very disappointed", "wasted a day", "困っています", "残念です"];

    /// <summary>Makes it where the database is empty.</summary>
    public static async Task MakeAsync(Database database, int accounts)
    {
        await using (var context = database.OpenContext())
        {
            if (await context.Goals.AnyAsync())
            {
                return;
            }
        }

        await RetentionBenchmark.SeedAsync(database, accounts, TextOf);
        await QueueBenchmark.SeedAsync(database, 2, accounts, new DateOnly(2024, 6, 30));
        await QueueBenchmark.SeedAsync(database, 3, accounts, Last);
        await DriversBenchmark.KeepAsync(database, accounts, 3, Last);
        await RestAsync(database, accounts);
    }

    /// <summary>Words of which hardly any two texts are the same.</summary>
    private static string TextOf(Random random, bool? isHappy)
    {
        var words = random.Next(2) == 0 ? English : Japanese;
        var own = Enumerable.Range(0, 5 + random.Next(7)).Select(_ => words[random.Next(words.Length)]).ToList();
        if (isHappy is { } happy && random.Next(3) > 0)
        {
            own.Add((happy ? Happy : Unhappy)[(words == Japanese ? 2 : 0) + random.Next(2)]);
        }

        return string.Join(words == Japanese ? "、" : " ", own);
    }

    private static async Task RestAsync(Database database, int accounts)
    {
        var random = new Random(5);
        int Anybody() => 1 + random.Next(accounts);
        var plays = PlayCatalogue.All.Select(play => play.Key).ToArray();
        string Owner() => $"csm{random.Next(Owners)}@example.com";
        DateTime At() => First.AddDays(random.Next(1095)).ToDateTime(new TimeOnly(5, 0), DateTimeKind.Utc);
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.InsertAllAsync([.. Enumerable.Range(0, 3 * accounts).Select(i => new Touch { AccountNo = Anybody(), SourceId = 1, FactId = $"t{i}", Kind = "call", Play = i % 3 == 0 ? null : plays[random.Next(plays.Length)], OwnerEmail = Owner(), At = At(), Minutes = i % 2 == 0 ? 20 : null })], default);
        await context.InsertAllAsync(
            [.. Enumerable.Range(1, accounts).Select(no => new Assignment { AccountNo = no, SourceId = 1, FactId = $"d{no}", Play = plays[no % plays.Length], AssignedOn = First.AddDays(180 + random.Next(900)), Arm = random.Next(4) == 0 ? "held_out" : "offered", PlayVersion = "1" })], default);
        for (var month = new DateOnly(2024, 1, 31); month <= Last; month = month.AddDays(1).AddMonths(1).AddDays(-1))
        {
            await context.InsertAllAsync([.. Enumerable.Range(1, accounts).Select(no => new HealthPoint { AccountNo = no, AsOf = month, Total = 100 * random.NextDouble() })], default);
        }

        await context.InsertAllAsync(
            [
                .. Enumerable.Range(0, 2 * accounts).Select(i => new SurveyResponse { AccountNo = Anybody(), SourceId = 1, FactId = $"e{i}", Kind = i % 2 == 0 ? "csat" : "ces", Score = 1 + random.Next(i % 2 == 0 ? 5 : 7), ScaleMin = 1, ScaleMax = i % 2 == 0 ? 5 : 7, RespondedAt = At() }),
            ], default);
        await context.InsertAllAsync(
            [
                .. Enumerable.Range(0, 3 * accounts).Select(i => new SurveyInvitation { AccountNo = 1 + (i % accounts), SurveyId = "nps", WaveNo = 1 + (i / accounts), ContactNo = 1, InvitationId = $"v{i}", Kind = SurveyKind.Nps, AddressKey = $"a{i}", Language = "en", State = random.Next(3) == 0 ? InvitationState.Answered : InvitationState.Asked, CreatedAt = At(), AskedAt = At() }),
            ], default);
        foreach (var run in new[] { 2, 3 })
        {
            var day = run == 2 ? new DateOnly(2024, 6, 30) : Last;
            await context.InsertAllAsync(
                [
                    .. Enumerable.Range(1, accounts).Select(no =>
                    {
                        var (ends, mrr, probability) = (day.AddDays(1 + random.Next(360)), 10m * (1 + random.Next(100)), random.NextDouble());
                        return new RenewalDue { ScoreRunId = run, AccountNo = no, Month = MonthEnds.OnOrAfter(ends), EndsOn = ends, Mrr = mrr, Probability = probability, AtRiskMrr = mrr * (1 - (decimal)probability) };
                    }),
                ], default);
        }

        await context.InsertAllAsync([.. Enumerable.Range(0, Requests).Select(i => new ProductRequest { RequestId = $"request-{i}", Title = $"Wish {i}", Status = (RequestStatus)(i % 5), CreatedAt = At(), ChangedAt = At(), Version = 1 })], default);
        await context.InsertAllAsync([.. Enumerable.Range(0, Requests).SelectMany(i => Enumerable.Range(0, 100).Select(v => new RequestVoice { RequestId = $"request-{i}", AccountNo = 1 + (((i * 331) + v) % accounts), Quote = "we need it", At = At() }))], default);
        await context.InsertAllAsync([.. Enumerable.Range(0, 20).Select(i => new SavedSegment { SegmentId = $"segment-{i}", Name = $"Segment {i}", ConditionJson = "{}", ChangedAt = At(), Version = 1, Countings = 1 })], default);
        await context.InsertAllAsync([.. Enumerable.Range(0, 20).SelectMany(i => Enumerable.Range(1, accounts).Where(no => no % 10 == i % 10).Select(no => new SegmentStay { SegmentId = $"segment-{i}", AccountNo = no, EnteredNo = 1, EnteredOn = First }))], default);
        await context.InsertAllAsync([.. Goals().Select(goal => new Goal
        {
            GoalId = goal.Id,
            Kind = GoalKind.Kpi,
            Title = goal.Id,
            Measure = goal.Measure,
            Segment = goal.Segment,
            OfOwner = goal.Owner,
            OwnerEmail = "csm7@example.com",
            StartOn = new DateOnly(2024, 1, 1),
            DueOn = new DateOnly(2025, 6, 30),
            TargetValue = 1,
            CreatedAt = At(),
            ChangedAt = At(),
            Version = 1,
        })], default);
        await transaction.CommitAsync();
    }

    private static IEnumerable<(string Id, GoalMeasure Measure, string? Segment, string? Owner)> Goals() =>
    [
        ("grr", GoalMeasure.Grr, null, null), ("nrr", GoalMeasure.Nrr, null, null), ("grr-mid", GoalMeasure.Grr, "mid", null), ("mrr-csm", GoalMeasure.Mrr, null, "csm7@example.com"), ("paying", GoalMeasure.PayingAccounts, null, null),
        ("active", GoalMeasure.ActiveAccounts, null, null), ("active-mid", GoalMeasure.ActiveAccounts, "mid", null), ("nps", GoalMeasure.Nps, null, null), ("nps-mid", GoalMeasure.Nps, "mid", null), ("response", GoalMeasure.ResponseRate, null, null),
        ("csat", GoalMeasure.Csat, null, null), ("first", GoalMeasure.FirstResponse, null, null), ("first-mid", GoalMeasure.FirstResponse, "mid", null), ("backlog", GoalMeasure.Backlog, null, null), ("health", GoalMeasure.HealthGood, null, null), ("health-average", GoalMeasure.HealthAverage, null, null),
    ];
}
