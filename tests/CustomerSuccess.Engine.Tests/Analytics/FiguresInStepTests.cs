using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Reports;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerSuccess.Engine.Tests.Analytics;

/// <summary>Figures that are kept while facts arrive, are corrected and are taken back, in any order, are those of an application that was just started and read everything.</summary>
public sealed class FiguresInStepTests
{
    private const int Accounts = 24, Steps = 32;

    private static readonly DateTime Now = new(2025, 1, 6, 3, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Words = ["export", "slow", "price", "レポート", "エクスポート", "料金", "login", "support is great", "thank you", "widget"];

    /// <summary>Invitations change without a fact: whom surveys asked is never of a moment before.</summary>
    private static readonly string[] AskedEachTime = ["NPS", "who did not answer"];

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Figures_kept_while_facts_come_and_go_equal_those_of_a_full_reading(int seed)
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var random = new Random(seed);
        await SeedAsync(test.Database, random);
        await using var kept = Engine(test.Database);
        var told = await FiguresAsync(kept);
        var changed = new HashSet<string>();
        for (var step = 0; step < Steps; step++)
        {
            await ChangeAsync(test.Database, random, step);
            if (step % 4 == 3)
            {
                await using var fresh = Engine(test.Database);
                var (now, full) = (await FiguresAsync(kept), await FiguresAsync(fresh));
                foreach (var (name, figure) in full)
                {
                    now[name].Should().Be(figure, $"{name} after step {step} of seed {seed}");
                    _ = figure != told[name] && changed.Add(name);
                }

                told = now;
            }
        }

        changed.Should().BeEquivalentTo(told.Keys, "facts of every kind came: each figure told something else at some time");
    }

    [Fact]
    public async Task Readers_of_a_large_company_are_given_one_state_whole_until_the_next_one_was_computed()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var random = new Random(3);
        await SeedAsync(test.Database, random);
        await using var kept = Engine(test.Database);
        var (books, keeping) = (kept.GetRequiredService<CompanyBooks>(), kept.GetRequiredService<KeepBooks>());
        books.StandsFrom = 1;
        (await books.StateAsync(Token)).Should().BeNull("nothing was computed ahead");
        await keeping.RunAsync(Token);
        var (step, stood) = (0, 0);
        using var listening = books.Listen(() => stood++);
        for (var state = 0; state < 3; state++)
        {
            await using var before = Engine(test.Database);
            var standing = await FiguresAsync(before);
            for (var i = 0; i < 8; i++)
            {
                await ChangeAsync(test.Database, random, step++);
            }

            // lists are asked for the first time now: they too are of the state that stands
            var given = await FiguresAsync(kept);
            foreach (var (name, figure) in standing.Where(told => !AskedEachTime.Contains(told.Key)))
            {
                given[name].Should().Be(figure, $"{name} stands, state {state}");
            }

            (await books.StateAsync(Token))!.IsBehind.Should().BeTrue();
            await keeping.RunAsync(Token);
            await using var fresh = Engine(test.Database);
            var (now, full) = (await FiguresAsync(kept), await FiguresAsync(fresh));
            foreach (var (name, figure) in full)
            {
                now[name].Should().Be(figure, $"{name} of state {state}");
            }

            full.Count(told => standing[told.Key] != told.Value).Should().BeGreaterThan(15, "facts of every kind came");
            ((await books.StateAsync(Token))!.IsBehind, stood).Should().Be((false, state + 1));
        }
    }

    [Fact]
    public async Task What_is_open_grows_older_in_what_stands_once_that_was_computed_ahead()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await SeedAsync(test.Database, new Random(4));
        await using (var context = test.Database.OpenContext())
        {
            context.Inquiries.Add(new Inquiry { AccountNo = 1, SourceId = AppSource.SourceId, FactId = "open", Subject = "waits", OpenedAt = Now.AddHours(-3), ChangedAt = Now });
            await context.SaveChangesAsync(Token);
        }

        // five minutes before midnight in the company's zone: then it is a day older
        var evening = TimeSpan.FromMinutes((12 * 60) - 5);
        var clock = new FixedClock { Passed = evening };
        await using var kept = Engine(test.Database, clock);
        kept.GetRequiredService<CompanyBooks>().StandsFrom = 1;
        var (service, keeping) = (kept.GetRequiredService<ServiceReport>(), kept.GetRequiredService<KeepBooks>());
        async Task<string> ToldAsync(ServiceReport by) => JsonSerializer.Serialize(await by.OverviewAsync(Viewer.System, ServiceScope.All, 3, Token), Json);
        await keeping.RunAsync(Token);
        var before = await ToldAsync(service);
        clock.Passed = evening + TimeSpan.FromMinutes(11);
        (await ToldAsync(service)).Should().Be(before, "nobody waits for ten minutes to be added");
        (await keeping.RunAsync(Token)).Should().BeFalse("no fact came");
        await using var fresh = Engine(test.Database, clock);
        (await ToldAsync(service)).Should().Be(await ToldAsync(fresh.GetRequiredService<ServiceReport>())).And.NotBe(before);
        clock.Passed = evening + TimeSpan.FromMinutes(45);
        var late = await ToldAsync(service);
        await using var anew = Engine(test.Database, clock);
        late.Should().Be(await ToldAsync(anew.GetRequiredService<ServiceReport>()), "where nothing is computed ahead, readers wait");
    }

    private static ServiceProvider Engine(Database database, FixedClock? clock = null)
    {
        var services = new ServiceCollection();
        services.AddCustomerSuccessEngine(database.Options);
        services.AddSingleton<KeepBooks>();
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock ?? new FixedClock()));
        return services.BuildServiceProvider();
    }

    private static async Task<Dictionary<string, string>> FiguresAsync(ServiceProvider engine)
    {
        T Get<T>()
            where T : notnull => engine.GetRequiredService<T>();
        var viewer = Viewer.System;
        var (lifecycle, service, nps, feedback, runner) = (Get<LifecycleReport>(), Get<ServiceReport>(), Get<NpsReport>(), Get<FeedbackReport>(), Get<ReportRunner>());
        var month = new DateOnly(2024, 12, 31);
        var figures = new Dictionary<string, string>();
        void Tell<T>(string name, T figure) => figures.Add(name, JsonSerializer.Serialize(figure, Json));
        Tell("retention", await Get<RetentionReport>().OverviewAsync(viewer, RetentionScope.All, PeriodGrain.Month, 24, Token));
        Tell("everybody who pays", await Get<RetentionReport>().MovementsAsync(viewer, new(RetentionPeriod.Trailing12(month), RetentionScope.All) { Kind = MovementKind.End }, 0, 100, Token));
        Tell("pace", await Get<RetentionReport>().MonthsAsync(viewer, month.AddMonths(-12), month, Token));
        Tell("NPS", await nps.OverviewAsync(viewer, new(NpsScope.All, PeriodGrain.Quarter, 12, null), Token));
        Tell("satisfaction", await nps.OthersAsync(viewer, NpsScope.All, RetentionPeriod.Trailing12(month), Token));
        Tell("answers", await nps.AnswersAsync(viewer, new(NpsScope.All, null, null), 0, 100, Token));
        Tell("who did not answer", await nps.AnswersAsync(viewer, new(NpsScope.All, null, null) { Unanswered = true }, 0, 100, Token));
        Tell("lifecycle", await lifecycle.OverviewAsync(viewer, LifecycleScope.All, 12, Token));
        Tell("R × F", await lifecycle.TableAsync(viewer, LifecycleScope.All, month, Token));
        Tell("deciles", await lifecycle.DecilesAsync(viewer, LifecycleScope.All, month, Token));
        Tell("repeats", await lifecycle.RepeatsAsync(viewer, LifecycleScope.All, null, 90, Token));
        Tell("accounts of a stage", await lifecycle.AccountsAsync(viewer, new(month, LifecycleScope.All) { To = StageChoice.Active }, 0, 100, Token));
        Tell("service", await service.OverviewAsync(viewer, ServiceScope.All, 12, Token));
        Tell("service and churn", await service.ChurnAsync(viewer, Token));
        Tell("inquiries", await service.InquiriesAsync(viewer, new(ServiceScope.All) { Sort = ServiceSort.Resolution }, 0, 100, Token));
        Tell("feedback", await feedback.OverviewAsync(viewer, new(FeedbackScope.All, 6, false), Token));
        Tell("texts", await feedback.TextsAsync(viewer, new(FeedbackScope.All, null), 0, 100, Token));
        Tell("accounts of texts", await feedback.AccountsAsync(viewer, new(FeedbackScope.All, null), 0, 100, Token));
        Tell("touches", (await runner.RunAsync(viewer, new(ReportMeasure.Touches, ReportDimension.Month) { Columns = ReportDimension.Segment }, Token)).Rows);
        Tell("NPS by segment", (await runner.RunAsync(viewer, new(ReportMeasure.Nps, ReportDimension.Segment), Token)).Rows);
        Tell("inquiries by stage", (await runner.RunAsync(viewer, new(ReportMeasure.Inquiries, ReportDimension.Stage), Token)).Rows);
        Tell("customers behind MRR", (await runner.AccountsAsync(viewer, new(ReportMeasure.ClosingMrr, ReportDimension.Month), null, null, 0, 100, Token)).Rows);
        Tell("effects", (await Get<EffectsQuery>().RunAsync(Token)).Plays.Select(row => (row.Entry.Play.Key, Text: $"{row.Effect} {row.Share} {row.Done} {row.DoneAnyway}")).Select(row => $"{row.Key}: {row.Text}").ToList());
        return figures;
    }

    private static async Task SeedAsync(Database database, Random random)
    {
        await using var context = database.OpenContext();
        context.Attributes.Add(new AttributeDefinition { AttributeId = 1, Record = "accounts", Name = "segment", Type = AttributeType.Category });
        context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = new DateOnly(2024, 12, 31) });
        for (var no = 1; no <= Accounts; no++)
        {
            context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = $"A{no % 7}", NameSort = $"a{no % 7}", Segment = no % 2 == 0 ? "small" : "large" });
            context.AccountValues.Add(new AccountValue { AccountNo = no, AttributeId = 1, ValidFrom = DateOnly.MinValue, Value = no % 2 == 0 ? "small" : "large" });
            context.Subscriptions.Add(Term(no, "first", random));
            context.Assignments.Add(new Assignment { AccountNo = no, SourceId = 1, FactId = "d", Play = PlayCatalogue.All[no % 3].Key, AssignedOn = new DateOnly(2024, 1, 1).AddDays(no), Arm = no % 4 == 0 ? "held_out" : "offered" });
        }

        await context.SaveChangesAsync(Token);
        for (var step = 0; step < 150; step++)
        {
            Add(context, random, step, 1 + random.Next(Accounts), random.Next(6));
        }

        await context.SaveChangesAsync(Token);
    }

    /// <summary>One fact more, another value of one, or one taken back.</summary>
    private static async Task ChangeAsync(Database database, Random random, int step)
    {
        await using var context = database.OpenContext();
        var (no, kind) = (1 + random.Next(Accounts), step % 8);
        switch (kind)
        {
            case 6:
                var inquiry = await context.Inquiries.OrderBy(one => one.AccountNo).ThenBy(one => one.FactId).Skip(random.Next(20)).FirstAsync(Token);
                (no, inquiry.ClosedAt, inquiry.Satisfaction, inquiry.VoidedBy) = (inquiry.AccountNo, inquiry.OpenedAt.AddHours(random.Next(200)), 1 + random.Next(5), random.Next(3) == 0 ? 1 : null);
                break;
            case 7:
                var term = await context.Subscriptions.OrderBy(one => one.AccountNo).ThenBy(one => one.FactId).Skip(random.Next(20)).FirstAsync(Token);
                (no, term.Mrr, term.EndedOn) = (term.AccountNo, 10 + random.Next(90), random.Next(2) == 0 ? null : term.StartedOn.AddDays(200 + random.Next(300)));
                var answer = await context.SurveyResponses.Where(one => one.AccountNo == no).OrderBy(one => one.FactId).FirstOrDefaultAsync(Token);
                if (answer is not null)
                {
                    answer.Score = 1;
                }

                break;
            default:
                Add(context, random, 1000 + step, no, kind);
                break;
        }

        await AppSource.NoteChangeAsync(context, no, new DateOnly(2024, 1, 1), Token);
        await context.SaveChangesAsync(Token);
    }

    private static void Add(CustomerSuccessContext context, Random random, int step, int no, int kind)
    {
        var at = new DateTime(2024, 1, 1, 5, 0, 0, DateTimeKind.Utc).AddDays(random.Next(360));
        string Text() => string.Join(' ', Enumerable.Range(0, 4).Select(_ => Words[random.Next(Words.Length)]));
        switch (kind)
        {
            case 0:
                context.Subscriptions.Add(Term(no, $"s{step}", random));
                break;
            case 1:
                context.Inquiries.Add(new Inquiry { AccountNo = no, SourceId = step % 2, FactId = $"i{step}", Subject = Text(), Category = Words[step % 3], OpenedAt = at, ChangedAt = at, FirstResponseAt = at.AddMinutes(random.Next(900)), ClosedAt = random.Next(3) == 0 ? null : at.AddHours(random.Next(90)), Satisfaction = random.Next(2) == 0 ? null : 1 + random.Next(5) });
                break;
            case 2:
                context.SurveyResponses.Add(new SurveyResponse { AccountNo = no, SourceId = 1, FactId = $"a{step}", Kind = "nps", Score = random.Next(11), ScaleMax = 10, Comment = Text(), RespondedAt = at });
                break;
            case 3:
                context.Touches.Add(new Touch { AccountNo = no, SourceId = 1, FactId = $"t{step}", Play = PlayCatalogue.All[no % 3].Key, At = new DateTime(2024, 1, 1, 5, 0, 0, DateTimeKind.Utc).AddDays(no + 5), OwnerEmail = "a@example.com" });
                break;
            case 4:
                context.Purchases.Add(new Purchase { AccountNo = no, SourceId = 1, FactId = $"p{step}", PurchasedOn = DateOnly.FromDateTime(at), Amount = 1 + random.Next(100), Currency = "USD" });
                break;
            default:
                // an invitation comes without a fact of its own
                context.SurveyInvitations.Add(new SurveyInvitation { AccountNo = no, SurveyId = "nps", WaveNo = step, ContactNo = 1, InvitationId = $"v{step}", Kind = SurveyKind.Nps, AddressKey = $"v{step}", Language = "en", State = InvitationState.Asked, CreatedAt = at, AskedAt = at });
                context.SurveyResponses.Add(new SurveyResponse { AccountNo = no, SourceId = 1, FactId = $"c{step}", Kind = "csat", Score = 1 + random.Next(5), ScaleMin = 1, ScaleMax = 5, RespondedAt = at });
                break;
        }
    }

    private static Subscription Term(int no, string id, Random random)
    {
        var start = new DateOnly(2023, 1, 1).AddDays(random.Next(500));
        return new() { AccountNo = no, SourceId = 1, FactId = id, Product = "core", Plan = "pro", Seats = 1 + random.Next(9), Mrr = 10 + random.Next(90), Currency = "USD", StartedOn = start, EndedOn = random.Next(2) == 0 ? null : start.AddDays(100 + random.Next(500)), EndReason = "price" };
    }

    private sealed class FixedClock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => new(Now + Passed);
    }
}
