using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Capacity;

/// <summary>The clock stands on Monday, 1 July 2024 in Tokyo; the company has 240 minutes on weekdays.</summary>
public sealed class CapacityTests
{
    private const string Sato = "sato@example.com";

    private static readonly DateOnly Monday = new(2024, 7, 1);
    private static readonly Viewer Boss = ScoredCompany.Manager("boss@example.com");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task What_fits_follows_the_week_days_off_and_minutes_that_are_spent(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        // of 15 minutes each; owners are told apart in any case
        await company.AddRunAsync(1, [.. Enumerable.Range(1, 12).Select(i => ScoredCompany.Score(i, $"n{i:D2}", 0.5, owner: i % 2 == 0 ? "Sato@Example.com" : Sato)), ScoredCompany.Score(20, "nobody's", 0.9), ScoredCompany.Score(21, "leaves", null, owner: Sato)]);
        // one query for all, as in the application: its plans are kept until something changes
        var (queue, capacity) = (company.Queue, company.Capacity);
        async Task<int[]> Fitting(bool week = false) => [.. (await queue.PageAsync(Viewer.System, new() { Search = "n", FitsToday = !week, FitsWeek = week }, QueueSort.Rank, false, 0, 100, Token)).Rows.Where(row => row.OwnerEmail is not null).Select(row => row.AccountNo)];

        (await Fitting()).Should().HaveCount(12);
        (await company.CapacityEdits.SetWeekAsync(Boss, "SATO@example.com", new WorkWeek([45, 0, 30, 0, 0, 0, 0]), seen: 0, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await Fitting()).Should().Equal(1, 2, 3);
        (await Fitting(week: true)).Should().Equal(1, 2, 3, 4, 5);
        (await queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 100, Token)).Rows.Single(row => row.AccountNo == 4).PlannedOn.Should().Be(Monday.AddDays(2));

        await company.Actions.DoneAsync(ScoredCompany.Csm(Sato), 1, "check_in", minutes: 20, cancellation: Token);
        (await Fitting()).Should().Equal([2], "20 of 45 minutes are spent, and what was done waits no more");
        var load = (await capacity.LoadsAsync(Boss, Token)).Single(own => own.Email == Sato);
        (load.Accounts, load.OpenAccounts, load.Today.Spent, load.Today.Planned, load.Today.Left, load.WeekCapacity).Should().Be((13, 11, 20, 15, 10, 75));

        var off = (await company.CapacityEdits.AddDaysOffAsync(ScoredCompany.Csm(Sato), Sato, Monday, Monday.AddDays(1), "夏休み", Token)).Value!;
        (await company.CapacityEdits.AddDaysOffAsync(ScoredCompany.Csm(Sato), Sato, Monday, Monday.AddDays(1), null, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await Fitting()).Should().BeEmpty();
        (await Fitting(week: true)).Should().Equal(2, 3);
        (await capacity.LoadsAsync(Boss, Token)).Single(own => own.Email == Sato).Away!.Note.Should().Be("夏休み");
        await company.CapacityEdits.SetDeletedAsync(Boss, Sato, off.AbsenceId, true, Token);
        (await Fitting()).Should().Equal(2);
        await company.CapacityEdits.AddDaysOffAsync(Boss, Absence.Everybody, Monday, Monday, null, Token);
        (await Fitting()).Should().BeEmpty("nobody works");
        company.Clock.Advance(TimeSpan.FromDays(2));
        (await Fitting()).Should().Equal(2, 3);
    }

    [Theory]
    [DatabaseData]
    public async Task Whoever_manages_sets_weeks_a_csm_notes_own_absences_and_wrong_days_change_nothing(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var edits = new ScoredCompany(test).CapacityEdits;
        (await edits.SetWeekAsync(ScoredCompany.Csm(Sato), Sato, WorkWeek.Weekdays(10), cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await edits.AddDaysOffAsync(ScoredCompany.Csm(Sato), "other@example.com", Monday, Monday, cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await edits.AddDaysOffAsync(ScoredCompany.Csm(Sato), Absence.Everybody, Monday, Monday, cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await edits.AddDaysOffAsync(Boss, Sato, Monday, Monday.AddDays(-1), cancellation: Token)).Problems["until"].Should().Be("before_from");
        (await edits.AddDaysOffAsync(Boss, Sato, Monday, Monday.AddYears(2), new string('x', Absence.LongestNote + 1), Token)).Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["until"] = "too_long", ["note"] = "too_long" });

        (await edits.SetWeekAsync(Boss, Sato, WorkWeek.Weekdays(60), seen: 0, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await edits.SetWeekAsync(Boss, Sato, WorkWeek.Weekdays(90), seen: 0, Token)).Outcome.Should().Be(ActOutcome.Conflict, "somebody else set it meanwhile");
        (await edits.SetWeekAsync(Boss, Sato, null, seen: 1, Token)).Outcome.Should().Be(ActOutcome.Done);
        var sheet = await edits.FindAsync(Boss, Sato, Token);
        (sheet.Own, sheet.Version).Should().Be((null, 2));
        sheet.Week.Should().Be(WorkWeek.Weekdays(new CompanySettings().CsmMinutesPerDay));
    }
}
