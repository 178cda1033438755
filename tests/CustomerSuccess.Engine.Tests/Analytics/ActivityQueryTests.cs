using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using static CustomerSuccess.Engine.Tests.Analytics.OracleFigures;

namespace CustomerSuccess.Engine.Tests.Analytics;

public sealed class ActivityQueryTests
{
    [Theory]
    [DatabaseData]
    public async Task RavenStacks_tickets_give_the_oracles_figures(DatabaseKind kind)
    {
        var tickets = SharedFiles.Require("data", "ravenstack", "ravenstack_supports_ticket.csv");
        var oracle = SharedFiles.Require("oracle", "ravenstack-inquiries.csv");
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var context = test.Database.OpenContext())
        {
            context.Accounts.Add(Customer(1));
            foreach (var row in Rows(tickets))
            {
                // midnight of the company's zone, which is nine hours ahead
                var opened = DateTime.SpecifyKind(Day(row["submitted_at"]).ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc).AddHours(-9);
                context.Inquiries.Add(new Inquiry
                {
                    AccountNo = 1,
                    SourceId = 1,
                    FactId = row["ticket_id"],
                    OpenedAt = opened,
                    FirstResponseAt = Number(row["first_response_time_minutes"]) is { } minutes ? opened.AddMinutes(minutes) : null,
                    ClosedAt = Number(row["resolution_time_hours"]) is { } hours ? opened.AddHours(hours) : null,
                    Satisfaction = (int?)Number(row["satisfaction_score"]),
                    Escalated = row["escalation_flag"] is "TRUE" or "True",
                });
            }

            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var months = await new InquiriesQuery(test.Database, Settings(test), TimeProvider.System).RunAsync(Viewer.System, null, null, TestContext.Current.CancellationToken);
        var expected = Rows(oracle).ToList();
        months.Should().HaveCount(expected.Count);
        foreach (var (month, row) in months.Zip(expected))
        {
            month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture).Should().Be(row["month"]);
            foreach (var (column, figure) in new (string, double?)[]
            {
                ("inquiries", month.Inquiries), ("first_response_minutes_median", month.FirstResponseMedian), ("first_response_minutes_p90", month.FirstResponse90),
                ("resolution_hours_median", month.ResolutionMedian), ("resolution_hours_p90", month.Resolution90),
                ("satisfaction_mean", month.Satisfaction), ("satisfaction_answers", month.SatisfactionAnswers), ("escalated", month.Escalated),
            })
            {
                MustEqual(figure, row[column], 1e-6, $"{column} in {row["month"]}");
            }
        }

        // the page's months are the same figures
        using var books = new CompanyBooks(test.Database, Settings(test));
        using var inquiries = new ServiceBooks(test.Database);
        var overview = await new ServiceReport(test.Database, books, inquiries, TimeProvider.System).OverviewAsync(Viewer.System, ServiceScope.All, 120, TestContext.Current.CancellationToken);
        overview.Months.Select(month => (month.Month, month.Figures)).Select(month => new InquiryMonth(
            new DateOnly(month.Month.Year, month.Month.Month, 1), month.Figures.Inquiries, month.Figures.FirstResponseMedian, month.Figures.FirstResponse90, month.Figures.ResolutionMedian, month.Figures.Resolution90,
            month.Figures.Satisfaction, month.Figures.SatisfactionAnswers, month.Figures.Escalated)).Should().Equal(months);
    }

    [Fact]
    public async Task Cdnow_gives_the_oracles_scores_table_and_deciles()
    {
        var purchases = SharedFiles.Require("data", "cdnow", "cdnow.csv");
        var folder = SharedFiles.Require("oracle");
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var services = new ServiceCollection().AddCustomerSuccessEngine(test.Database.Options).AddLogging().BuildServiceProvider())
        {
            await services.GetRequiredService<ImportRunner>().ImportAsync(Viewer.System, new ImportRequest([purchases]) { Preset = "cdnow" }, null, TestContext.Current.CancellationToken);
        }

        var customers = await new RfmQuery(test.Database, Settings(test)).RunAsync(Viewer.System, new DateOnly(1997, 12, 31), TestContext.Current.CancellationToken);
        var scores = Rfm.Score(customers);
        scores.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Values.AccountId} {s.Values.Recency} {s.Values.Frequency} {s.Values.Money:0.00} {s.R}{s.F}{s.M}"))
            .Should().Equal(Rows(Path.Combine(folder, "cdnow-rfm.csv")).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row["customer_id"]} {row["r"]} {row["f"]} {Number(row["m"]):0.00} {row["r_score"]}{row["f_score"]}{row["m_score"]}")));
        Rfm.Table(scores).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.R} {c.F} {c.Accounts} {c.Money:0.00}"))
            .Should().Equal(Rows(Path.Combine(folder, "cdnow-r-by-f.csv")).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row["r_score"]} {row["f_score"]} {row["customers"]} {Number(row["amount"]):0.00}")));
        var deciles = Rfm.Deciles(customers);
        foreach (var (decile, row) in deciles.Zip(Rows(Path.Combine(folder, "cdnow-deciles.csv"))))
        {
            $"{decile.Number} {decile.Accounts}".Should().Be($"{row["decile"]} {row["customers"]}");
            MustEqual((double)decile.Money, row["amount"], 0.005, "amount");
            MustEqual(decile.Share, row["share"], 1e-6, "share");
            MustEqual(decile.CumulativeShare, row["cumulative_share"], 1e-6, "cumulative share");
        }

        deciles.Should().HaveCount(10);

        // the page's table and deciles are the same figures
        using var books = new CompanyBooks(test.Database, Settings(test));
        using var activities = new ActivityBooks(test.Database);
        var report = new LifecycleReport(books, activities);
        var december = new DateOnly(1997, 12, 31);
        var table = await report.TableAsync(Viewer.System, LifecycleScope.All, december, TestContext.Current.CancellationToken);
        table.Cells.Where(cell => cell.Customers > 0).OrderBy(cell => (cell.R, cell.F)).Select(cell => new RfmCell(cell.R, cell.F, cell.Customers, cell.Money)).Should().Equal(Rfm.Table(scores));
        (await report.DecilesAsync(Viewer.System, LifecycleScope.All, december, TestContext.Current.CancellationToken)).Should().Equal(deciles);
        var repeats = (await report.RepeatsAsync(Viewer.System, LifecycleScope.All, new DateOnly(1997, 9, 30), 90, TestContext.Current.CancellationToken))!;
        (repeats.Customers, repeats.Fit!.Customers, repeats.Fit.Converged).Should().Be((23570, 23570, true));
        var (expected, actual) = (repeats.Test.Sum(group => group.Expected), repeats.Test.Sum(group => group.Actual!.Value));
        expected.Should().BeApproximately(actual, actual * 0.15, "the model was fitted without those days");
        async Task<int> Count(LifecycleAccountAsk ask) => (await report.AccountsAsync(Viewer.System, ask, 0, 1, TestContext.Current.CancellationToken)).Total;
        var september = new LifecycleAccountAsk(repeats.Day, LifecycleScope.All);
        (await Count(september with { LeastPurchases = 2 })).Should().Be(repeats.Steps[0].Bought).And.Be(repeats.Fit.Repeaters);
        (await Count(september with { LeastPurchases = 2, MostPurchases = 2 })).Should().Be(repeats.Ahead[1].Customers);
        var january = repeats.FirstBuyers[0];
        (await Count(september with { FirstBought = january.Month }), await Count(september with { FirstBought = january.Month, RepeatedWithin = 90 })).Should().Be((january.Customers, january.Repeated!.Value));
    }

    [Theory]
    [DatabaseData]
    public async Task Open_inquiries_run_up_to_where_the_data_reach(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var context = test.Database.OpenContext())
        {
            context.Accounts.Add(Customer(1));
            context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "inquiries", Latest = new DateOnly(2024, 1, 31) });
            foreach (var (id, hours) in new (string, double?)[] { ("a", 10), ("b", 20), ("c", null), ("d", null), ("e", null) })
            {
                var opened = new DateTime(2024, 1, 10, 0, 0, 0, DateTimeKind.Utc);
                context.Inquiries.Add(new Inquiry { AccountNo = 1, SourceId = 1, FactId = id, OpenedAt = opened, FirstResponseAt = opened.AddHours(1), ClosedAt = hours is { } h ? opened.AddHours(h) : null });
            }

            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var month = (await new InquiriesQuery(test.Database, Settings(test), TimeProvider.System).RunAsync(Viewer.System, null, null, TestContext.Current.CancellationToken)).Single();
        month.FirstResponse90.Should().BeApproximately(60, 1e-9);
        month.ResolutionMedian.Should().BeNull("three of five still wait: the median is not reached");
    }

    [Theory]
    [DatabaseData]
    public async Task NPS_counts_answers_by_the_companys_months_and_no_other_kind(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var context = test.Database.OpenContext())
        {
            context.Accounts.Add(Customer(1));
            // 31 January 20:00 UTC is 1 February in Tokyo
            context.SurveyResponses.Add(Answer("a", 9, new DateTime(2024, 1, 31, 20, 0, 0, DateTimeKind.Utc)));
            context.SurveyResponses.Add(Answer("b", 3, new DateTime(2024, 1, 31, 10, 0, 0, DateTimeKind.Utc)));
            var csat = Answer("c", 5, new DateTime(2024, 1, 5, 0, 0, 0, DateTimeKind.Utc));
            csat.Kind = "csat";
            context.SurveyResponses.Add(csat);
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var (months, total) = await new NpsQuery(test.Database, Settings(test)).RunAsync(Viewer.System, null, null, TestContext.Current.CancellationToken);
        months.Should().Equal(new NpsMonth(new DateOnly(2024, 1, 1), NetPromoter.Of(0, 0, 1)), new NpsMonth(new DateOnly(2024, 2, 1), NetPromoter.Of(1, 0, 0)));
        total.Should().Be(NetPromoter.Of(1, 0, 1));
    }

    [Theory]
    [DatabaseData]
    public async Task Without_purchases_recency_is_of_use_and_money_is_MRR(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var context = test.Database.OpenContext())
        {
            context.Accounts.AddRange(Customer(1), Customer(2));
            context.Subscriptions.Add(new Subscription { AccountNo = 1, SourceId = 1, FactId = "S", Currency = "USD", Mrr = 50, StartedOn = new DateOnly(2024, 1, 1) });
            foreach (var (day, metric) in new[] { (new DateOnly(2024, 5, 1), 1), (new DateOnly(2024, 5, 1), 2), (new DateOnly(2024, 5, 3), 1), (new DateOnly(2023, 1, 1), 1) })
            {
                context.Usage.Add(new UsageDay { AccountNo = 1, SourceId = 1, Day = day, MetricId = metric, Count = 3 });
            }

            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await new RfmQuery(test.Database, Settings(test)).RunAsync(Viewer.System, new DateOnly(2024, 5, 10), TestContext.Current.CancellationToken))
            .Should().Equal(new RfmValues("A1", 7, 2, 50));
    }

    private static SurveyResponse Answer(string id, double score, DateTime at) => new() { AccountNo = 1, SourceId = 1, FactId = id, Kind = "nps", Score = score, ScaleMax = 10, RespondedAt = at };

    private static SettingsStore Settings(TestDatabase test) => new(test.Database, TimeProvider.System);

    private static Account Customer(int no) => new() { AccountNo = no, AccountId = $"A{no}", Name = $"A{no}", NameSort = $"a{no}" };
}
