using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Team;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Team;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Team;

/// <summary>Scored on 31 March 2024 (day 90): Sato owns accounts 1–20, of which 1 and 2 leave; Mori owns 21–30 and takes 20 over on day 141, which leaves on day 151.</summary>
public sealed class TeamReportTests
{
    private const string Sato = "sato@example.com", Mori = "mori@example.com";

    private static readonly Viewer Manager = new("b", "boss@example.com", new HashSet<string> { Roles.CsManager }, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Losses_stand_against_those_that_were_predicted_and_a_handover_shares_both(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await SeedAsync(test.Database);
        await using var engine = Engine(test.Database);
        var overview = await engine.GetRequiredService<TeamReport>().OverviewAsync(Manager, Token);

        var window = overview.Windows.Should().ContainSingle().Subject;
        (window.Window.AsOf, window.Accounts, window.Unpredicted, window.Losses).Should().Be((TestCompany.Day(90), 29, 1, 3), "account 30 had no probability");
        overview.DaysUntold.Should().Be(365 - 90, "nobody predicted the rest of the year");
        var rows = overview.Rows.ToDictionary(row => row.Email ?? "");
        (rows[Sato].Outcome!.Observed, rows[Mori].Outcome!.Observed).Should().Be((2 + (50 / 61.0), 11 / 61.0), "the loss after the hand-over is told by days owned");
        rows[Sato].Outcome!.Verdict.Should().Be(LossVerdict.TooSmall);
        (rows[Sato].HandedOver, rows[Mori].HandedOver, rows[Mori].Predictions).Should().Be((1, 1, 10));
        overview.Whole!.Observed.Should().BeApproximately(3, 1e-9);
        overview.Whole.Expected.Should().BeApproximately(rows[Sato].Outcome!.Expected + rows[Mori].Outcome!.Expected, 1e-9);
        rows[Sato].MrrLost.Should().BeApproximately(200 + (100 * 50 / 61m), 0.001m);
        (rows[Sato].Touches, rows[Sato].TouchMinutes, rows[Sato].AccountsTouched).Should().Be((3, 50, 2));
        rows[Mori].Touches.Should().Be(0, "a touch from long ago does not count");

        var report = engine.GetRequiredService<TeamReport>();
        var lost = await report.AccountsAsync(Manager, new(Mori, TeamListKind.Lost), 0, 10, Token);
        lost.Rows.Should().ContainSingle().Which.Should().Match<TeamAccountRow>(row => row.AccountId == "A20" && row.LeftOn == TestCompany.Day(151) && row.Probability == 0.2);
        var predicted = await report.AccountsAsync(Manager, new(Sato, TeamListKind.Predicted), 0, 1000, Token);
        (predicted.Total, predicted.Rows.Sum(row => row.Expected)).Should().Be((20, predicted.Expected));
        predicted.Expected.Should().BeApproximately(rows[Sato].Outcome!.Expected, 1e-9, "the list adds up to the figure");
        (await report.AccountsAsync(Manager, new(Sato, TeamListKind.Touched), 0, 10, Token)).Rows.Select(row => (row.AccountId, row.Touches, row.Minutes)).Should().Equal(("A1", 2, 40.0), ("A3", 1, 10.0));
    }

    [Theory]
    [DatabaseData]
    public async Task A_csm_gets_the_own_row_alone_whatever_is_asked_for_and_readers_get_none(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await SeedAsync(test.Database);
        await using var engine = Engine(test.Database);
        var report = engine.GetRequiredService<TeamReport>();
        // who sees every account sees no more of colleagues than who sees the own ones
        foreach (var csm in new[] { false, true }.Select(own => new Viewer("m", "Mori@example.com", new HashSet<string> { Roles.Csm }, own)))
        {
            var overview = await report.OverviewAsync(csm, Token);
            (overview.Sight, overview.Whole).Should().Be((TeamSight.Own, null));
            overview.Rows.Should().ContainSingle().Which.Email.Should().Be(Mori);
            foreach (var kindOfList in Enum.GetValues<TeamListKind>())
            {
                foreach (var owner in (string?[])[Sato, "SATO@example.com", null, ""])
                {
                    (await report.AccountsAsync(csm, new(owner, kindOfList), 0, 100, Token)).Should().BeEquivalentTo(new { Total = 0, Expected = 0.0, Observed = 0.0 }, $"{owner} is not the viewer");
                }
            }

            (await report.AccountsAsync(csm, new(Mori, TeamListKind.Predicted), 0, 100, Token)).Total.Should().Be(10);
        }

        // a manager who sees the own portfolio alone leads nobody
        (await report.OverviewAsync(Manager with { OwnPortfolioOnly = true }, Token)).Rows.Should().ContainSingle().Which.Email.Should().Be("boss@example.com");
        (await report.OverviewAsync(new Viewer("e", "e@example.com", new HashSet<string> { Roles.Executive }, false), Token)).Rows.Should().HaveCount(2);
        foreach (var role in (string[])[Roles.ReadOnly, Roles.ProductLead])
        {
            var reader = new Viewer("r", Sato, new HashSet<string> { role }, false);
            (await report.OverviewAsync(reader, Token)).Should().BeEquivalentTo(new { Sight = TeamSight.None, Rows = Array.Empty<TeamRow>(), Windows = Array.Empty<TeamWindow>() });
            (await report.AccountsAsync(reader, new(Sato, TeamListKind.Predicted), 0, 100, Token)).Total.Should().Be(0);
        }
    }

    [Fact]
    public async Task A_run_that_knew_what_came_or_whose_time_is_not_over_tells_nothing()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await SeedAsync(test.Database, knownUntil: 150);
        await using (var engine = Engine(test.Database))
        {
            var overview = await engine.GetRequiredService<TeamReport>().OverviewAsync(Manager, Token);
            overview.Windows.Should().BeEmpty("it was made when the losses were known");
            overview.Rows.Should().OnlyContain(row => row.Outcome == null);
        }

        await using var late = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await SeedAsync(late.Database, reach: 200);
        await using var early = Engine(late.Database);
        var waiting = await early.GetRequiredService<TeamReport>().OverviewAsync(Manager, Token);
        (waiting.Windows.Count, waiting.KnownOn).Should().Be((0, TestCompany.Day(90 + 14 + 90 + 31)));
    }

    [Theory]
    [DatabaseData]
    public async Task Where_nothing_was_shown_yet_the_backtest_of_the_model_tells_and_says_so(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        // the run knew what came; the model in use was checked on three days, of which day 60 is within 90 days of day 90, and of day −60 not every account is kept
        await SeedAsync(test.Database, knownUntil: 150);
        var (first, second, newest) = (TestCompany.Day(-60), TestCompany.Day(60), TestCompany.Day(90));
        await using (var context = test.Database.OpenContext())
        {
            HindsightMonth Month(DateOnly day) => new(day, 30, 10, 3, 1, null, null, 1, null);
            var part = new CardPart(first, newest, 3, 90, 30, 9, 3);
            var card = new ModelCard { Target = Target.Churn, Version = "1", Verdict = Verdict.Skilled, Definition = new CardDefinition(14, 90, 31), Data = part, Train = part, Test = part, Hindsight = new CardHindsight { Months = [Month(first), Month(second), Month(newest)] } };
            context.Models.Add(new ModelVersion { ModelId = 7, Target = Target.Churn, Version = "1", Status = ModelStatus.Champion, Verdict = Verdict.Skilled, CardJson = card.ToJson() });
            foreach (var (day, rows) in new[] { (first, 29), (second, 30), (newest, 30) })
            {
                context.BacktestRows.AddRange(Enumerable.Range(1, rows).Select(no => new BacktestRow { ModelId = 7, AsOf = day, AccountNo = no, Rank = no, RiskRank = no, Listed = no <= 10, Probability = 0.25, Mrr = 200 }));
            }

            await context.SaveChangesAsync(Token);
        }

        await using var engine = Engine(test.Database);
        var report = engine.GetRequiredService<TeamReport>();
        var overview = await report.OverviewAsync(Manager, Token);
        var window = overview.Windows.Should().ContainSingle("no two times overlap, and a day is told only where every account has a probability").Subject;
        (window.Window.AsOf, window.IsBacktest, window.Accounts, window.Losses).Should().Be((newest, true, 30, 3));
        overview.Rows.Single(row => row.Email == Sato).MrrLost.Should().BeApproximately(400 + (200 * 50 / 61m), 0.001m);
        (await report.AccountsAsync(Manager, new(Mori, TeamListKind.Lost), 0, 10, Token)).Rows.Should().ContainSingle().Which.Probability.Should().Be(0.25);

        // what was shown goes before what would have been
        await using (var context = test.Database.OpenContext())
        {
            await context.ScoreRuns.ExecuteUpdateAsync(set => set.SetProperty(run => run.ContractsUntil, TestCompany.Day(92)), Token);
        }

        (await report.OverviewAsync(Manager, Token)).Windows.Should().ContainSingle().Which.Should().Match<TeamWindow>(shown => !shown.IsBacktest && shown.Accounts == 29);
    }

    private static async Task SeedAsync(Database database, int knownUntil = 92, int reach = 240)
    {
        await using var company = new TestCompany(database);
        var context = company.Context;
        for (var no = 1; no <= 30; no++)
        {
            company.Account(no).OwnerEmail = no < 20 ? Sato : Mori;
            company.Term(no, start: 0, end: no <= 2 ? 120 : no == 20 ? 151 : null, currency: "USD");
            company.Value(no, "owner_email", AttributeType.Category, 0, no <= 20 ? "Sato@example.com" : Mori);
        }

        company.Value(20, "owner_email", AttributeType.Category, 141, Mori);
        company.Reach("subscriptions", reach);
        foreach (var (account, day, minutes) in (ReadOnlySpan<(int, int, double)>)[(1, 235, 30), (1, 236, 10), (3, 236, 10), (21, 20, 99)])
        {
            var touch = company.Touch(account, day);
            (touch.OwnerEmail, touch.Minutes) = (account == 21 ? Mori : "SATO@example.com", minutes);
        }

        context.ScoreRuns.Add(new ScoreRun { ScoreRunId = 1, AsOf = TestCompany.Day(90), StartedAt = DateTime.UnixEpoch, FinishedAt = DateTime.UnixEpoch, ChurnModelId = 1, ContractsUntil = TestCompany.Day(knownUntil) });
        for (var no = 1; no <= 30; no++)
        {
            context.AccountScores.Add(new AccountScore { ScoreRunId = 1, AccountNo = no, State = ScoreState.Scored, Name = $"Account {no}", NameSort = $"account {no}", Plays = "", Mrr = 100, ChurnProbability = no == 30 ? null : 0.2, OwnerEmail = no < 20 ? Sato : Mori });
        }

        await company.SaveAsync();
    }

    private static ServiceProvider Engine(Database database) =>
        new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2024, 8, 28, 3, 0, 0, TimeSpan.Zero))).AddCustomerSuccessEngine(database.Options).BuildServiceProvider();
}
