using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using static CustomerSuccess.Engine.Tests.Analytics.OracleFigures;

namespace CustomerSuccess.Engine.Tests.Analytics;

/// <summary>What the page of NPS reads, out of both databases.</summary>
public sealed class NpsReportTests
{
    private static readonly NpsAsk Whole = new(NpsScope.All, PeriodGrain.Quarter, null, null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_given_case_is_met_by_what_the_page_shows()
    {
        var cases = Rows(SharedFiles.Require("oracle", "nps-cases.csv")).ToList();
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var context = test.Database.OpenContext())
        {
            // a segment for each case
            context.Attributes.Add(new AttributeDefinition { AttributeId = 1, Record = "accounts", Name = "segment", Type = AttributeType.Category });
            for (var no = 1; no <= cases.Count; no++)
            {
                context.Accounts.Add(Customer(no));
                context.AccountValues.Add(new AccountValue { AccountNo = no, AttributeId = 1, ValidFrom = DateOnly.MinValue, Value = Case(no) });
                var id = 0;
                foreach (var (column, score) in new[] { ("promoters", 9), ("passives", 8), ("detractors", 0) })
                {
                    for (var i = 0; i < int.Parse(cases[no - 1][column], CultureInfo.InvariantCulture); i++)
                    {
                        context.SurveyResponses.Add(Answer(no, $"{id++}", score, new DateTime(2024, 3, 5, 1, 0, 0, DateTimeKind.Utc).AddMinutes(id)));
                    }
                }
            }

            await context.SaveChangesAsync(Token);
        }

        using var books = Books(test);
        using var surveys = new SurveyBooks(test.Database);
        var parts = (await new NpsReport(test.Database, books, surveys).OverviewAsync(Viewer.System, Whole, Token)).Parts[NpsSlice.Segment].ToDictionary(part => part.Value);
        for (var no = 1; no <= cases.Count; no++)
        {
            var (row, score) = (cases[no - 1], parts.GetValueOrDefault(Case(no))?.Score);
            MustEqual(score?.Score, row["nps"], 1e-6, "score");
            MustEqual(score?.Lower, row["lower"], 1e-6, "lower");
            MustEqual(score?.Upper, row["upper"], 1e-6, "upper");
        }

        static string Case(int no) => no.ToString(CultureInfo.InvariantCulture);
    }

    [Theory]
    [DatabaseData]
    public async Task Scores_silence_and_what_came_after_open_their_answers(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var context = test.Database.OpenContext())
        {
            context.Accounts.AddRange(Enumerable.Range(1, 4).Select(no => Customer(no, no == 4 ? "a@example.com" : null)));
            context.Contacts.Add(new Contact { AccountNo = 1, ContactNo = 7, SourceId = 1, ContactId = "C7", Name = "Sato", NameSort = "sato" });
            context.Subscriptions.AddRange(Term(1, new DateOnly(2024, 4, 20)), Term(2, null), Term(3, null), Term(4, null));
            var march = new DateTime(2024, 3, 5, 1, 0, 0, DateTimeKind.Utc);
            context.SurveyResponses.AddRange(
                Answer(1, "a", 10, march, "Great", 7), Answer(1, "b", 9, march.AddDays(1)), Answer(2, "c", 3, march.AddDays(2)), Answer(2, "d", 10, march.AddMonths(-9)), Answer(3, "e", 8, march.AddMonths(3).AddDays(10)));
            context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = new DateOnly(2024, 7, 31) });
            await context.SaveChangesAsync(Token);
        }

        using var books = Books(test);
        using var surveys = new SurveyBooks(test.Database);
        var report = new NpsReport(test.Database, books, surveys);
        var overview = await report.OverviewAsync(Viewer.System, Whole with { Months = 6 }, Token);
        overview.Period.Should().Be(new RetentionPeriod(new DateOnly(2023, 12, 31), new DateOnly(2024, 6, 30)));
        overview.Score.Should().Be(NetPromoter.Of(2, 1, 1));
        overview.Before.Should().BeNull("the one answer before lies nine months back");
        (overview.Paying, overview.Heard).Should().Be((3, 2), "the fourth is silent and the first has left");
        overview.Outcomes.Select(outcome => (outcome.Answers, outcome.Left)).Should().Equal((2, 1), (0, 0), (1, 0));
        overview.Points.Where(point => point.Score is not null).Select(point => point.Score!.Answers).Should().Equal(1, 3, 1);
        overview.Scores[10].Should().Be(1);

        var left = await report.AnswersAsync(Viewer.System, new(NpsScope.All, null, null) { Group = NpsGroup.Promoter, Fate = NpsFate.Left }, 0, 10, Token);
        left.Total.Should().Be(1, "two colleagues in one month are one customer");
        (left.Rows[0].AccountId, left.Rows[0].Comment, left.Rows[0].Contact, left.Rows[0].LeftOn).Should().Be(("A1", "Great", "Sato", new DateOnly(2024, 4, 20)));
        (await report.AnswersAsync(Viewer.System, new(NpsScope.All, null, null) { Group = NpsGroup.Detractor, Fate = NpsFate.Stayed }, 0, 10, Token)).Rows.Select(row => row.AccountId).Should().Equal("A2");
        (await report.AnswersAsync(Viewer.System, new(NpsScope.All, new DateOnly(2024, 1, 1), new DateOnly(2024, 6, 30)) { Silent = true }, 0, 10, Token)).Rows.Select(row => row.AccountId).Should().Equal("A4");
        var own = new Viewer("u", "a@example.com", new HashSet<string> { Roles.CsManager }, OwnPortfolioOnly: true);
        (await report.OverviewAsync(own, Whole, Token)).Score.Should().BeNull();
        (await report.AnswersAsync(own, new(NpsScope.All, null, null), 0, 10, Token)).Total.Should().Be(0);
    }

    private static CompanyBooks Books(TestDatabase test) => new(test.Database, new SettingsStore(test.Database, TimeProvider.System));

    private static SurveyResponse Answer(int no, string id, double score, DateTime at, string? comment = null, int? contact = null) =>
        new() { AccountNo = no, SourceId = 1, FactId = id, Kind = "nps", Score = score, ScaleMax = 10, RespondedAt = at, Comment = comment, ContactNo = contact };

    private static Account Customer(int no, string? owner = null) => new() { AccountNo = no, AccountId = $"A{no}", Name = $"A{no}", NameSort = $"a{no}", OwnerEmail = owner };

    private static Subscription Term(int no, DateOnly? end) => new() { AccountNo = no, SourceId = 1, FactId = "S", Currency = "USD", Mrr = 10, StartedOn = new DateOnly(2023, 1, 10), EndedOn = end };
}
