using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Reports;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Reports;

/// <summary>Reports equal the pages that tell the same, and their slices sum to the whole.</summary>
public sealed class ReportRunnerTests
{
    private const string Few = "11111111-0000-7000-8000-000000000001";

    private static readonly Viewer Csm = new("u2", "b@example.com", new HashSet<string> { Roles.Csm }, false), Own = Csm with { OwnPortfolioOnly = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Slices_sum_to_the_whole_and_every_cell_opens_what_it_counts(DatabaseKind kind)
    {
        await using var company = await Company.CreateAsync(kind);
        ReportDimension[] apart = [ReportDimension.Segment, ReportDimension.Plan, ReportDimension.Owner, ReportDimension.Region, ReportDimension.Country, ReportDimension.Industry, ReportDimension.Start, ReportDimension.Stage, ReportDimension.Product];
        foreach (var measure in MeasureFacts.All.Where(facts => facts.Topic != ReportTopic.Risk))
        {
            // a third of the dimensions for each measure, so that all meet all kinds of measures
            var dimensions = apart.Select((rows, i) => (Rows: rows, Columns: (ReportDimension?)(i % 3 == 0 ? null : i % 3 == 1 ? apart[(i + 1) % apart.Length] : ReportDimension.Quarter), At: i)).Where(one => one.At / 3 == (int)measure.Measure % 3);
            foreach (var (rows, columns) in dimensions.Select(one => (one.Rows, one.Columns)).Append((ReportDimension.Month, ReportDimension.Segment)))
            {
                var definition = new ReportDefinition(measure.Measure, rows) { Columns = columns, Months = 12 };
                var table = await company.Runner.RunAsync(Viewer.System, definition, Token);
                if (table.Lack is not null)
                {
                    measure.Measure.Should().Be(ReportMeasure.Ces, "of everything else there is something");
                    continue;
                }

                var because = $"{measure.Measure} by {rows} and {columns}";
                table.Rows.Sum(row => row.Cells.Sum(cell => cell.N)).Should().Be(table.Rows.Sum(row => row.Total?.N ?? row.Cells.Sum(cell => cell.N)), because);
                if (measure.Kind != MeasureKind.Rate)
                {
                    foreach (var row in table.Rows.Where(row => row.Total is not null))
                    {
                        row.Cells.Sum(cell => cell.Value!.Value).Should().BeApproximately(row.Total!.Value.Value!.Value, 1e-6, because);
                    }

                    if (table.Whole is { } whole)
                    {
                        table.Rows.Sum(row => row.Cells.Sum(cell => cell.Value!.Value)).Should().BeApproximately(whole.Value!.Value, 1e-6, because);
                    }

                    (table.Totals is null).Should().Be(measure.Kind == MeasureKind.Stock && rows.IsTime(), because);
                }

                var (first, place) = (table.Rows[^1], table.Rows[^1].Cells.Count - 1);
                var behind = await company.Runner.AccountsAsync(Viewer.System, definition, first.Value.Key, columns is null ? null : table.Columns[place].Key, 0, 1000, Token);
                behind.Cell.Should().Be(first.Cells[place], because);
                behind.Rows.Sum(row => row.Cell.N).Should().Be(first.Cells[place].N, because);
            }
        }
    }

    [Theory]
    [DatabaseData]
    public async Task Health_by_month_is_that_of_the_page_of_health_and_of_the_newest_run_where_the_month_goes_on(DatabaseKind kind)
    {
        await using var company = await Company.CreateAsync(kind);
        var today = TestCompany.Day(540);
        await using (var context = company.Database.OpenContext())
        {
            context.ScoreRuns.Add(new ScoreRun { ScoreRunId = 1, AsOf = today, StartedAt = DateTime.UnixEpoch, FinishedAt = DateTime.UnixEpoch, SettingsJson = """{"company.currency":"USD"}""" });
            var random = new Random(3);
            foreach (var day in MonthEnds.Between(TestCompany.Day(400), today).Append(today).Append(TestCompany.Day(411)))
            {
                context.HealthPoints.AddRange(Enumerable.Range(1, 20).Select(no => new HealthPoint { AccountNo = no, AsOf = day, Total = no == 20 ? null : random.Next(101) }));
            }

            await context.SaveChangesAsync(Token);
        }

        var settings = new SettingsStore(company.Database, TimeProvider.System);
        var page = await new HealthQuery(company.Database, settings, new HealthRows(company.Database, settings), TimeProvider.System).PortfolioAsync(Viewer.System, Token);
        var health = await company.Runner.RunAsync(Viewer.System, new(ReportMeasure.Health, ReportDimension.Month), Token);
        health.Rows.Where(row => row.Cells[0].N > 0).Select(row => row.Cells[0].Value!.Value).Should().Equal(page.Select(day => day.Average!.Value), (a, b) => Math.Abs(a - b) < 1e-9);
        var danger = await company.Runner.RunAsync(Viewer.System, new(ReportMeasure.InDanger, ReportDimension.Month) { Columns = ReportDimension.Segment }, Token);
        danger.Rows.Select(row => row.Total!.Value.Value).Where(value => value > 0).Should().Equal(page.Where(day => day.Danger > 0).Select(day => (double?)day.Danger));
        var last = health.Rows[^1];
        var behind = await company.Runner.AccountsAsync(Viewer.System, new(ReportMeasure.Health, ReportDimension.Month), last.Value.Key, null, 0, 100, Token);
        (behind.Cell, behind.Total).Should().Be((last.Cells[0], 19));
    }

    [Theory]
    [DatabaseData]
    public async Task Figures_are_those_of_the_pages_that_tell_the_same(DatabaseKind kind)
    {
        await using var company = await Company.CreateAsync(kind);
        var retention = await company.Retention.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, 18, Token);
        foreach (var (measure, figure) in new (ReportMeasure, Func<RetentionFigures, double?>)[]
        {
            (ReportMeasure.ClosingMrr, f => (double)f.Mrr), (ReportMeasure.Customers, f => f.Accounts), (ReportMeasure.NewMrr, f => (double?)f.Bridge?.New), (ReportMeasure.ChurnMrr, f => (double?)f.Bridge?.Churn),
            (ReportMeasure.ExpansionMrr, f => (double?)f.Bridge?.Expansion), (ReportMeasure.Nrr, f => f.Rates?.Net), (ReportMeasure.Grr, f => f.Rates?.Gross), (ReportMeasure.LogoRetention, f => f.Rates?.Logo),
        })
        {
            var table = await company.Runner.RunAsync(Viewer.System, new(measure, ReportDimension.Month) { Months = 18 }, Token);
            table.Rows.Select(row => row.Value.Period).Should().Equal(retention.Periods.Select(period => (RetentionPeriod?)period.Period));
            foreach (var (row, period) in table.Rows.Zip(retention.Periods).Skip(1))
            {
                (row.Cells[0].Value ?? 0).Should().BeApproximately(figure(period) ?? 0, 1e-9, $"{measure} in {period.Period.End}");
            }
        }

        var year = retention.Year!;
        var parts = await company.Retention.PartsAsync(Viewer.System, RetentionScope.All, RetentionSlice.Segment, year.Period, Token);
        var nrr = await company.Runner.RunAsync(Viewer.System, new(ReportMeasure.Nrr, ReportDimension.Segment), Token);
        nrr.Period.Should().Be(year.Period);
        nrr.Whole!.Value.Value.Should().BeApproximately(year.Rates!.Net, 1e-9);
        foreach (var part in parts.Where(part => part.Figures.Rates is not null))
        {
            nrr.Rows.Single(row => row.Value.Key == part.Value).Cells[0].Value.Should().BeApproximately(part.Figures.Rates!.Net, 1e-9);
        }

        var nps = (await company.Runner.RunAsync(Viewer.System, new(ReportMeasure.Nps, ReportDimension.Segment) { Months = 60 }, Token)).Whole!.Value;
        var answers = company.Answers;
        nps.N.Should().Be(answers.Count);
        nps.Value.Should().BeApproximately(100.0 * (answers.Count(score => score >= 9) - answers.Count(score => score <= 6)) / answers.Count, 1e-9);
        (nps.Lower < nps.Value && nps.Value < nps.Upper).Should().BeTrue();
    }

    [Theory]
    [DatabaseData]
    public async Task Reports_are_narrowed_to_a_saved_segment_and_to_whom_the_viewer_may_see(DatabaseKind kind)
    {
        await using var company = await Company.CreateAsync(kind);
        var definition = new ReportDefinition(ReportMeasure.Customers, ReportDimension.SavedSegment);
        var all = await company.Runner.RunAsync(Viewer.System, definition, Token);
        var within = await company.Runner.RunAsync(Viewer.System, definition with { Within = Few }, Token);
        within.WithinName.Should().Be("A few");
        within.Whole!.Value.N.Should().BeInRange(1, 3);
        all.Rows.Single(row => row.Value.Key == Few).Cells[0].Should().Be(within.Whole.Value);
        all.Rows.Single(row => row.Value.Key == Few).Value.Name.Should().Be("A few");
        (await company.Runner.RunAsync(Viewer.System, definition with { Within = "gone" }, Token)).Lack.Should().Be(ReportLack.NoSegment);
        var own = await company.Runner.RunAsync(Own, new(ReportMeasure.Customers, ReportDimension.Owner), Token);
        own.Rows.Select(row => row.Value.Key).Should().OnlyContain(key => key == Own.Email);
        own.Whole!.Value.N.Should().BeLessThan(all.Whole!.Value.N);
        (await company.Runner.RunAsync(Viewer.System, new(ReportMeasure.Health, ReportDimension.Segment), Token)).Lack.Should().Be(ReportLack.NoRun);
    }

    [Theory]
    [DatabaseData]
    public async Task Saved_reports_are_ones_own_until_they_are_shared_and_nobody_overwrites_what_was_not_seen(DatabaseKind kind)
    {
        await using var company = await Company.CreateAsync(kind);
        var (saved, boss) = (company.Saved, new Viewer("u1", "a@example.com", new HashSet<string> { Roles.CsManager }, false));
        var definition = new ReportDefinition(ReportMeasure.Grr, ReportDimension.Plan) { Within = Few };
        (await saved.SaveAsync(Csm, new(null, 0, " ", definition, false), Token)).Problems.Should().ContainKey("name");
        var mine = (await saved.SaveAsync(Csm, new(null, 0, "GRR by plan", definition, false), Token)).Value!;
        (mine.ReportNo, mine.Version, mine.Definition).Should().Be((1, 1, definition));
        (await saved.ListAsync(boss, Token)).Should().BeEmpty("it is private");
        (await saved.FindAsync(boss, 1, Token)).Should().BeNull();
        (await saved.SaveAsync(boss, new(1, 1, "Taken", definition, true), Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await saved.SaveAsync(Csm, new(1, 1, "GRR by plan", definition, true), Token)).Outcome.Should().Be(ActOutcome.Done);
        (await saved.FindAsync(boss, 1, Token))!.MayChange.Should().BeTrue("managers may change what is shared");
        (await saved.SaveAsync(boss, new(1, 1, "Other", definition, true), Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await saved.SaveAsync(boss, new(1, 2, "GRR by plan", definition, true), Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        var reader = new Viewer("u3", null, new HashSet<string> { Roles.ReadOnly }, false);
        (await saved.SetDeletedAsync(reader, 1, true, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await saved.SetDeletedAsync(Csm, 1, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await saved.ListAsync(Csm, Token)).Should().BeEmpty();
        (await saved.SetDeletedAsync(Csm, 1, false, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await saved.SaveAsync(boss, new(null, 0, "Another", definition, false), Token)).Value!.ReportNo.Should().Be(2);
        await using var context = company.Database.OpenContext();
        (await context.Journal.Where(entry => entry.Area == JournalAreas.Report).OrderBy(entry => entry.EntryNo).Select(entry => entry.Act).ToListAsync(Token)).Should().Equal("created", "changed", "deleted", "restored", "created");
    }

    /// <summary>Forty customers whose contracts, answers, inquiries, touches and days of use are drawn.</summary>
    private sealed class Company : IAsyncDisposable
    {
        private readonly TestDatabase _test;
        private readonly CompanyBooks _books;
        private readonly ActivityBooks _activities;
        private readonly ServiceBooks _inquiries;
        private readonly SurveyBooks _surveys;
        private readonly ReportBooks _others;

        private Company(TestDatabase test, IReadOnlyList<double> answers)
        {
            (_test, Answers) = (test, answers);
            _books = new(test.Database, new SettingsStore(test.Database, TimeProvider.System));
            (_activities, _inquiries, _surveys, _others) = (new(test.Database), new(test.Database), new(test.Database), new(test.Database));
            Retention = new(test.Database, _books);
            Runner = new(test.Database, _books, _activities, _inquiries, _surveys, _others, TimeProvider.System);
            Saved = new(test.Database, new Acts(test.Database, new LiveChanges(test.Database, TimeProvider.System, NullLogger<LiveChanges>.Instance), TimeProvider.System));
        }

        public Database Database => _test.Database;

        public RetentionReport Retention { get; }

        public ReportRunner Runner { get; }

        public SavedReports Saved { get; }

        /// <summary>Every score on the scale 0–10.</summary>
        public IReadOnlyList<double> Answers { get; }

        public static async Task<Company> CreateAsync(DatabaseKind kind)
        {
            var (test, random, answers) = (await TestDatabase.CreateAsync(kind), new Random(7), new List<double>());
            await using var facts = new TestCompany(test.Database);
            facts.Context.Attributes.Add(new AttributeDefinition { AttributeId = 90, Record = "accounts", Name = "segment", Type = AttributeType.Category });
            facts.Context.Attributes.Add(new AttributeDefinition { AttributeId = 91, Record = "accounts", Name = "owner_email", Type = AttributeType.Category });
            for (var no = 1; no <= 40; no++)
            {
                var account = facts.Account(no);
                (account.Country, account.Industry, account.OwnerEmail) = (no % 3 == 0 ? null : no % 2 == 0 ? "JP" : "US", no % 5 == 0 ? "Retail" : null, no % 4 == 0 ? "b@example.com" : "a@example.com");
                facts.Context.Add(new AccountValue { AccountNo = no, AttributeId = 90, ValidFrom = DateOnly.MinValue, Value = no % 7 == 0 ? null : no % 2 == 0 ? "SMB" : "Enterprise" });
                facts.Context.Add(new AccountValue { AccountNo = no, AttributeId = 91, ValidFrom = DateOnly.MinValue, Value = account.OwnerEmail });
                for (var term = 0; term < 3; term++)
                {
                    var start = random.Next(500);
                    var added = facts.Term(no, start, random.Next(3) == 0 ? null : start + random.Next(20, 300), random.Next(1, 900) / 3m, random.Next(1, 9), random.Next(2) == 0 ? "Pro" : "Basic", random.Next(3) == 0 ? "EUR" : "USD");
                    (added.Mrr, added.Product) = (decimal.Round(added.Mrr, 4), random.Next(2) == 0 ? "Core" : "Archive");
                }

                for (var i = 0; i < 4; i++)
                {
                    var asked = random.Next(530);
                    facts.Ask(no, asked, random.Next(2) == 0 ? null : asked + random.Next(3), random.Next(2) == 0 ? null : asked + random.Next(3, 9), satisfaction: random.Next(3) == 0 ? random.Next(1, 6) : null);
                    facts.Touch(no, random.Next(530));
                    answers.Add(random.Next(11));
                    facts.Answer(no, random.Next(530), answers[^1]);
                    facts.Use(no, (i * 130) + random.Next(130));
                }
            }

            facts.Context.Add(new SavedSegment { SegmentId = Few, Name = "A few", ConditionJson = "{}", Version = 1 });
            foreach (var no in new[] { 1, 2, 3 })
            {
                facts.Context.Add(new SegmentStay { AccountNo = no, SegmentId = Few, EnteredNo = 1, EnteredOn = TestCompany.Day(500) });
            }

            facts.Context.AddRange(Enumerable.Range(0, 24).Select(month => new ExchangeRate { SourceId = 1, Currency = "EUR", Month = TestCompany.Start.AddMonths(month), Rate = 1.1 + (month / 100.0) }));
            facts.Reach("subscriptions", 545);
            await facts.SaveAsync();
            return new(test, answers);
        }

        public async ValueTask DisposeAsync()
        {
            _surveys.Dispose();
            _others.Dispose();
            _inquiries.Dispose();
            _activities.Dispose();
            _books.Dispose();
            await _test.DisposeAsync();
        }
    }
}
