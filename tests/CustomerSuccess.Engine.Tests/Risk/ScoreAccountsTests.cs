using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Risk;

public sealed class ScoreAccountsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly int[] MonthEnds = [30, 59, 90, 120, 151];

    [Theory]
    [DatabaseData]
    public async Task Without_a_model_the_rules_rank_and_say_so(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var run = await Score(company, test).RunAsync(cancellation: Token);
        run.AsOf.Should().Be(TestCompany.Day(181), "usage reaches to there");
        run.IsFallback.Should().BeTrue();
        run.FallbackReason.Should().Be("no_model");
        (run.Scored, run.Leaving).Should().Be((29, 1));

        var page = await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 100, Token);
        page.Total.Should().Be(30);
        page.Rows.Take(29).Select(row => row.Rank).Should().Equal(Enumerable.Range(1, 29).Cast<int?>());
        page.Rows.Take(29).Should().BeInDescendingOrder(row => row.ValuePerMinute);
        page.Rows.Should().OnlyContain(row => row.Probability == null && row.ExpectedLoss == null && row.Lifetime == null && row.RenewalProbability == null && row.Suggestions.All(s => s.Value == null));
        (await new ForecastQuery(test.Database).MonthsAsync(Token)).Months.Should().OnlyContain(month => month.DueMrr > 0 && month.ExpectedMrr == null, "what is due is known, what will be renewed is not");
        page.Rows.Take(29).Should().OnlyContain(row => row.Suggestions.Count >= 1 && row.Suggestions.Count <= 3 && row.Health > 0 && row.Health < 100);
        foreach (var row in page.Rows)
        {
            row.Drivers.Sum(driver => driver.Points * 100).Should().BeApproximately(row.RuleScore, 1e-9);
        }

        var leaving = page.Rows[^1];
        leaving.AccountId.Should().Be("A30");
        leaving.State.Should().Be(ScoreState.Leaving);
        leaving.Rank.Should().BeNull();
        leaving.Suggestions.Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task With_a_model_the_value_of_a_minute_ranks_and_the_drivers_add_up(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var models = Models(company, test);
        await RegisterAsync(models, test, company);
        var run = await Score(company, test).RunAsync(cancellation: Token);
        run.IsFallback.Should().BeFalse();
        (run.LeadDays, run.HorizonDays).Should().Be((0, 31), "a probability is of the model's own horizon");

        var page = await company.Queue.PageAsync(Viewer.System, new() { State = ScoreState.Scored }, QueueSort.Rank, false, 0, 100, Token);
        page.Rows.Should().OnlyContain(row => row.Probability > 0 && row.Probability < 1);
        foreach (var row in page.Rows)
        {
            row.ExpectedLoss.Should().BeApproximately((decimal)row.Probability! * row.Mrr * 12, 0.0001m);
            row.ValuePerMinute.Should().BeApproximately((double)row.Suggestions[0].Value!.Value / row.Suggestions[0].Minutes, 1e-4);
        }

        var forecast = new ForecastQuery(test.Database);
        var (_, months) = await forecast.MonthsAsync(Token);
        months.Select(m => (m.Month, m.Accounts, m.DueMrr, m.LeavingAccounts, m.LeavingMrr)).Should().Equal(
            (new DateOnly(2025, 2, 28), 24, 30_000m, 0, 0m), (new DateOnly(2025, 3, 31), 5, 13_500m, 1, 3_000m));
        var accounts = (await forecast.AccountsAsync(Viewer.System, Token)).ToDictionary(account => account.AccountId);
        foreach (var month in months)
        {
            var due = page.Rows.Where(row => row.RenewsOn is { } on && on.Month == month.Month.Month).ToList();
            month.ExpectedMrr.Should().BeApproximately(due.Sum(row => row.Mrr * (decimal)row.RenewalProbability!.Value), 0.02m, "the month is the sum of its accounts");
            month.LowerMrr.Should().BeLessThanOrEqualTo(month.ExpectedMrr!.Value);
            month.UpperMrr.Should().BeInRange(month.ExpectedMrr.Value, month.DueMrr);
        }

        var (renewals, total) = await forecast.RenewalsAsync(Viewer.System, run.ScoreRunId, new RenewalView(), 0, 100, Token);
        total.Should().Be(30);
        renewals.Should().BeInDescendingOrder(row => row.AtRiskMrr);
        foreach (var month in months)
        {
            var due = renewals.Where(row => row.Month == month.Month && !row.Leaving).ToList();
            due.Sum(row => row.Mrr).Should().Be(month.DueMrr);
            due.Sum(row => row.Mrr - row.AtRiskMrr!.Value).Should().BeApproximately(month.ExpectedMrr!.Value, 0.01m * due.Count, "the list is what the month is the sum of");
        }

        renewals.Where(row => row.Leaving).Should().ContainSingle().Which.Should().BeEquivalentTo(new { AccountId = "A30", AtRiskMrr = 3_000m, Probability = (double?)null });
        var kept = await forecast.SavedAsync(Viewer.System, run.ScoreRunId, months[0].Month, 2, Token);
        kept.AtRiskMrr.Should().Be(renewals.Where(row => row.Month == months[0].Month && !row.Leaving).Take(2).Sum(row => row.AtRiskMrr!.Value));
        (await forecast.RenewalsAsync(Viewer.System, run.ScoreRunId, new(months[1].Month, RenewalSort.Name, Descending: false), 1, 2, Token)).Should().BeEquivalentTo((renewals.Where(row => row.Month == months[1].Month).OrderBy(row => row.Name, StringComparer.Ordinal).Skip(1).Take(2), 6));
        (await forecast.RenewalsAsync(ScoredCompany.Csm("nobody@example.com"), run.ScoreRunId, new(), 0, 100, Token)).Total.Should().Be(0);

        foreach (var row in page.Rows)
        {
            var months60 = TouchValue.ExpectedMonths(TouchValue.MonthlyHazard(row.Probability!.Value, 31));
            row.Lifetime!.Value.Value.Should().BeApproximately(row.Mrr * 0.8m * (decimal)months60, 0.01m * row.Mrr);
            accounts[row.AccountId].Should().BeEquivalentTo(new { row.Lifetime, row.RenewalProbability, row.Mrr });
        }

        accounts["A30"].Should().BeEquivalentTo(new { Lifetime = (LifetimeValue?)null, RenewalProbability = (double?)null });
        (await forecast.AccountsAsync(ScoredCompany.Csm("nobody@example.com"), Token)).Should().BeEmpty();

        // usage fell for every third account, and the planted model knows nothing else
        var risky = page.Rows.Where(row => row.Probability > 0.5).Select(row => row.AccountNo).ToList();
        risky.Should().OnlyContain(account => account % 3 == 0);
        risky.Should().HaveCount(9);
        page.Rows.First(row => risky.Contains(row.AccountNo)).Drivers[0].Feature.Should().Be(FeatureNames.UsageTrend28);
    }

    [Theory]
    [DatabaseData]
    public async Task The_forecast_says_what_moved_since_an_earlier_month(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await RegisterAsync(Models(company, test), test, company);
        var forecast = new ForecastQuery(test.Database);
        (await forecast.ChangesAsync(Token)).Should().BeNull("nothing has been scored");
        await Score(company, test).RunAsync(TestCompany.Day(150), cancellation: Token);
        (await forecast.ChangesAsync(Token)).Should().BeNull("there is nothing to compare with");
        var earlier = await forecast.MonthsAsync(Token);
        await Score(company, test).RunAsync(cancellation: Token);

        var (before, changes) = (await forecast.ChangesAsync(Token))!.Value;
        before.AsOf.Should().Be(TestCompany.Day(150));
        var now = await forecast.MonthsAsync(Token);
        changes.Select(change => change.Month).Should().Equal(now.Months.Select(month => month.Month));
        foreach (var change in changes)
        {
            change.Before.Should().BeApproximately(earlier.Months.Single(month => month.Month == change.Month).ExpectedMrr!.Value, 0.02m);
            change.Now.Should().BeApproximately(now.Months.Single(month => month.Month == change.Month).ExpectedMrr!.Value, 0.02m);
        }

        var likelihood = changes.Sum(change => change.Steps[(int)ForecastMove.Likelihood].Mrr);
        likelihood.Should().BeLessThan(0, "usage fell for every third account");
        changes[^1].Steps[(int)ForecastMove.Notice].Accounts.Should().Be(1, "one gave notice between");
    }

    [Theory]
    [DatabaseData]
    public async Task An_account_says_what_changed_since_a_week_ago_and_what_would_help(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await RegisterAsync(Models(company, test), test, company);
        async Task<Core.Accounts.AccountHead> PageAsync() => (await company.Accounts.FindAsync(Viewer.System, "A3", cancellation: Token))!;

        await Score(company, test).RunAsync(TestCompany.Day(150), cancellation: Token);
        var before = await PageAsync();
        before.RiskChange.Should().BeNull("there is nothing to compare with");
        before.Score!.Reliefs.Should().BeEmpty("usage has not fallen yet");
        await Score(company, test).RunAsync(TestCompany.Day(177), cancellation: Token);
        await Score(company, test).RunAsync(cancellation: Token);

        var now = await PageAsync();
        var change = now.RiskChange!;
        change.EarlierAsOf.Should().Be(TestCompany.Day(150), "the run between is less than a week old");
        change.Before.Should().BeApproximately(before.Score.Probability!.Value, 1e-6);
        change.Now.Should().BeApproximately(now.Score!.Probability!.Value, 1e-6);
        change.Themes.Should().ContainSingle().Which.Should().Match<ThemeChange>(part => part.Theme == FeatureThemes.UsageTheme && Math.Abs(part.Points - (change.Now - change.Before)) < 1e-6);
        (now.Score.Drivers[0].From > now.Score.Drivers[0].To).Should().BeTrue("usage fell");

        var relief = now.Score.Reliefs.Should().ContainSingle().Subject;
        relief.Change.Should().Be(Reliefs.RestoreUsage);
        relief.Probability.Should().BeLessThan(0.5).And.BeApproximately(before.Score.Probability!.Value, 0.05, "the model asked nothing but the trend, which was level then");
    }

    [Theory]
    [DatabaseData]
    public async Task A_later_run_leaves_the_earlier_one_as_it_was(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var first = await Score(company, test).RunAsync(cancellation: Token);
        async Task<List<string>> Rows(int run)
        {
            await using var context = test.Database.OpenContext();
            var scores = await context.AccountScores.AsNoTracking().Where(s => s.ScoreRunId == run).OrderBy(s => s.AccountNo).ToListAsync(Token);
            return [.. scores.Select(s => System.Text.Json.JsonSerializer.Serialize(s))];
        }

        var before = await Rows(first.ScoreRunId);
        await using (var facts = new TestCompany(test.Database))
        {
            await facts.Context.Subscriptions.Where(s => s.AccountNo == 1).ExecuteUpdateAsync(set => set.SetProperty(s => s.Mrr, 9999m), Token);
        }

        company.Clock.Advance(TimeSpan.FromDays(1));
        var second = await Score(company, test).RunAsync(cancellation: Token);
        second.ScoreRunId.Should().BeGreaterThan(first.ScoreRunId);
        (await Rows(first.ScoreRunId)).Should().Equal(before);
        (await Rows(second.ScoreRunId)).Should().NotEqual(before);
    }

    [Theory]
    [DatabaseData]
    public async Task What_was_done_snoozed_or_dismissed_is_not_suggested_again(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await Score(company, test).RunAsync(cancellation: Token);
        async Task<bool> Suggested(int account, string play)
        {
            await Score(company, test).RunAsync(cancellation: Token);
            var page = await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 100, Token);
            return page.Rows.Single(row => row.AccountNo == account).Suggestions.Any(s => s.Play == play);
        }

        (await Suggested(3, "usage_recovery")).Should().BeTrue();
        var today = DateOnly.FromDateTime(company.Clock.GetUtcNow().DateTime);
        await company.Actions.SnoozeAsync(Viewer.System, 3, "usage_recovery", today.AddDays(7), "budget talks", cancellation: Token);
        await company.Actions.DismissAsync(Viewer.System, 6, "usage_recovery", "season", cancellation: Token);
        var done = await company.Actions.DoneAsync(Viewer.System, 9, "usage_recovery", cancellation: Token);
        company.Clock.Advance(TimeSpan.FromDays(6));
        (await Suggested(3, "usage_recovery")).Should().BeFalse("its day has not come");
        (await Suggested(6, "usage_recovery")).Should().BeFalse("dismissed");
        (await Suggested(9, "usage_recovery")).Should().BeFalse("in its cool-down");
        company.Clock.Advance(TimeSpan.FromDays(1));
        (await Suggested(3, "usage_recovery")).Should().BeTrue("its day has come");
        (await Suggested(9, "usage_recovery")).Should().BeFalse("in its cool-down of 45 days");
        await company.Actions.UndoAsync(Viewer.System, 9, done.Value!.ActionId, Token);
        (await Suggested(9, "usage_recovery")).Should().BeTrue("it was not done after all");
        company.Clock.Advance(TimeSpan.FromDays(400));
        (await Suggested(6, "usage_recovery")).Should().BeFalse("dismissed until undone");
    }

    [Theory]
    [DatabaseData]
    public async Task Opt_outs_are_respected(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await using (var facts = new TestCompany(test.Database))
        {
            facts.Contact(3, 1).OptOutPhone = true;
            var silent = facts.Contact(6, 2);
            (silent.OptOutEmail, silent.OptOutPhone) = (true, true);
            facts.Contact(9, 3).OptOutPhone = true;
            facts.Contact(9, 4);
            await facts.SaveAsync();
        }

        await Score(company, test).RunAsync(cancellation: Token);
        var rows = (await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 100, Token)).Rows.ToDictionary(row => row.AccountNo, row => row.Suggestions.Select(s => s.Channel).FirstOrDefault());
        rows[3].Should().Be("email");
        rows[6].Should().BeNull();
        rows[9].Should().Be("call", "somebody else there may be called");
    }

    [Theory]
    [DatabaseData]
    public async Task Health_has_a_history_that_follows_corrected_facts(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await Score(company, test).RunAsync(cancellation: Token);
        async Task<IReadOnlyList<HealthPoint>> History() => (await company.Accounts.HealthHistoryAsync(Viewer.System, 3, Token))!;
        var before = await History();
        before.Select(p => p.AsOf).Should().Equal([.. MonthEnds.Select(TestCompany.Day), TestCompany.Day(181)]);
        before.Select(p => p.Reconstructed).Should().Equal(true, true, true, true, true, false);

        await using (var facts = new TestCompany(test.Database))
        {
            facts.Answer(3, 80, 10);
            facts.Answer(1, 80, 0);
            facts.Context.AccountChanges.Add(new() { AccountNo = 3, ChangeNo = 7, EarliestDay = TestCompany.Day(80), ImportFileId = 2 });
            await facts.SaveAsync();
        }

        company.Clock.Advance(TimeSpan.FromDays(1));
        await Score(company, test).RunAsync(cancellation: Token);
        var after = await History();
        after.Select(p => p.Sentiment is null).Should().Equal(true, true, false, false, false, false);
        after[1].Total.Should().Be(before[1].Total);
    }

    [Theory]
    [DatabaseData]
    public async Task An_interrupted_run_is_never_shown_and_is_swept_up(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var first = await Score(company, test).RunAsync(cancellation: Token);
        using var stop = new CancellationTokenSource();
        var cut = () => Score(company, test).RunAsync(progress: step =>
        {
            if (step.Contains("explained", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }, cancellation: stop.Token);
        await cut.Should().ThrowAsync<OperationCanceledException>();
        (await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 1, Token)).Run!.ScoreRunId.Should().Be(first.ScoreRunId);

        company.Clock.Advance(TimeSpan.FromHours(7));
        var third = await Score(company, test).RunAsync(cancellation: Token);
        await using var context = test.Database.OpenContext();
        (await context.ScoreRuns.Select(r => r.ScoreRunId).ToListAsync(Token)).Should().BeEquivalentTo([first.ScoreRunId, third.ScoreRunId]);
        (await context.Suggestions.Select(s => s.ScoreRunId).Distinct().ToListAsync(Token)).Should().BeEquivalentTo([first.ScoreRunId, third.ScoreRunId]);
    }

    [Theory]
    [DatabaseData]
    public async Task An_empty_company_cannot_be_scored_and_is_told_why(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var score = () => Score(new ScoredCompany(test), test).RunAsync(cancellation: Token);
        (await score.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*import*");
    }

    /// <summary>Thirty paying accounts with usage every four days; for every third one it fell 40 days before the end, and the last has given notice.</summary>
    internal static async Task<ScoredCompany> CompanyAsync(TestDatabase test)
    {
        await using var facts = new TestCompany(test.Database);
        for (var no = 1; no <= 30; no++)
        {
            facts.Account(no, segment: no <= 15 ? "small" : null);
            var term = facts.Term(no, 0, mrr: 100 * no, plan: "basic");
            term.TermEndsOn = TestCompany.Day(400 + no);
            term.NoticeOn = no == 30 ? TestCompany.Day(170) : null;
            for (var day = 1; day <= 181; day += 4)
            {
                facts.Use(no, day, no % 3 == 0 && day > 150 ? 1 : 20);
            }
        }

        facts.Reach("usage", 181);
        facts.Reach("subscriptions", 181);
        await facts.SaveAsync();
        var company = new ScoredCompany(test);
        // these tests speak of every account's suggestions
        await company.Settings.SetAsync(Viewer.System, "plays.holdout_share", "0", Token);
        return company;
    }

    internal static ScoreAccounts Score(ScoredCompany company, TestDatabase test)
    {
        var (observations, features) = (new BuildObservations(test.Database, company.Settings), new BuildFeatures(test.Database, company.Settings));
        return new(test.Database, company.Settings, new AsOfDates(test.Database), observations, features, new FeatureSnapshots(test.Database), Models(company, test), new UpdateHealthHistory(test.Database, company.Settings, observations, features), new KeepRunFigures(test.Database, observations, features, Models(company, test), new(test.Database, company.Settings)), company.Clock);
    }

    internal static ModelRegistry Models(ScoredCompany company, TestDatabase test) => new(test.Database, company.Settings, company.Clock);

    /// <summary>A logistic regression that was taught that falling usage is everything.</summary>
    internal static async Task RegisterAsync(ModelRegistry models, TestDatabase test, ScoredCompany company)
    {
        var folder = Directory.CreateTempSubdirectory("cs-models-").FullName;
        try
        {
            await company.Settings.SetAsync(Viewer.System, "models.folder", folder, Token);
            int[] accounts = [.. Enumerable.Range(1, 400)];
            bool[] labels = [.. accounts.Select(no => no % 3 == 0)];
            var table = new FeatureTable(accounts, [.. accounts.Select(_ => TestCompany.Day(30))], [FeatureColumn.OfNumbers(FeatureNames.UsageTrend28, [.. labels.Select((left, i) => left == (i % 20 != 0) ? -0.9 : 0)])]);
            var data = new LabelledTable(table, labels, [.. labels.Select((left, i) => left ? i : -1)], [.. labels.Select(_ => 1.0)]);
            var model = ModelFitter.Fit(data, [.. Enumerable.Range(0, 400)], TrainingPlan.For(400, 133) with { TreeWeights = [0] }, Token).Model;
            var part = new CardPart(null, null, 1, 400, 400, 133, 133);
            var card = new ModelCard { Target = Target.Churn, Version = "2024-01-31-1", Verdict = Verdict.Skilled, Definition = new CardDefinition(0, 31, 0), Data = part, Train = part, Test = part, ServedHash = model.Hash };
            await models.RegisterAsync(card, ModelArchive.Pack(model, model), ModelStatus.Champion, Token);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
