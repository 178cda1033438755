using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Engine.Tests.Goals;

/// <summary>The clock stands on 1 July 2024 in Tokyo; accounts 1 and 2 pay 100 and 300 from January on, 2 leaves in June.</summary>
public sealed class GoalTests
{
    private static readonly DateOnly May = new(2024, 5, 31), June = new(2024, 6, 30);
    private static readonly Viewer Executive = new("u-read", "read@example.com", new HashSet<string> { Roles.Executive }, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Goals_are_set_changed_at_the_version_that_was_seen_served_reviewed_and_given_up(DatabaseKind kind)
    {
        await using var day = await OpenAsync(kind);
        await using var engine = Engine(day);
        var (book, query) = (engine.GetRequiredService<GoalBook>(), engine.GetRequiredService<GoalQuery>());

        var kgi = (await book.SaveAsync(Executive, Draft(" MRR 450 ", GoalMeasure.Mrr, 450) with { Kind = GoalKind.Kgi }, Token)).Value!;
        (kgi.Title, kgi.StartValue, kgi.Version, kgi.OwnerEmail).Should().Be(("MRR 450", 400, 1, "sato@example.com"));
        var kpi = (await book.SaveAsync(Workday.Manager, Draft("解約MRRをなくす", GoalMeasure.ChurnedMrr, 0) with { ParentId = kgi.GoalId, StartValue = 50, OwnerEmail = "mori@example.com" }, Token)).Value!;
        (await book.SaveAsync(Executive, Draft("x", GoalMeasure.Mrr, 500) with { ParentId = kpi.GoalId }, Token)).Problems.Should().ContainKey("parent");
        (await book.SaveAsync(Executive, Draft("x", GoalMeasure.Mrr, 500) with { GoalId = kgi.GoalId, Version = 1 }, Token)).Problems.Should().ContainKey("kind", "a KPI serves it");

        var rows = (await query.ListAsync(Executive, Token)).Rows;
        rows.Select(row => (row.Goal.Title, row.Depth, row.Standing.Status, row.ReviewDue)).Should().Equal(("MRR 450", 0, GoalStatus.Behind, June), ("解約MRRをなくす", 1, GoalStatus.Behind, June));
        (rows[0].Standing.Point!.Value, rows[1].Standing.Point!.Value).Should().Be((100, 300));

        var changed = await book.SaveAsync(Executive, Draft("MRR 420", GoalMeasure.Mrr, 420) with { GoalId = kgi.GoalId, Version = 1, Kind = GoalKind.Kgi, StartValue = 400 }, Token);
        (changed.Outcome, changed.Value!.Version).Should().Be((ActOutcome.Done, 2));
        var late = await book.SaveAsync(Workday.Manager, Draft("MRR 600", GoalMeasure.Mrr, 600) with { GoalId = kgi.GoalId, Version = 1, Kind = GoalKind.Kgi }, Token);
        (late.Outcome, late.Value!.Title).Should().Be((ActOutcome.Conflict, "MRR 420"));
        (await book.SaveAsync(Executive, Draft("MRR 420", GoalMeasure.Mrr, 420) with { GoalId = kgi.GoalId, Version = 2, Kind = GoalKind.Kgi, StartValue = 400 }, Token)).Outcome.Should().Be(ActOutcome.Unchanged);

        // the owner reviews; figures are those of the month, and stay
        var review = (await book.ReviewAsync(Workday.Sato, new(kgi.GoalId, June, 0) { Check = "2 left", Links = [new(GoalLinkKind.Play, "check_in", "Check in")] }, Token)).Value!;
        (review.Value, review.Status, review.TargetValue, review.FigureMonth).Should().Be((100.0, GoalStatus.Behind, 420m, June));
        await using (var more = new TestCompany(day.Database, firstFact: 100))
        {
            more.Term(1, start: 150, mrr: 900, currency: "JPY");
            more.Context.AccountChanges.Add(new Core.Ingestion.AccountChange { AccountNo = 1, ChangeNo = 1, EarliestDay = TestCompany.Day(150) });
            await more.SaveAsync();
        }

        var again = (await book.ReviewAsync(Executive, new(kgi.GoalId, June, 1) { Check = "2 left", Act = "Call them" }, Token)).Value!;
        (again.Value, again.Act, again.Version, again.Links.Count).Should().Be((100.0, "Call them", 2, 0));
        (await book.ReviewAsync(Executive, new(kgi.GoalId, June, 1) { Check = "x" }, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await book.ReviewAsync(Executive, new(kgi.GoalId, new DateOnly(2024, 7, 31), 0) { Check = "x" }, Token)).Problems.Should().ContainKey("month");

        var details = (await query.FindAsync(Executive, kgi.GoalId, Token))!;
        details.Row.ReviewDue.Should().BeNull();
        details.Row.Standing.Point!.Value.Should().Be(1000, "facts that came later count for the goal, not for its review");
        details.Children.Select(child => child.Goal.GoalId).Should().Equal(kpi.GoalId);
        details.History.Select(entry => entry.Act).Should().Equal("review_changed", "reviewed", "changed", "created");
        FieldChanges.Read(details.History[2].ChangesJson)["target"].Should().Be(new FieldChange("450", "420"));

        (await book.SetDeletedAsync(Executive, kgi.GoalId, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await query.FindAsync(Executive, kgi.GoalId, Token)).Should().BeNull();
        (await query.ListAsync(Executive, Token)).Rows.Select(row => (row.Goal.GoalId, row.Depth)).Should().Equal((kpi.GoalId, 0));
        await book.SetDeletedAsync(Executive, kgi.GoalId, false, Token);
        (await query.ListAsync(Executive, Token)).Rows.Should().HaveCount(2);
    }

    [Theory]
    [DatabaseData]
    public async Task A_csm_sees_and_reviews_the_own_goals_alone_and_readers_set_none(DatabaseKind kind)
    {
        await using var day = await OpenAsync(kind);
        await using var engine = Engine(day);
        var (book, query) = (engine.GetRequiredService<GoalBook>(), engine.GetRequiredService<GoalQuery>());
        var satos = (await book.SaveAsync(Executive, Draft("Sato's", GoalMeasure.Mrr, 450), Token)).Value!;
        var moris = (await book.SaveAsync(Executive, Draft("Mori's", GoalMeasure.Mrr, 450) with { OwnerEmail = "mori@example.com" }, Token)).Value!;

        (await query.ListAsync(Workday.Sato, Token)).Rows.Should().ContainSingle().Which.Standing.Point!.Value.Should().Be(100, "the company's figure, not the portfolio's");
        (await query.StandingAsync(Workday.Mori, Token)).Select(goal => goal.GoalId).Should().Equal(moris.GoalId);
        (await query.FindAsync(Workday.Sato, moris.GoalId, Token)).Should().BeNull();
        (await book.ReviewAsync(Workday.Sato, new(moris.GoalId, June, 0) { Check = "x" }, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        var reader = new Viewer("r", "r@example.com", new HashSet<string> { Roles.ReadOnly }, false);
        foreach (var viewer in (Viewer[])[Workday.Sato, Workday.Mori, reader])
        {
            (await book.SaveAsync(viewer, Draft("x", GoalMeasure.Mrr, 450), Token)).Outcome.Should().Be(ActOutcome.Forbidden);
            (await book.SetDeletedAsync(viewer, satos.GoalId, true, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        }

        (await query.ListAsync(reader, Token)).Rows.Should().HaveCount(2);
        (await book.ReviewAsync(reader, new(satos.GoalId, June, 0) { Check = "x" }, Token)).Outcome.Should().Be(ActOutcome.Forbidden);

        await using var context = day.Database.OpenContext();
        (await GoalQuery.DueAsync(context, "sato@example.com", Workday.Today, Token)).Should().ContainSingle().Which.Month.Should().Be(June);
        await book.ReviewAsync(Workday.Sato, new(satos.GoalId, June, 0) { Do = "x" }, Token);
        (await GoalQuery.DueAsync(context, "sato@example.com", Workday.Today, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_field_and_a_scope_counts_its_accounts_alone()
    {
        await using var day = await OpenAsync(DatabaseKind.Sqlite);
        await using var engine = Engine(day);
        var book = engine.GetRequiredService<GoalBook>();
        (await book.SaveAsync(Executive, new GoalDraft(null, 0), Token)).Problems
            .Should().BeEquivalentTo(new Dictionary<string, string> { ["title"] = "missing", ["owner"] = "missing", ["start_on"] = "missing", ["due_on"] = "missing", ["target"] = "missing", ["start"] = "missing" });
        (await book.SaveAsync(Executive, Draft("x", GoalMeasure.Grr, 1.2m) with { StartValue = 0.9m, OwnerEmail = "gone@example.com", DueOn = new DateOnly(2024, 6, 15) }, Token)).Problems
            .Should().BeEquivalentTo(new Dictionary<string, string> { ["target"] = "out_of_range", ["owner"] = "no_colleague", ["due_on"] = "no_month_between" });
        (await book.SaveAsync(Executive, Draft("x", GoalMeasure.Mrr, 100), Token)).Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["target"] = "wrong_way" });
        (await book.SaveAsync(Executive, Draft("x", GoalMeasure.Mrr, 500) with { Steps = [new(new DateOnly(2025, 1, 1), 1)] }, Token)).Problems.Should().ContainKey("steps");

        var series = engine.GetRequiredService<MeasureSeries>();
        (await series.ReadAsync(GoalMeasure.Mrr, new GoalScope(Plan: "Pro"), Token)).Select(point => point.Value).Should().AllBeEquivalentTo(100.0);
        foreach (var measure in Enum.GetValues<GoalMeasure>())
        {
            var points = await series.ReadAsync(measure, GoalScope.All, Token);
            points.Select(point => point.Month).Should().BeInAscendingOrder();
            points.Where(point => point.Lower > point.Value || point.Upper < point.Value).Should().BeEmpty($"{measure} lies in its interval");
        }
    }

    [Fact]
    public async Task Nps_is_that_of_three_months_with_its_interval()
    {
        await using var day = await OpenAsync(DatabaseKind.Sqlite);
        await using (var company = new TestCompany(day.Database, firstFact: 50))
        {
            foreach (var (at, score) in (ReadOnlySpan<(int, double)>)[(10, 10), (40, 9), (70, 0), (100, 10)])
            {
                company.Answer(1, at, score);
            }

            await company.SaveAsync();
        }

        await using var engine = Engine(day);
        var points = await engine.GetRequiredService<MeasureSeries>().ReadAsync(GoalMeasure.Nps, GoalScope.All, Token);
        points.Select(point => (point.Month.Month, point.N)).Should().Equal((1, 1), (2, 2), (3, 3), (4, 3));
        points[^1].Value.Should().BeApproximately(100.0 / 3, 1e-9);
    }

    private static GoalDraft Draft(string title, GoalMeasure measure, decimal target) => new(null, 0)
    {
        Kind = GoalKind.Kpi,
        Title = title,
        Measure = measure,
        OwnerEmail = "Sato@example.com",
        StartOn = May,
        DueOn = new DateOnly(2024, 12, 31),
        TargetValue = target,
    };

    private static async Task<Workday> OpenAsync(DatabaseKind kind)
    {
        var day = await Workday.CreateAsync(kind);
        await using var company = new TestCompany(day.Database);
        company.Term(1, start: 0, mrr: 100, plan: "Pro", currency: "JPY");
        company.Term(2, start: 0, end: 160, mrr: 300, plan: "Basic", currency: "JPY");
        company.Reach("subscriptions", 181);
        company.Context.Settings.Add(new Setting { Key = "company.currency", Value = "JPY", ChangedBy = "test" });
        await company.SaveAsync();
        return day;
    }

    private static ServiceProvider Engine(Workday day) => new ServiceCollection().AddSingleton<TimeProvider>(day.Clock).AddCustomerSuccessEngine(day.Database.Options).BuildServiceProvider();
}
