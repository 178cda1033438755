using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Analytics;

/// <summary>How inquiries are dealt with and what came after, out of both databases, each figure with what is behind it.</summary>
public sealed class ServiceReportTests
{
    private const int Customers = 80;

    private static readonly DateOnly Known = new(2025, 6, 30);
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2025, 7, 10, 3, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Slices_sum_to_the_whole_and_every_figure_opens_what_is_behind_it(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        using var books = new CompanyBooks(test.Database, new SettingsStore(test.Database, TimeProvider.System));
        using var inquiries = new ServiceBooks(test.Database);
        var report = new ServiceReport(test.Database, books, inquiries, Clock);
        var overview = await report.OverviewAsync(Viewer.System, ServiceScope.All, 12, Token);
        (overview.From, overview.To, overview.BacklogDay).Should().Be((new DateOnly(2024, 7, 1), Known, Known));
        overview.Months.Sum(month => month.Figures.Inquiries).Should().Be(overview.Figures.Inquiries).And.BePositive();
        foreach (var (slice, parts) in overview.Parts)
        {
            parts.Sum(part => part.Figures.Inquiries).Should().Be(overview.Figures.Inquiries);
            parts.Sum(part => part.Figures.SatisfactionAnswers).Should().Be(overview.Figures.SatisfactionAnswers);
            parts.Sum(part => part.Figures.Open).Should().Be(overview.Figures.Open);
            foreach (var part in parts)
            {
                var list = await report.InquiriesAsync(Viewer.System, new(ServiceScope.All.With(slice, part.Value)) { From = overview.From, To = overview.To }, 0, 1, Token);
                (list.Total, list.Figures).Should().Be((part.Figures.Inquiries, part.Figures), $"{slice} {part.Value}");
            }
        }

        foreach (var band in overview.Backlog)
        {
            (await report.InquiriesAsync(Viewer.System, new(ServiceScope.All) { OpenOn = overview.BacklogDay, AgeFrom = band.FromDays, AgeTo = band.ToDays }, 0, 1, Token)).Total.Should().Be(band.Inquiries);
        }

        foreach (var month in overview.Months)
        {
            (await report.InquiriesAsync(Viewer.System, new(ServiceScope.All) { OpenOn = month.Month }, 0, 1, Token)).Total.Should().Be(month.Backlog);
        }

        var slow = await report.InquiriesAsync(Viewer.System, new(new ServiceScope(Category: "bug")) { Sort = ServiceSort.FirstResponse }, 0, 5, Token);
        slow.Rows.Select(row => row.FirstResponseMinutes).Should().BeInDescendingOrder();
        slow.Rows.Should().OnlyContain(row => row.Subject == "Subject of " + row.Key.FactId);
        var own = new Viewer("u", "even@example.com", new HashSet<string> { Roles.CsManager }, OwnPortfolioOnly: true);
        (await report.OverviewAsync(own, ServiceScope.All, 12, Token)).Figures.Inquiries.Should().Be(overview.Parts[ServiceSlice.Owner].Single(part => part.Value == "even@example.com").Figures.Inquiries);
    }

    [Theory]
    [DatabaseData]
    public async Task In_business_time_only_what_the_desks_calendar_counts_is_counted(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        var settingsStore = new SettingsStore(test.Database, TimeProvider.System);
        using var books = new CompanyBooks(test.Database, settingsStore);
        using var inquiries = new ServiceBooks(test.Database);
        var report = new ServiceReport(test.Database, books, inquiries, Clock);
        var settings = await settingsStore.ReadAsync(Token);
        var calendar = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone), WeeklyHours.Office, day => settings.Region == "JP" && JapaneseHolidays.On(day) is not null);
        await using var context = test.Database.OpenContext();
        var times = await context.Inquiries.ToDictionaryAsync(inquiry => (inquiry.AccountNo, inquiry.FactId), Token);
        var list = await report.InquiriesAsync(Viewer.System, new(ServiceScope.All) { InBusinessTime = true }, 0, 1000, Token);
        list.Rows.Where(row => row.IsAnswered).Should().NotBeEmpty().And.OnlyContain(row => row.FirstResponseMinutes == calendar.Between(times[new(row.AccountNo, row.Key.FactId)].OpenedAt, times[new(row.AccountNo, row.Key.FactId)].FirstResponseAt!.Value).TotalMinutes);
        var (clock, open) = (await report.OverviewAsync(Viewer.System, ServiceScope.All, 12, Token), await report.OverviewAsync(Viewer.System, ServiceScope.All, 12, true, Token));
        (open.Figures.Inquiries, open.Figures.SatisfactionAnswers, open.BacklogAge).Should().Be((clock.Figures.Inquiries, clock.Figures.SatisfactionAnswers, clock.BacklogAge));
        open.Figures.ResolutionMedian.Should().BeLessThan(clock.Figures.ResolutionMedian!.Value);

        // a change of the calendar counts at once
        context.DaysOff.Add(new DayOff { CalendarNo = DeskCalendar.Default, From = new(2023, 1, 1), Until = new(2026, 1, 1) });
        await context.SaveChangesAsync(Token);
        (await report.OverviewAsync(Viewer.System, ServiceScope.All, 12, true, Token)).Figures.FirstResponseMedian.Should().Be(0);
    }

    [Theory]
    [DatabaseData]
    public async Task Leaving_after_slow_answers_is_found_and_called_with_an_interval(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        using var books = new CompanyBooks(test.Database, new SettingsStore(test.Database, TimeProvider.System));
        using var inquiries = new ServiceBooks(test.Database);
        var report = new ServiceReport(test.Database, books, inquiries, Clock);
        var churn = await report.ChurnAsync(Viewer.System, Token);
        churn.Days[0].Should().Be(Known.AddDays(-90 - 31), "horizon and grace have passed since");
        foreach (var one in churn.Associations)
        {
            async Task<int> Count(bool had, bool? left) => (await report.AccountsAsync(Viewer.System, new(one.Experience, had, left), 0, 1, Token)).Total;
            (await Count(true, null), await Count(true, true), await Count(false, null), await Count(false, true)).Should().Be((one.With, one.LeftWith, one.Without, one.LeftWithout), $"{one.Experience}");
        }

        // who waits leaves here; nothing else goes with leaving
        var slow = churn.Associations.Single(one => one.Experience == ServiceExperience.SlowResponse);
        (slow.IsTold, slow.Difference!.IsReal, slow.Difference.Value > 0).Should().Be((true, true, true));
        churn.Associations.Single(one => one.Experience == ServiceExperience.Dissatisfied).IsTold.Should().BeFalse("hardly anybody is dissatisfied");
    }

    [Fact]
    public async Task What_is_opened_here_follows_at_once_and_runs_up_to_now()
    {
        await using var test = await CompanyAsync(DatabaseKind.Sqlite);
        using var books = new CompanyBooks(test.Database, new SettingsStore(test.Database, TimeProvider.System));
        using var inquiries = new ServiceBooks(test.Database);
        var report = new ServiceReport(test.Database, books, inquiries, Clock);
        var before = await report.OverviewAsync(Viewer.System, ServiceScope.All, 12, Token);
        await using (var context = test.Database.OpenContext())
        {
            context.Inquiries.Add(new Inquiry { AccountNo = 1, SourceId = AppSource.SourceId, FactId = "here", Subject = "Here", OpenedAt = new DateTime(2025, 7, 9, 3, 0, 0, DateTimeKind.Utc) });
            await AppSource.NoteChangeAsync(context, 1, new DateOnly(2025, 7, 9), Token);
            await context.SaveChangesAsync(Token);
        }

        var after = await report.OverviewAsync(Viewer.System, ServiceScope.All, 12, Token);
        (after.To, after.BacklogDay, after.Backlog.Sum(band => band.Inquiries)).Should().Be((new DateOnly(2025, 7, 31), new DateOnly(2025, 7, 10), before.Backlog.Sum(band => band.Inquiries) + 1));
        var row = (await report.InquiriesAsync(Viewer.System, new(ServiceScope.All), 0, 1, Token)).Rows.Single();
        (row.Subject, row.IsAnswered, row.FirstResponseMinutes).Should().Be(("Here", false, 24 * 60));
    }

    /// <summary>Eighty customers with an inquiry every other month or so; every fourth waits for days and, mostly, leaves in the spring.</summary>
    private static async Task<TestDatabase> CompanyAsync(DatabaseKind kind)
    {
        var test = await TestDatabase.CreateAsync(kind);
        await using var context = test.Database.OpenContext();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        context.Attributes.AddRange(new[] { "segment", "owner_email" }.Select((name, i) => new AttributeDefinition { AttributeId = i + 1, Record = "accounts", Name = name, Type = AttributeType.Category }));
        context.SourceReaches.AddRange(
            new SourceReach { SourceId = 1, Record = "subscriptions", Stated = Known }, new SourceReach { SourceId = 1, Record = "inquiries", Stated = Known });
        var random = new Random(11);
        for (var no = 1; no <= Customers; no++)
        {
            var owner = no % 2 == 0 ? "even@example.com" : "odd@example.com";
            context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no:000}", Name = $"A{no}", NameSort = $"a{no:000}", OwnerEmail = owner });
            context.AccountValues.Add(new AccountValue { AccountNo = no, AttributeId = 2, ValidFrom = DateOnly.MinValue, Value = owner });
            var waits = no % 4 == 0;
            var left = waits && no % 8 == 0 ? new DateOnly(2025, 4, 1).AddDays(random.Next(20)) : (DateOnly?)null;
            context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = "S", Currency = "USD", Mrr = 10, StartedOn = new DateOnly(2023, 1, 1), EndedOn = left });
            for (var day = new DateOnly(2024, 3, 1).AddDays(random.Next(60)); day <= Known && !(day >= left); day = day.AddDays(20 + random.Next(60)))
            {
                var opened = day.ToDateTime(new TimeOnly(1, 0), DateTimeKind.Utc);
                var answered = opened.AddHours(waits ? 30 + random.Next(40) : 1 + random.Next(9));
                var closed = answered.AddHours(random.Next(100));
                var known = new DateTime(2025, 6, 30, 15, 0, 0, DateTimeKind.Utc);
                context.Inquiries.Add(new Inquiry
                {
                    AccountNo = no,
                    SourceId = 1,
                    FactId = $"{no}-{day:yyMMdd}",
                    Subject = $"Subject of {no}-{day:yyMMdd}",
                    OpenedAt = opened,
                    FirstResponseAt = answered < known ? answered : null,
                    ClosedAt = closed < known && random.Next(12) > 0 ? closed : null,
                    Satisfaction = random.Next(3) == 0 ? 4 + random.Next(2) : null,
                    Category = random.Next(2) == 0 ? "bug" : random.Next(2) == 0 ? "billing" : null,
                    Assignee = random.Next(2) == 0 ? "ken@example.com" : "Outside desk",
                    Urgency = (InquiryPriority)random.Next(3),
                    Escalated = random.Next(15) == 0,
                });
            }
        }

        await context.SaveChangesAsync(Token);
        return test;
    }
}
