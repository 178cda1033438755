using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Products;

public sealed class ScoreProductsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Without_a_model_products_have_health_and_a_rule_score_of_their_own(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var run = await Score(company, test).RunAsync(cancellation: Token);
        var scores = await ScoresAsync(test, run.ScoreRunId);
        scores.Should().HaveCount(30 + 20, "each account has its products");
        scores.Should().OnlyContain(s => s.Probability == null && s.ExpectedLoss == null && s.ModelId == null);
        scores.Where(s => s.Basis == ProductRiskBasis.Notice).Select(s => (s.AccountNo, s.Product)).Should().BeEquivalentTo([(20, "archive"), (30, "core")]);
        scores.Where(s => s.Basis != ProductRiskBasis.Notice).Should().OnlyContain(s => s.Basis == ProductRiskBasis.RuleScore && s.State == ScoreState.Scored);
        scores.Where(s => s.Product == "archive").Should().OnlyContain(s => s.Payers == 20 && s.Name == "Archive" && s.Health > 0 && s.Health < 100);
        scores.Where(s => s.Product == "core").Should().OnlyContain(s => s.Payers == 30 && s.Told == ProductTold.Usage);

        await using var context = test.Database.OpenContext();
        var accounts = await context.AccountScores.Where(s => s.ScoreRunId == run.ScoreRunId).ToDictionaryAsync(s => s.AccountNo, Token);
        foreach (var own in scores.GroupBy(s => s.AccountNo))
        {
            own.Sum(s => s.Mrr).Should().Be(accounts[own.Key].Mrr, "products add up to the account");
            accounts[own.Key].Products.Should().Be(own.Key <= 20 ? "|archive|core|" : "|core|");
        }

        // the archive was given up by accounts whose use of the core went on
        scores.Where(s => s.Product == "archive" && s.AccountNo % 4 == 0 && s.State == ScoreState.Scored).Should().OnlyContain(s => s.RuleScore >= 20);
        scores.Single(s => s is { AccountNo: 4, Product: "archive" }).Engagement.Should().BeLessThan(scores.Single(s => s is { AccountNo: 4, Product: "core" }).Engagement!.Value);
        scores.Single(s => s is { AccountNo: 4, Product: "archive" }).DriversJson.Should().Contain(FeatureNames.UsageTrend28);

        (await context.ProductHealthPoints.Where(p => p.AsOf == run.AsOf).CountAsync(Token)).Should().Be(50);
        (await context.ProductHealthPoints.Where(p => p.AsOf != run.AsOf).Select(p => p.AsOf).Distinct().OrderBy(d => d).ToListAsync(Token))
            .Should().Equal(new[] { 30, 59, 90, 120, 151 }.Select(TestCompany.Day), "month ends before are computed from the facts");
    }

    [Theory]
    [DatabaseData]
    public async Task A_product_is_at_least_as_likely_to_be_lost_as_the_account_and_losses_roll_up(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await RegisterAsync(company, test, Target.Churn);

        // nothing tells yet which product is dropped
        var run = await Score(company, test).RunAsync(cancellation: Token);
        (await ScoresAsync(test, run.ScoreRunId)).Where(s => s.State == ScoreState.Scored).Select(s => s.Basis).Distinct().Should().BeEquivalentTo([ProductRiskBasis.Account, ProductRiskBasis.OnlyProduct]);
        (await StandingsAsync(test, company, Viewer.System)).Select(p => p.Basis).Should().OnlyContain(basis => basis == ProductRiskBasis.Account);

        await RegisterAsync(company, test, Target.ProductChurn);
        run = await Score(company, test).RunAsync(cancellation: Token);
        var scores = await ScoresAsync(test, run.ScoreRunId);
        var query = new ProductQuery(test.Database, company.Settings);
        await using var context = test.Database.OpenContext();
        foreach (var account in await context.AccountScores.Where(s => s.ScoreRunId == run.ScoreRunId).ToListAsync(Token))
        {
            var own = scores.Where(s => s.AccountNo == account.AccountNo).ToList();
            var shown = (await query.OfAccountAsync(Viewer.System, account.AccountNo, Token))!;
            shown.Products.Select(p => p.Score.Product).Should().Equal(own.OrderByDescending(s => s.Mrr).Select(s => s.Product));
            if (account.State == ScoreState.Leaving)
            {
                own.Should().OnlyContain(s => s.Basis == ProductRiskBasis.Notice && s.ExpectedLoss == null);
                shown.Loss.Should().BeNull();
                continue;
            }

            var leaves = account.ChurnProbability!.Value;
            foreach (var product in own)
            {
                product.Basis.Should().Be(product.State == ScoreState.Leaving ? ProductRiskBasis.Notice : own.Count > 1 ? ProductRiskBasis.PooledModel : ProductRiskBasis.OnlyProduct);
                product.Probability.Should().Be(product.State == ScoreState.Leaving ? null : ProductRisk.Lost(leaves, product.DropProbability ?? 0));
                (product.DropProbability is null).Should().Be(product.Basis != ProductRiskBasis.PooledModel);
            }

            shown.Loss!.Account.Should().BeApproximately(account.ExpectedLoss!.Value, 0.001m);
            shown.Loss.Products.Should().BeApproximately(own.Sum(s => s.ExpectedLoss!.Value), 0.001m);
            (shown.Loss.Notice > 0).Should().Be(account.AccountNo == 20);
            shown.Products.Where(p => p.DroppedAlone is not null).All(p => Math.Abs(p.Score.Probability!.Value - leaves - p.DroppedAlone!.Value) < 1e-12).Should().BeTrue();
        }

        // the planted model knows nothing but a trend of usage, which fell for the archive of every fourth account
        scores.Where(s => s.DropProbability > 0.5).Should().OnlyContain(s => s.Product == "archive" && s.AccountNo % 4 == 0).And.HaveCount(4);
        scores.Single(s => s is { AccountNo: 8, Product: "archive" }).DriversJson.Should().StartWith($$"""[{"Feature":"{{FeatureNames.UsageTrend28}}",""");
        (await StandingsAsync(test, company, Viewer.System)).Sum(p => p.ExpectedLoss!.Value).Should().BeApproximately(scores.Sum(s => s.ExpectedLoss ?? 0), 0.001m);
        (await context.ModelWatches.Where(w => w.Target == Target.ProductChurn).CountAsync(Token)).Should().Be(1, "its inputs are watched");
    }

    [Theory]
    [DatabaseData]
    public async Task A_products_own_model_serves_it_and_one_of_another_window_serves_nobody(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await RegisterAsync(company, test, Target.Churn);
        await RegisterAsync(company, test, Target.ProductChurn);
        var own = await RegisterAsync(company, test, Target.ProductChurn, "Archive");
        var run = await Score(company, test).RunAsync(cancellation: Token);
        var scores = await ScoresAsync(test, run.ScoreRunId);
        scores.Where(s => s.ModelId == own.ModelId).Should().OnlyContain(s => s.Product == "archive" && s.Basis == ProductRiskBasis.OwnModel).And.HaveCount(19);
        scores.Where(s => s.Basis == ProductRiskBasis.PooledModel).Should().OnlyContain(s => s.Product == "core").And.HaveCount(20);

        var models = Models(company, test);
        (await models.ListAsync(Target.ProductChurn, Token)).Select(m => (m.Product, m.Status)).Should().Equal(("archive", ModelStatus.Champion), (null, ModelStatus.Champion));
        await models.RetireChampionAsync(Target.ProductChurn, "archive", Token);
        (await models.LoadServingAsync(Target.ProductChurn, null, Token)).Model.Should().NotBeNull("the model of all products is another");
        await RegisterAsync(company, test, Target.ProductChurn, "Core", horizon: 60);
        run = await Score(company, test).RunAsync(cancellation: Token);
        (await ScoresAsync(test, run.ScoreRunId)).Select(s => s.Basis).Distinct().Should().NotContain(ProductRiskBasis.OwnModel, "a probability within 60 days does not add to one within 31");
    }

    [Theory]
    [DatabaseData]
    public async Task Who_sees_a_part_of_the_accounts_sees_their_products_alone(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await Score(company, test).RunAsync(cancellation: Token);
        var all = await StandingsAsync(test, company, Viewer.System);
        all.Select(p => (p.Product, p.Name, p.Accounts, p.Leaving, p.Mrr)).Should().Equal(("core", "Core", 30, 1, 46500m), ("archive", "Archive", 20, 1, 1000m));
        all.Should().OnlyContain(p => p.Good + p.Watch + p.Danger == p.Accounts && p.Average > 45 && p.Average < 55 && p.ExpectedLoss == null && p.Basis == ProductRiskBasis.RuleScore);

        var mine = await StandingsAsync(test, company, ScoredCompany.Csm("csm@example.com"));
        mine.Select(p => (p.Product, p.Accounts)).Should().Equal(("core", 10), ("archive", 10));
        (await new ProductQuery(test.Database, company.Settings).OfAccountAsync(ScoredCompany.Csm("csm@example.com"), 25, Token)).Should().BeNull();
        (await new ProductQuery(test.Database, company.Settings).OfAccountAsync(ScoredCompany.Csm("csm@example.com"), 5, Token))!.Products.Should().HaveCount(2);

        var page = await company.Queue.PageAsync(Viewer.System, new() { Product = "archive" }, QueueSort.Rank, false, 0, 100, Token);
        page.Total.Should().Be(20);
        page.Rows.Should().OnlyContain(row => row.AccountNo <= 20);
        (await company.Queue.PageAsync(Viewer.System, new() { Product = "arch" }, QueueSort.Rank, false, 0, 100, Token)).Total.Should().Be(0);
        (await company.Queue.ChoicesAsync(Viewer.System, Token)).Products.Should().Equal(new QueueChoice("core", 30) { Name = "Core" }, new QueueChoice("archive", 20) { Name = "Archive" });
    }

    [Theory]
    [DatabaseData]
    public async Task What_a_metric_is_part_of_renews_what_was_computed_and_not_what_was_shown(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await Score(company, test).RunAsync(TestCompany.Day(151), cancellation: Token);
        async Task<List<(DateOnly AsOf, double Adoption, bool Reconstructed)>> HistoryAsync()
        {
            await using var context = test.Database.OpenContext();
            return [.. (await context.ProductHealthPoints.Where(p => p.Product == "archive" && p.AccountNo == 4).OrderBy(p => p.AsOf).ToListAsync(Token)).Select(p => (p.AsOf, Math.Round(p.Engagement!.Value, 6), p.Reconstructed))];
        }

        var before = await HistoryAsync();
        var metrics = new ProductMetrics(test.Database, new Acts(test.Database, new LiveChanges(test.Database, company.Clock, NullLogger<LiveChanges>.Instance), company.Clock), company.Clock);
        async Task<ActOutcome> AssignAsync(Viewer viewer, string metric, string? product, MetricPart? seen = null) => (await metrics.AssignAsync(viewer, metric, product, seen, Token)).Outcome;
        (await AssignAsync(ScoredCompany.Csm("csm@example.com"), "logins", null)).Should().Be(ActOutcome.Forbidden);
        (await AssignAsync(Viewer.System, "nothing", null)).Should().Be(ActOutcome.NotFound);
        (await metrics.AssignAsync(Viewer.System, "logins", "Vault", cancellation: Token)).Problems.Should().Equal(new Dictionary<string, string> { ["product"] = "not_sold" });
        var seen = (await metrics.ListAsync(Token)).Single(part => part.Metric == "scans");
        (await AssignAsync(Viewer.System, "scans", "ＣＯＲＥ", seen with { Product = null, IsSold = false })).Should().Be(ActOutcome.Conflict, "it is part of the archive");
        (await AssignAsync(Viewer.System, "scans", "ＣＯＲＥ", seen)).Should().Be(ActOutcome.Done);
        (await AssignAsync(Viewer.System, "scans", "core")).Should().Be(ActOutcome.Unchanged);
        await using (var noted = test.Database.OpenContext())
        {
            var entry = await noted.Journal.SingleAsync(e => e.Area == JournalAreas.Metric, Token);
            (entry.Act, entry.RecordId).Should().Be(("assigned", "scans"));
            FieldChanges.Read(entry.ChangesJson).Should().Equal(new Dictionary<string, FieldChange> { ["product"] = new(seen.Product, "Core") });
        }

        (await metrics.ListAsync(Token)).Should().Equal(new MetricPart("logins", "Core", true), new MetricPart("scans", "Core", true));

        await Score(company, test).RunAsync(cancellation: Token);
        var after = await HistoryAsync();
        after.Single(p => p.AsOf == TestCompany.Day(151)).Should().Be(before.Single(p => p.AsOf == TestCompany.Day(151)), "it was shown");
        after.Single(p => p.AsOf == TestCompany.Day(120)).Should().NotBe(before.Single(p => p.AsOf == TestCompany.Day(120)), "it was computed, and the archive has the whole account's usage now");
        await using var scored = test.Database.OpenContext();
        (await scored.ProductScores.Where(s => s.Product == "archive").OrderByDescending(s => s.ScoreRunId).Select(s => s.Told).FirstAsync(Token)).Should().Be(ProductTold.None);
    }

    [Theory]
    [DatabaseData]
    public async Task Bands_of_products_are_tested_against_what_was_lost(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test, dropped: true);
        await company.Settings.SetAsync(Viewer.System, "prediction.lead_days", "0", Token);
        await company.Settings.SetAsync(Viewer.System, "prediction.horizon_days", "31", Token);
        await company.Settings.SetAsync(Viewer.System, "prediction.grace_days", "0", Token);
        await Score(company, test).RunAsync(cancellation: Token);
        var study = await new StudyHealth(test.Database, new HealthRows(test.Database, company.Settings), new HealthSchemes(test.Database, company.Clock), company.Clock).RunAsync(cancellation: Token);
        study.Products.Select(p => (p.Product, p.Name)).Should().Equal(("core", "Core"), ("archive", "Archive"));
        study.Products[0].Test.Bands.Sum(band => band.Rows).Should().Be(30 * study.Products[0].Test.MonthEnds);
        study.Products[0].Test.Bands.Sum(band => band.Churned).Should().Be(0);
        study.Products[1].Test.Bands.Sum(band => band.Churned).Should().Be(5, "every fourth dropped the archive, in the month after day 151");
        study.Products[1].Test.Bands.Where(band => band.Churned > 0).Should().OnlyContain(band => band.MrrKept < 1);
        (await new StudyHealth(test.Database, new HealthRows(test.Database, company.Settings), new HealthSchemes(test.Database, company.Clock), company.Clock).NewestAsync(Token))!.Products.Should().BeEquivalentTo(study.Products);
    }

    [Theory]
    [DatabaseData]
    public async Task An_abandoned_runs_products_are_swept_up(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await using (var context = test.Database.OpenContext())
        {
            context.ScoreRuns.Add(new ScoreRun { ScoreRunId = 77, AsOf = TestCompany.Day(1), StartedAt = company.Clock.GetUtcNow().UtcDateTime.AddHours(-7) });
            context.ProductScores.Add(new ProductScore { ScoreRunId = 77, AccountNo = 1, Product = "core", Name = "Core" });
            await context.SaveChangesAsync(Token);
        }

        var run = await Score(company, test).RunAsync(cancellation: Token);
        await using var after = test.Database.OpenContext();
        (await after.ProductScores.Select(s => s.ScoreRunId).Distinct().ToListAsync(Token)).Should().Equal(run.ScoreRunId);
    }

    /// <summary>
    /// Thirty accounts pay for the core, the first twenty of them for the archive too, whose use fell 30 days before the end for every fourth one.
    /// Account 20 has given notice for the archive, account 30 for all it has.
    /// </summary>
    private static async Task<ScoredCompany> CompanyAsync(TestDatabase test, bool dropped = false)
    {
        await using var facts = new TestCompany(test.Database);
        facts.Part("logins", "Core");
        facts.Part("scans", "archive");
        for (var no = 1; no <= 30; no++)
        {
            facts.Account(no).OwnerEmail = no <= 10 ? "csm@example.com" : null;
            var core = facts.Term(no, 0, mrr: 100 * no);
            core.Product = "Core";
            core.TermEndsOn = TestCompany.Day(400);
            core.NoticeOn = no == 30 && !dropped ? TestCompany.Day(170) : null;
            if (no <= 20)
            {
                var archive = facts.Term(no, 0, end: dropped && no % 4 == 0 ? 170 : null, mrr: 50);
                archive.Product = "Archive";
                archive.NoticeOn = no == 20 && !dropped ? TestCompany.Day(170) : null;
            }

            for (var day = 1; day <= 181; day += 4)
            {
                facts.Use(no, day, 20 + (no % 3));
                if (no <= 20)
                {
                    facts.Use(no, day, no % 4 == 0 && day > 150 ? 1 : 20 + (no % 5), "scans");
                }
            }
        }

        facts.Reach("usage", 181);
        facts.Reach("subscriptions", dropped ? 190 : 181);
        await facts.SaveAsync();
        return new ScoredCompany(test);
    }

    private static async Task<List<ProductScore>> ScoresAsync(TestDatabase test, int run)
    {
        await using var context = test.Database.OpenContext();
        return await context.ProductScores.Where(s => s.ScoreRunId == run).OrderBy(s => s.AccountNo).ThenBy(s => s.Product).ToListAsync(Token);
    }

    private static Task<IReadOnlyList<ProductStanding>> StandingsAsync(TestDatabase test, ScoredCompany company, Viewer viewer) =>
        new ProductQuery(test.Database, company.Settings).StandingsAsync(viewer, Token);

    private static ScoreAccounts Score(ScoredCompany company, TestDatabase test)
    {
        var (observations, features) = (new BuildObservations(test.Database, company.Settings), new BuildFeatures(test.Database, company.Settings));
        return new(test.Database, company.Settings, new AsOfDates(test.Database), observations, features, new FeatureSnapshots(test.Database), Models(company, test), new UpdateHealthHistory(test.Database, company.Settings, observations, features), new KeepRunFigures(test.Database, observations, features, Models(company, test), new(test.Database, company.Settings)), company.Clock);
    }

    private static ModelRegistry Models(ScoredCompany company, TestDatabase test) => new(test.Database, company.Settings, company.Clock);

    /// <summary>A logistic regression that was taught that falling usage is everything.</summary>
    private static async Task<RegisteredModel> RegisterAsync(ScoredCompany company, TestDatabase test, Target target, string? product = null, int horizon = 31)
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
            var models = Models(company, test);
            var card = new ModelCard { Target = target, Product = product, Version = await models.NextVersionAsync(target, TestCompany.Day(30), Token), Verdict = Verdict.Skilled, Definition = new CardDefinition(0, horizon, 0), Data = part, Train = part, Test = part, ServedHash = model.Hash, TestedHash = model.Hash };
            return await models.RegisterAsync(card, ModelArchive.Pack(model, model), ModelStatus.Champion, Token);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
