using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Closing;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Closing;

/// <summary>Months stay as they were closed, and what changes them later is told to the cent.</summary>
public sealed class MonthClosesTests
{
    private static readonly DateOnly January = new(2024, 1, 31), February = new(2024, 2, 29), March = new(2024, 3, 31);

    private static readonly Viewer Executive = new("finance", "finance@example.com", new HashSet<string> { Roles.Executive }, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Months_are_closed_in_order_once_they_are_over_by_who_may_and_opened_again_with_a_reason(DatabaseKind kind)
    {
        await using var company = await Company.CreateAsync(kind);
        var closes = company.Closes;
        (await closes.CloseAsync(Executive with { Roles = new HashSet<string> { Roles.Csm } }, new(January, null, false), Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await closes.CloseAsync(Executive with { OwnPortfolioOnly = true }, new(January, null, false), Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await closes.CloseAsync(Executive, new(new DateOnly(2023, 11, 1), null, false), Token)).Problems.Should().Contain("month", CloseRules.NoContracts);
        (await closes.CloseAsync(Executive, new(new DateOnly(2199, 12, 1), null, true), Token)).Problems.Should().Contain("month", CloseRules.NotOver);
        (await closes.CloseAsync(Executive, new(January, "as booked", false), Token)).Outcome.Should().Be(ActOutcome.Done);
        (await closes.CloseAsync(Executive, new(January, null, false), Token)).Problems.Should().Contain("month", CloseRules.AlreadyClosed);
        (await closes.CloseAsync(Executive, new(March, null, false), Token)).Problems.Should().Contain("month", CloseRules.OutOfOrder);
        (await closes.NextAsync(Token)).Should().Be(February);
        (await closes.CloseAsync(Executive, new(new DateOnly(2024, 2, 10), null, false), Token)).Outcome.Should().Be(ActOutcome.Done, "any day tells the month");
        (await closes.ReopenAsync(Executive, February, " ", Token)).Problems.Should().ContainKey("reason");
        (await closes.ReopenAsync(Executive, January, "late invoice", Token)).Problems.Should().Contain("month", CloseRules.OutOfOrder);
        (await closes.ReopenAsync(Executive, February, "late invoice", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await closes.ReopenAsync(Executive, February, "late invoice", Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await closes.CloseAsync(Executive, new(February, null, false), Token)).Outcome.Should().Be(ActOutcome.Done);
        var all = await closes.ListAsync(Executive, Token);
        all.Select(close => (close.Close.Month, close.Stands, close.Close.ReopenReason)).Should().Equal((January, true, null), (February, false, "late invoice"), (February, true, null));
        (await closes.ListAsync(Executive with { OwnPortfolioOnly = true }, Token)).Should().BeEmpty("a portfolio is not the company");
        await using var context = company.Database.OpenContext();
        (await context.Journal.Where(entry => entry.Area == JournalAreas.Close).OrderBy(entry => entry.EntryNo).Select(entry => entry.Act).ToListAsync(Token)).Should().Equal("closed", "closed", "reopened", "closed");
    }

    [Theory]
    [DatabaseData]
    public async Task Closing_says_what_would_be_wrong(DatabaseKind kind)
    {
        await using var company = await Company.CreateAsync(kind);
        await company.ImportAsync("late.csv", context =>
        {
            context.ImportFiles.Local.Single().Rejected = 3;
            context.Subscriptions.Add(Company.Term(2, "krw", 5, new DateOnly(2024, 2, 2), null, "KRW"));
        });
        var check = (await company.Closes.CheckAsync(Executive, February, Token))!;
        (check.Problem, check.RejectedRows, check.Figures).Should().Be((CloseRules.MissingRate, 3, null));
        check.MissingRates.Should().Contain(new MissingRate("KRW", February));
        (await company.Closes.CloseAsync(Executive, new(February, null, true), Token)).Problems.Should().Contain("month", CloseRules.MissingRate);

        var january = (await company.Closes.CheckAsync(Executive, January, Token))!;
        (january.Problem, january.Difference).Should().Be((null, 0));
        january.Concerns.Should().Equal(CloseRules.RejectedRows);
        (await company.Closes.CloseAsync(Executive, new(January, null, false), Token)).Problems.Should().Contain("concerns", CloseRules.RejectedRows);
        (await company.Closes.CloseAsync(Executive, new(January, null, true), Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.Closes.CheckAsync(Executive, February, Token))!.RejectedRows.Should().Be(0, "what was rejected before the close was accepted with it");
    }

    [Theory]
    [DatabaseData]
    public async Task A_late_correction_is_told_with_its_figures_accounts_and_import_and_the_month_stays_as_closed(DatabaseKind kind)
    {
        await using var company = await Company.CreateAsync(kind);
        await company.Closes.CloseAsync(Executive, new(January, null, false), Token);
        await company.Closes.CloseAsync(Executive, new(February, null, false), Token);
        (await company.Follow.RunAsync(Token)).Should().Be(0, "nothing changed");
        var file = await company.ImportAsync("corrected.csv", context => context.Subscriptions.Single(term => term.AccountNo == 1 && term.FactId == "S").Mrr = 15, 1);
        (await company.Follow.RunAsync(Token)).Should().Be(2);
        (await company.Follow.RunAsync(Token)).Should().Be(0, "what was told is told once");

        var told = await company.Closes.RestatementsAsync(Executive, Token);
        told.Select(one => (one.Entry.Month, one.Entry.Cause, one.FileName, one.Entry.ByWhom, one.Entry.Accounts, one.Entry.ImportFileId)).Should().BeEquivalentTo([(January, RestatementCause.Contracts, "corrected.csv", "system", 1, (int?)file), (February, RestatementCause.Contracts, "corrected.csv", "system", 1, (int?)file)]);
        var february = told.Single(one => one.Entry.Month == February);
        february.Changes.Where(change => change.Figure.Unit == FigureUnit.Money).Select(change => (change.Figure.Name, change.Before, change.After)).Should().Equal(("mrr_start", 30, 35), ("mrr", 38, 43));
        var behind = (await company.Closes.AccountsAsync(Executive, february.Entry.MonthCloseId, february.Entry.RestatementNo, Token))!.Accounts.Single();
        (behind.AccountId, behind.Before.Month.Mrr.End, behind.After.Month.Mrr.End).Should().Be(("A1", 10, 15));

        (await company.Closes.ListAsync(Executive, Token)).Select(close => close.Figures.Mrr).Should().Equal(30, 38);
        var ask = new MovementAsk(RetentionPeriod.Month(February), RetentionScope.All) { Kind = MovementKind.End };
        (await company.Report.MovementsAsync(Executive, ask, 0, 10, Token)).End.Should().Be(43);
        (await company.Report.MovementsAsync(Executive, ask with { AsClosed = true }, 0, 10, Token)).End.Should().Be(38);
    }

    [Theory]
    [DatabaseData]
    public async Task Whatever_arrives_in_whatever_order_the_figures_as_closed_and_all_restatements_add_up_to_todays(DatabaseKind kind)
    {
        var random = new Random(kind == DatabaseKind.Sqlite ? 20261 : 20262);
        await using var company = await Company.CreateAsync(kind);
        DateOnly[] months = [January, February, March, new(2024, 4, 30)];
        foreach (var month in months[..2])
        {
            (await company.Closes.CloseAsync(Executive, new(month, null, true), Token)).Outcome.Should().Be(ActOutcome.Done);
        }

        for (var step = 0; step < 36; step++)
        {
            if (step is 8 or 16)
            {
                await company.Follow.RunAsync(Token);
                (await company.Closes.CloseAsync(Executive, new(months[step / 8 + 1], null, true), Token)).Outcome.Should().Be(ActOutcome.Done);
            }

            var no = random.Next(1, 7);
            await company.ImportAsync($"file{step}.csv", context =>
            {
                var terms = context.Subscriptions.Where(term => term.AccountNo == no && term.VoidedBy == null).OrderBy(term => term.FactId).ToList();
                var term = terms.Count == 0 ? null : terms[random.Next(terms.Count)];
                var day = new DateOnly(2023, 10, 1).AddDays(random.Next(240));
                switch (random.Next(6))
                {
                    case 0 when term is not null:
                        term.Mrr = random.Next(1, 9_000_000) / 10_000m;
                        break;
                    case 1 when term is not null:
                        term.VoidedBy = context.ImportFiles.Local.Single().ImportFileId;
                        break;
                    case 2 when term is not null:
                        (term.EndedOn, term.EndReason) = (term.StartedOn.AddDays(random.Next(200)), random.Next(2) == 0 ? "Payment failed" : null);
                        break;
                    case 3:
                        var month = new DateOnly(2024, 1, 1).AddMonths(random.Next(4));
                        var rate = context.ExchangeRates.Single(rate => rate.Currency == "EUR" && rate.Month == month);
                        (rate.Rate, rate.ImportFileId) = (1 + random.Next(400) / 1000.0, context.ImportFiles.Local.Single().ImportFileId);
                        break;
                    default:
                        context.Subscriptions.Add(Company.Term(no, $"N{step}", random.Next(1, 9_000_000) / 10_000m, day, random.Next(2) == 0 ? null : day.AddDays(random.Next(1, 200)), random.Next(2) == 0 ? "EUR" : "USD", random.Next(1, 20)));
                        break;
                }
            }, no);
            if (random.Next(3) == 0)
            {
                await company.Follow.RunAsync(Token);
            }
        }

        await company.Follow.RunAsync(Token);
        var today = await company.Report.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, null, Token);
        var told = await company.Closes.RestatementsAsync(Viewer.System, Token);
        told.Should().NotBeEmpty();
        told.Select(one => one.Entry.Cause).Should().Contain([RestatementCause.Contracts, RestatementCause.Rates]);
        foreach (var close in await company.Closes.ListAsync(Viewer.System, Token))
        {
            var now = today.Periods.Single(period => period.Period.End == close.Close.Month);
            var restated = told.Where(one => one.Entry.MonthCloseId == close.Close.MonthCloseId).OrderBy(one => one.Entry.RestatementNo).ToList();
            foreach (var figure in ClosedFigures.All.Where(figure => figure.Unit != FigureUnit.Share))
            {
                var closed = figure.Value(close.Figures) ?? 0;
                var changes = restated.SelectMany(one => one.Changes).Where(change => change.Figure == figure).Sum(change => (change.After ?? 0) - (change.Before ?? 0));
                (closed + changes).Should().Be(figure.Value(now) ?? 0, $"{figure.Name} of {close.Close.Month}");
            }

            (restated.Count == 0 ? close.Figures : ClosedFigures.Read(restated[^1].Entry.AfterJson)).Should().Be(now, "rates of retention too are those of today");
            foreach (var one in restated)
            {
                // what the accounts explain is what the figure tells
                var accounts = (await company.Closes.AccountsAsync(Viewer.System, one.Entry.MonthCloseId, one.Entry.RestatementNo, Token))!.Accounts;
                accounts.Should().HaveCount(one.Entry.Accounts);
                accounts.Sum(account => account.After.Month.Mrr.End - account.Before.Month.Mrr.End).Should().Be(one.Changes.SingleOrDefault(change => change.Figure.Name == "mrr")?.Difference ?? 0);
            }
        }
    }

    /// <summary>Two customers that stay, one that comes in February; dollars and euros.</summary>
    private sealed class Company : IAsyncDisposable
    {
        private readonly TestDatabase _test;
        private readonly CompanyBooks _books;

        private Company(TestDatabase test)
        {
            var acts = new Acts(test.Database, new LiveChanges(test.Database, TimeProvider.System, NullLogger<LiveChanges>.Instance), TimeProvider.System);
            (_test, _books) = (test, new CompanyBooks(test.Database, new SettingsStore(test.Database, TimeProvider.System)));
            Report = new(test.Database, _books);
            Closes = new(test.Database, _books, Report, acts, TimeProvider.System);
            Follow = new(test.Database, _books, acts);
        }

        public Database Database => _test.Database;

        public RetentionReport Report { get; }

        public MonthCloses Closes { get; }

        public FollowCloses Follow { get; }

        public static async Task<Company> CreateAsync(DatabaseKind kind)
        {
            var test = await TestDatabase.CreateAsync(kind);
            await using var context = test.Database.OpenContext();
            context.Accounts.AddRange(Enumerable.Range(1, 6).Select(no => new Account { AccountNo = no, AccountId = $"A{no}", Name = $"A{no}", NameSort = $"a{no}" }));
            context.Subscriptions.AddRange(Term(1, "S", 10, new DateOnly(2023, 12, 10), null), Term(2, "S", 20, new DateOnly(2023, 12, 15), null), Term(3, "S", 8, new DateOnly(2024, 2, 3), null));
            context.ExchangeRates.AddRange(Enumerable.Range(-16, 24).Select(month => new ExchangeRate { SourceId = 1, Currency = "EUR", Month = new DateOnly(2024, 1, 1).AddMonths(month), Rate = 1.1 }));
            context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = new DateOnly(2024, 7, 15) });
            await context.SaveChangesAsync(Token);
            return new(test);
        }

        public static Subscription Term(int no, string id, decimal mrr, DateOnly start, DateOnly? end, string currency = "USD", int? seats = null) =>
            new() { AccountNo = no, SourceId = 1, FactId = id, Currency = currency, Mrr = mrr, StartedOn = start, EndedOn = end, Seats = seats, Product = "Core" };

        /// <summary>Does what an import does: facts carry the file's number, and the accounts are noted as changed.</summary>
        public async Task<int> ImportAsync(string name, Action<CustomerSuccessContext> change, params int[] accounts)
        {
            await using var context = Database.OpenContext();
            var file = new ImportFile { ImportFileId = (await context.ImportFiles.MaxAsync(one => (int?)one.ImportFileId, Token) ?? 0) + 1, FileName = name, Record = "subscriptions", Status = ImportStatus.Done, StartedAt = DateTime.UtcNow };
            file.ImportRunId = file.ImportFileId;
            context.ImportRuns.Add(new ImportRun { ImportRunId = file.ImportRunId, SourceId = 1, ByUser = "system", StartedAt = DateTime.UtcNow, Status = ImportStatus.Done });
            context.ImportFiles.Add(file);
            await context.SaveChangesAsync(Token);
            change(context);
            foreach (var term in context.ChangeTracker.Entries<Subscription>().Where(entry => entry.State is EntityState.Added or EntityState.Modified))
            {
                term.Entity.ImportFileId = file.ImportFileId;
            }

            foreach (var no in accounts.Length == 0 ? context.Subscriptions.Local.Select(term => term.AccountNo).Distinct().ToArray() : accounts)
            {
                await AppSource.NoteChangeAsync(context, no, new DateOnly(2023, 1, 1), Token);
            }

            await context.SaveChangesAsync(Token);
            return file.ImportFileId;
        }

        public async ValueTask DisposeAsync()
        {
            _books.Dispose();
            await _test.DisposeAsync();
        }
    }
}
