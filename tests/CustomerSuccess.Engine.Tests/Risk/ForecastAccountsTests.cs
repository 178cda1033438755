using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Risk;

public sealed class ForecastAccountsTests
{
    private const string Sato = "sato@example.com";

    private static readonly DateOnly September = new(2024, 9, 30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Every_reason_opens_the_accounts_that_moved_the_forecast(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using var company = new TestCompany(test.Database);
        foreach (var (run, day) in new[] { (1, new DateOnly(2024, 5, 31)), (2, new DateOnly(2024, 6, 30)) })
        {
            company.Context.ScoreRuns.Add(new ScoreRun { ScoreRunId = run, AsOf = day, StartedAt = DateTime.UnixEpoch, FinishedAt = DateTime.UnixEpoch, ChurnModelId = 1 });
        }

        for (var no = 1; no <= 4; no++)
        {
            company.Account(no).OwnerEmail = no == 1 ? Sato : null;
        }

        company.Context.RenewalsDue.AddRange(
            Due(1, 1, 100, 0.5), Due(2, 1, 200, 0.75), Due(1, 2, 100, 0.5), Due(2, 2, 100, null, leaving: true), Due(1, 3, 100, 0.5), Due(2, 3, 100, 0.5), Due(2, 4, 40, 0.5), Due(1, 4, 70, 0.5, month: September.AddMonths(1)));
        await company.SaveAsync();
        var settings = new SettingsStore(test.Database, TimeProvider.System);
        var forecast = new ForecastQuery(test.Database);
        var accounts = new ForecastAccounts(test.Database, forecast, settings, new AsOfDates(test.Database));

        var all = (await accounts.MovedAsync(Viewer.System, September, null, Token))!;
        all.Earlier.ScoreRunId.Should().Be(1);
        all.Rows.Select(row => (row.AccountId, row.Step.Move, row.Step.Mrr)).Should().Equal(
            ("A1", ForecastMove.Amount, 50m), ("A1", ForecastMove.Likelihood, 50m), ("A2", ForecastMove.Notice, -50m), ("A4", ForecastMove.Entered, 20m));
        var change = (await forecast.ChangesAsync(Token))!.Value.Changes.Single();
        foreach (var step in change.Steps)
        {
            var behind = (await accounts.MovedAsync(Viewer.System, September, step.Move, Token))!.Rows;
            (behind.Count, behind.Sum(row => row.Step.Mrr)).Should().Be((step.Accounts, step.Mrr), "the figure and what is behind it are one");
        }

        (await accounts.MovedAsync(ScoredCompany.Csm(Sato), September, null, Token))!.Rows.Select(row => row.AccountId).Distinct().Should().Equal("A1");
    }

    [Theory]
    [DatabaseData]
    public async Task A_past_month_opens_what_was_due_as_it_was_known_then_and_what_came_of_it(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using var company = new TestCompany(test.Database);
        var from = TestCompany.Day(90); // 31 March; 30 June is day 181
        void Term(int no, int ends, int? ended = null, int start = 0, int? notice = null)
        {
            company.Account(no);
            var term = company.Term(no, start, ended, mrr: 100 * no);
            (term.TermEndsOn, term.NoticeOn) = (TestCompany.Day(ends), notice is { } on ? TestCompany.Day(on) : null);
        }

        Term(1, ends: 160);
        Term(2, ends: 165, ended: 165); // left at its end
        Term(3, ends: 200); // another month
        Term(4, ends: 170, start: 95); // not agreed yet
        Term(5, ends: 170, notice: 80, ended: 170); // known to leave
        Term(6, ends: 150, ended: 150);
        company.Term(6, start: 155, mrr: 600); // a gap within the grace
        Term(7, ends: 181, ended: 240); // went on, and left later
        company.Reach("subscriptions", 300);
        await company.SaveAsync();
        var accounts = new ForecastAccounts(test.Database, new ForecastQuery(test.Database), new SettingsStore(test.Database, TimeProvider.System), new AsOfDates(test.Database));

        var june = await accounts.PastAsync(Viewer.System, from, new DateOnly(2024, 6, 30), Token);
        june.Rows.Select(row => (row.AccountId, row.Renewed)).Should().Equal(("A2", false), ("A7", true), ("A1", true));
        (june.DueMrr, june.RenewedMrr, june.Rows[0].LeftOn, june.Rows[1].EndsOn).Should().Be((1_000m, 800m, TestCompany.Day(165), TestCompany.Day(181)));
        (await accounts.PastAsync(Viewer.System, from, new DateOnly(2024, 5, 31), Token)).Rows.Should().ContainSingle().Which.Should().Match<PastRenewalRow>(row => row.AccountId == "A6" && row.Renewed);
    }

    private static RenewalDue Due(int run, int account, decimal mrr, double? probability, bool leaving = false, DateOnly? month = null) =>
        RenewalDue.Of(run, account, new DueTerms(month ?? September, month ?? September, mrr), probability, leaving);
}
