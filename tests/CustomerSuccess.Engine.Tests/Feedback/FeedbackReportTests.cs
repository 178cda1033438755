using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Journal;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Feedback;

/// <summary>What customers say, out of both databases: figures, what is behind them, and edits.</summary>
public sealed class FeedbackReportTests
{
    private const int Customers = 120;

    private static readonly DateOnly Known = new(2025, 6, 30);
    private static readonly FeedbackAsk Quarter = new(FeedbackScope.All, 3, false);
    private static readonly Viewer Lead = new("p", "lead@cs.example", new HashSet<string> { Roles.ProductLead }, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Every_figure_opens_the_texts_and_customers_behind_it_and_slices_sum_to_the_whole(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        using var open = new Opened(test.Database);
        var overview = await open.Report.OverviewAsync(Viewer.System, Quarter, Token);
        (overview.From, overview.To, overview.BeforeFrom, overview.BeforeTo).Should().Be((new DateOnly(2025, 4, 1), Known, new DateOnly(2025, 1, 1), new DateOnly(2025, 3, 31)));
        foreach (var one in overview.Themes)
        {
            var ask = new FeedbackListAsk(FeedbackScope.All, one.Theme.ThemeId) { From = overview.From, To = overview.To };
            (await open.Report.TextsAsync(Viewer.System, ask, 0, 1, Token)).Total.Should().Be(one.Texts);
            var accounts = await open.Report.AccountsAsync(Viewer.System, ask, 0, 1, Token);
            (accounts.Total, accounts.Mrr).Should().Be((one.Accounts, one.Mrr));
        }

        var none = await open.Report.TextsAsync(Viewer.System, new(FeedbackScope.All, FeedbackListAsk.NoTheme) { From = overview.From, To = overview.To }, 0, 1, Token);
        none.Total.Should().Be(overview.Texts - overview.Caught);
        var parts = 0;
        foreach (var scope in (FeedbackScope[])[new(Language: "ja"), new(Language: "en")])
        {
            parts += (await open.Report.OverviewAsync(Viewer.System, Quarter with { Scope = scope }, Token)).Texts;
        }

        parts.Should().Be(overview.Texts);
        var own = new Viewer("u", "even@example.com", new HashSet<string> { Roles.Csm }, OwnPortfolioOnly: true);
        (await open.Report.OverviewAsync(own, Quarter, Token)).Texts.Should().Be((await open.Report.OverviewAsync(Viewer.System, Quarter with { Scope = new(Owner: "even@example.com") }, Token)).Texts);

        // slowness rises in the last quarter, nothing else does; who is slow leaves more often
        overview.Themes.Where(one => one.Change.Course == ThemeCourse.Rising).Select(one => one.Theme.ThemeId).Should().Equal("speed");
        var speed = overview.Themes.Single(one => one.Theme.ThemeId == "speed");
        (speed.Churn.IsTold, speed.Churn.Difference!.IsReal, speed.Churn.Difference.Value > 0).Should().Be((true, true, true));
        (await open.Report.OverviewAsync(Viewer.System, Quarter with { AgainstYear = true }, Token)).BeforeFrom.Should().Be(new DateOnly(2024, 4, 1));

        // what is written in a month that contracts do not reach yet moves no time: it is counted apart
        await using (var context = test.Database.OpenContext())
        {
            context.Inquiries.Add(new Inquiry { AccountNo = 1, SourceId = 1, FactId = "new", Subject = "Hello", Body = "It is slow", OpenedAt = new DateTime(2025, 8, 5, 3, 0, 0, DateTimeKind.Utc) });
            await context.SaveChangesAsync(Token);
        }

        using var later = new Opened(test.Database);
        var still = await later.Report.OverviewAsync(Viewer.System, Quarter, Token);
        (overview.Newer, still.Newer, still.To, still.Texts).Should().Be((0, 1, Known, overview.Texts));
    }

    [Theory]
    [DatabaseData]
    public async Task Figures_kept_in_step_equal_those_of_a_full_reading_after_arrivals_corrections_and_edits(DatabaseKind kind)
    {
        await using var test = await CompanyAsync(kind);
        using var open = new Opened(test.Database);
        await open.Report.OverviewAsync(Viewer.System, Quarter, Token);
        var themes = new ThemeBook(JournalTests.ActsOver(test.Database, TimeProvider.System), test.Database);
        await using (var context = test.Database.OpenContext())
        {
            var voided = await context.Inquiries.SingleAsync(inquiry => inquiry.FactId == "1-2505", Token);
            voided.VoidedBy = 7;
            await AppSource.NoteChangeAsync(context, voided.AccountNo, DateOnly.FromDateTime(voided.OpenedAt), Token);
            var changed = await context.Inquiries.SingleAsync(inquiry => inquiry.FactId == "119-2506", Token);
            changed.Body = "承認フローがほしいです";
            await AppSource.NoteChangeAsync(context, changed.AccountNo, DateOnly.FromDateTime(changed.OpenedAt), Token);
            context.Inquiries.Add(new Inquiry { AccountNo = 3, SourceId = AppSource.SourceId, FactId = "here", Subject = "Approval", Body = "An approval step, please", OpenedAt = new DateTime(2025, 6, 20, 3, 0, 0, DateTimeKind.Utc) });
            await AppSource.NoteChangeAsync(context, 3, new DateOnly(2025, 6, 20), Token);
            await context.SaveChangesAsync(Token);
        }

        await Equal();
        var own = (await themes.SaveAsync(Lead, new(null, 0, ThemeKind.Wish, "Approval", "承認", "approv\n承認"), Token)).Value!;
        var now = await Equal();
        now.Themes.Single(one => one.Theme.ThemeId == own.ThemeId).Texts.Should().Be(2);
        (await themes.MergeAsync(Lead, own.ThemeId, own.Version, "look", Token)).Outcome.Should().Be(ActOutcome.Done);
        now = await Equal();
        now.Themes.Single(one => one.Theme.ThemeId == "look").Texts.Should().BeGreaterThanOrEqualTo(2);
        now.Themes.Should().NotContain(one => one.Theme.ThemeId == own.ThemeId);
        (await themes.SetHiddenAsync(Lead, "speed", 0, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await Equal()).Themes.Should().NotContain(one => one.Theme.ThemeId == "speed");

        async Task<FeedbackOverview> Equal()
        {
            using var fresh = new Opened(test.Database);
            var (kept, full) = (await open.Report.OverviewAsync(Viewer.System, Quarter, Token), await fresh.Report.OverviewAsync(Viewer.System, Quarter, Token));
            kept.Should().BeEquivalentTo(full, options => options.WithStrictOrdering());
            var ask = new FeedbackListAsk(FeedbackScope.All, null) { From = full.From, To = full.To };
            (await TextsAsync(open)).Should().Equal(await TextsAsync(fresh));
            async Task<IEnumerable<string>> TextsAsync(Opened from) => (await from.Report.TextsAsync(Viewer.System, ask, 0, 1000, Token)).Rows.Select(row => $"{row.AccountNo} {row.Key} {row.Text} {row.Sentiment} {string.Join(',', row.Themes.Select(theme => theme.ThemeId))}");
            return kept;
        }
    }

    [Theory]
    [DatabaseData]
    public async Task A_theme_named_in_one_language_is_called_so_in_both(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var book = new ThemeBook(JournalTests.ActsOver(test.Database, TimeProvider.System), test.Database);
        var japanese = (await book.SaveAsync(Lead, new(null, 0, ThemeKind.Wish, " ", "承認", "承認"), Token)).Value!;
        (japanese.NameIn("ja"), japanese.NameIn("en")).Should().Be(("承認", "承認"), "one name does for both");
        var english = (await book.SaveAsync(Lead, new(japanese.ThemeId, 1, ThemeKind.Wish, "Approval", null, "承認"), Token)).Value!;
        (english.NameIn("ja"), english.NameIn("en")).Should().Be(("Approval", "Approval"));
        (await book.RestoreAsync(Lead, japanese.ThemeId, 2, 1, Token)).Value!.NameIn("en").Should().Be("承認");
    }

    [Theory]
    [DatabaseData]
    public async Task Themes_are_edited_at_the_version_that_was_seen_and_wrong_ones_refused(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var book = new ThemeBook(JournalTests.ActsOver(test.Database, TimeProvider.System), test.Database);
        var renamed = (await book.SaveAsync(Lead, new("speed", 0, ThemeKind.Complaint, "Speed", "速度", "slow\n遅い"), Token)).Value!;
        (renamed.Name, renamed.Version).Should().Be(("Speed", 1));
        (await book.SaveAsync(Lead, new("speed", 0, ThemeKind.Complaint, "Other", null, "x1"), Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await book.SaveAsync(Lead, new("nothing", 0, ThemeKind.Complaint, "Other", null, "x1"), Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await book.SaveAsync(Lead, new(null, 0, ThemeKind.Wish, " ", new string('x', 61), "-only"), Token)).Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["name_ja"] = "too_long", ["words"] = "missing" });
        (await book.SaveAsync(Lead, new(null, 0, ThemeKind.Wish, " ", null, "-only"), Token)).Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["name"] = "missing", ["words"] = "missing" });
        (await book.MergeAsync(Lead, "outage", 0, "speed", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.MergeAsync(Lead, "speed", 1, "outage", Token)).Problems.Should().ContainKey("into", "it is merged itself");
        (await book.MergeAsync(Lead, "speed", 1, "speed", Token)).Problems.Should().ContainKey("into");
        (await book.MergeAsync(Lead, "outage", 1, null, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.SetHiddenAsync(Lead, "price", 0, false, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        // any version can hold again, as shipped too; going back is a change of its own
        (await book.SaveAsync(Lead, new("speed", 1, ThemeKind.Wish, "Speed", "速さ", "slow") { Target = new("price") }, Token)).Value!.MergedInto.Should().Be("price");
        var versions = await book.HistoryAsync("speed", Token);
        versions.Select(version => (version.Version, version.State.Words, version.State.MergedInto)).Should().Equal((2, "slow", "price"), (1, "slow\n遅い", null), (0, ThemeCatalogue.Of("speed")!.Words, null));
        (await book.RestoreAsync(Lead, "speed", 1, 1, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await book.RestoreAsync(Lead, "speed", 2, 1, Token)).Value.Should().BeEquivalentTo(new { Version = 3, Words = "slow\n遅い", NameJa = "速度", MergedInto = (string?)null });
        (await book.RestoreAsync(Lead, "speed", 3, 7, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await book.SetHiddenAsync(Lead, "price", 0, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.RestoreAsync(Lead, "speed", 3, 2, Token)).Problems.Should().ContainKey("into", "what it was merged into is hidden by now");
        (await book.RestoreAsync(Lead, "speed", 3, 0, Token)).Value!.Words.Should().Be(ThemeCatalogue.Of("speed")!.Words);
        foreach (var role in (string[])[Roles.Csm, Roles.Executive, Roles.ReadOnly])
        {
            (await book.SaveAsync(new Viewer("r", "r@cs.example", new HashSet<string> { role }, false), new(null, 0, ThemeKind.Wish, "A", null, "abc"), Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        }

        await using var context = test.Database.OpenContext();
        var noted = await context.Journal.Where(entry => entry.Area == JournalAreas.FeedbackTheme).OrderBy(entry => entry.EntryNo).Select(entry => entry.Act).ToListAsync(Token);
        noted.Should().Equal("changed", "merged", "parted", "changed", "restored", "hidden", "restored");
    }

    /// <summary>Customers who write every month: of speed every tenth text, in the last quarter every third; who wrote of it in the autumn mostly left in the spring.</summary>
    private static async Task<TestDatabase> CompanyAsync(DatabaseKind kind)
    {
        var test = await TestDatabase.CreateAsync(kind);
        await using var context = test.Database.OpenContext();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        context.Attributes.AddRange(new[] { "segment", "owner_email" }.Select((name, i) => new AttributeDefinition { AttributeId = i + 1, Record = "accounts", Name = name, Type = AttributeType.Category }));
        context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = Known });
        string[] others = ["Where is the invoice?", "請求書をください", "How do I export a list?", "一覧の出力方法", "Dark colours, please", "ダークモードがほしいです", "A question of ours"];
        var random = new Random(4);
        for (var no = 1; no <= Customers; no++)
        {
            var owner = no % 2 == 0 ? "even@example.com" : "odd@example.com";
            context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no:000}", Name = $"A{no}", NameSort = $"a{no:000}", OwnerEmail = owner });
            context.AccountValues.Add(new AccountValue { AccountNo = no, AttributeId = 2, ValidFrom = DateOnly.MinValue, Value = owner });
            var leaves = no % 3 == 0;
            var left = leaves && no % 6 == 0 ? new DateOnly(2025, 3, 5).AddDays(no % 50) : (DateOnly?)null;
            context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = "S", Currency = "USD", Mrr = 10 + no, StartedOn = new DateOnly(2023, 1, 1), EndedOn = left });
            for (var month = new DateOnly(2024, 3, 1); month < Known && !(month.AddDays(28) >= left); month = month.AddMonths(1))
            {
                var slow = month >= new DateOnly(2025, 4, 1) ? random.Next(3) == 0 : month is { Year: 2025, Month: 1 or 2 } ? leaves && random.Next(3) == 0 : random.Next(12) == 0;
                var text = slow ? (no % 2 == 0 ? "動作が遅いです" : "It is slow") : others[random.Next(others.Length)];
                context.Inquiries.Add(new Inquiry { AccountNo = no, SourceId = 1, FactId = $"{no}-{month:yyMM}", Subject = "Hello", Body = text, OpenedAt = month.AddDays(random.Next(27)).ToDateTime(new TimeOnly(3, 0), DateTimeKind.Utc), Satisfaction = random.Next(3) == 0 ? slow ? 1 : 5 : null });
            }
        }

        await context.SaveChangesAsync(Token);
        return test;
    }

    private sealed class Opened : IDisposable
    {
        private readonly CompanyBooks _books;
        private readonly FeedbackBooks _texts;

        public Opened(Database database)
        {
            (_books, _texts) = (new(database, new SettingsStore(database, TimeProvider.System)), new(database));
            Report = new(database, _books, _texts);
        }

        public FeedbackReport Report { get; }

        public void Dispose()
        {
            _texts.Dispose();
            _books.Dispose();
        }
    }
}
