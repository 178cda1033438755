using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using static CustomerSuccess.Engine.Tests.Workday;

namespace CustomerSuccess.Engine.Tests.Timeline;

public sealed class TimelineQueryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Every_kind_of_thing_is_told_once_newest_first(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await FillAsync(day);
        var entries = (await day.Timeline.PageAsync(Sato, 1, new(), null, 500, Token))!.Entries;
        entries.Select(entry => (entry.Kind, entry.Day.DayNumber - Today.DayNumber)).Should().Equal(
            (TimelineKinds.MilestoneDone, 0), (TimelineKinds.TaskDone, 0), (TimelineKinds.FileAdded, 0), (TimelineKinds.NoteWritten, 0),
            (TimelineKinds.GoalReached, 0), (TimelineKinds.JudgementMade, 0), (TimelineKinds.AttributesChanged, 0), (TimelineKinds.PlanStarted, 0),
            (TimelineKinds.RiskChanged, -1), (TimelineKinds.HealthBandChanged, -1),
            (TimelineKinds.SuggestionDismissed, -2), (TimelineKinds.TouchMade, -3), (TimelineKinds.InquiryClosed, -4), (TimelineKinds.InquiryOpened, -5),
            (TimelineKinds.AnswerGiven, -6), (TimelineKinds.PersonLeft, -7), (TimelineKinds.PurchaseMade, -8), (TimelineKinds.InvoiceFailed, -9),
            (TimelineKinds.DealWon, -21), (TimelineKinds.DealOpened, -22), (TimelineKinds.AttributesImported, -30), (TimelineKinds.UsageSilent, -38),
            (TimelineKinds.ContractExpanded, -40), (TimelineKinds.UsageFirst, -40), (TimelineKinds.ContractStarted, -400));

        TimelineEntry Of(string wanted) => entries.Single(entry => entry.Kind == wanted);
        Of(TimelineKinds.TouchMade).Values.Should().Contain("play", "check_in").And.Contain("minutes", 15.0);
        Of(TimelineKinds.TouchMade).ContactName.Should().Be("田中 一郎");
        Of(TimelineKinds.InquiryOpened).Text!.Length.Should().Be(TimelinePage.LongestText);
        Of(TimelineKinds.InquiryOpened).TextIsCut.Should().BeTrue();
        Of(TimelineKinds.InquiryClosed).Values.Should().Contain("hours", 24.0).And.Contain("satisfaction", 4);
        Of(TimelineKinds.AttributesChanged).Changes.Should().Equal(new Dictionary<string, FieldChange> { ["segment"] = new("smb", "enterprise") });
        Of(TimelineKinds.AttributesImported).Changes.Should().Equal(new Dictionary<string, FieldChange> { ["segment"] = new("small", "smb") });
        Of(TimelineKinds.ContractExpanded).Values.Should().Contain("mrr", new MoneyAmount(150, "USD")).And.Contain("former_mrr", new MoneyAmount(100, "USD"));
        Of(TimelineKinds.HealthBandChanged).Values.Should().Contain("from", HealthBand.Good).And.Contain("to", HealthBand.Danger);
        Of(TimelineKinds.RiskChanged).Values.Should().Contain("from", 0.1).And.Contain("to", 0.3);
        Of(TimelineKinds.UsageSilent).Values.Should().Contain("days", 30);
        entries.Select(entry => entry.At).Should().BeInDescendingOrder();
        entries.Select(Key).Should().OnlyHaveUniqueItems();
        TimelineKinds.All.Should().Contain(entries.Select(entry => entry.Kind));
    }

    [Theory]
    [DatabaseData]
    public async Task Pages_of_any_size_are_the_whole_with_nothing_twice_or_left_out(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await ManyAsync(day);
        var whole = await WholeAsync(day, new(), 500);
        whole.Should().HaveCount(6 * 30);
        foreach (var size in new[] { 3, 7, 60 })
        {
            (await WholeAsync(day, new(), size)).Should().Equal(whole, $"pages of {size}");
        }

        (await WholeAsync(day, new() { Search = "needle" }, 3)).Should().HaveCount(10).And.BeSubsetOf(whole).And.BeInAscendingOrder((a, b) => whole.IndexOf(a).CompareTo(whole.IndexOf(b)));
    }

    [Theory]
    [DatabaseData]
    public async Task Filters_let_through_what_they_say_and_count_it(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await ManyAsync(day);
        var whole = (await day.Timeline.PageAsync(Sato, 1, new(), null, 500, Token))!.Entries;
        (TimelineFilter Filter, Func<TimelineEntry, bool> Rule)[] cases =
        [
            (new() { Groups = new HashSet<string> { TimelineGroups.Touches, TimelineGroups.Payments } }, entry => entry.Kind is TimelineKinds.TouchMade or TimelineKinds.InvoicePaid or TimelineKinds.PurchaseMade),
            (new() { From = Today.AddDays(-3) }, entry => entry.Day >= Today.AddDays(-3)),
            (new() { Until = Today.AddDays(-3) }, entry => entry.Day <= Today.AddDays(-3)),
            (new() { From = Today.AddDays(-4), Until = Today.AddDays(-4) }, entry => entry.Day == Today.AddDays(-4)),
            (new() { ContactNo = 7 }, entry => entry.ContactNo == 7),
            (new() { ByEmail = "SATO@example.com" }, entry => entry.ByEmail == "sato@example.com"),
            (new() { ByEmail = "sato@example.com", ContactNo = 7, From = Today.AddDays(-5) }, entry => entry.ByEmail == "sato@example.com" && entry.ContactNo == 7 && entry.Day >= Today.AddDays(-5)),
        ];
        foreach (var (filter, rule) in cases)
        {
            var expected = whole.Where(rule).Select(Key).ToList();
            (await WholeAsync(day, filter, 50)).Should().Equal(expected);
            expected.Should().NotBeEmpty();
            (await day.Timeline.CountsAsync(Sato, 1, filter, Token))!.Values.Sum().Should().Be(expected.Count);
        }
    }

    [Theory]
    [DatabaseData]
    public async Task No_two_entries_are_the_same_however_often_something_turns(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await ManyAsync(day);
        var random = new Random(11);
        await using (var context = day.Database.OpenContext())
        {
            // health and use that go to and fro, attributes and contracts that change again and again, on days that coincide
            context.Add(new Metric { MetricId = 1, Name = "logins" });
            context.Add(new AttributeDefinition { AttributeId = 1, Record = "accounts", Name = "segment" });
            context.Add(new AttributeDefinition { AttributeId = 2, Record = "accounts", Name = "region" });
            for (var i = 1; i <= 40; i++)
            {
                var ago = Today.AddDays(-30 * i);
                context.Add(new HealthPoint { AccountNo = 1, AsOf = ago, Total = random.Next(100) });
                context.Add(new UsageDay { AccountNo = 1, Day = Today.AddDays(-45 * i), MetricId = 1, SourceId = 1, Count = 1 });
                context.Add(new AccountValue { AccountNo = 1, AttributeId = 1 + (i % 2), ValidFrom = ago, Value = $"v{random.Next(3)}", ImportFileId = 1 });
                context.Add(new Subscription { AccountNo = 1, SourceId = 1 + (i % 2), FactId = $"C{i / 2}", StartedOn = ago, EndedOn = ago.AddDays(30 * random.Next(1, 3)), Mrr = random.Next(1, 4) * 100, Currency = "USD" });
                context.Add(new ScoreRun { ScoreRunId = i, AsOf = ago, StartedAt = Noon(ago), FinishedAt = Noon(ago) });
                context.Add(new AccountScore { ScoreRunId = i, AccountNo = 1, Name = "x", NameSort = "x", Plays = "", ChurnProbability = random.NextDouble() });
            }

            await context.SaveChangesAsync(Token);
        }

        var whole = await WholeAsync(day, new(), 50);
        whole.Should().OnlyHaveUniqueItems();
        whole.Select(key => (key.Item2, key.Item3)).Distinct().Should().HaveCountLessThan(whole.Count, "ids of one source do come again at other times");
        static DateTime Noon(DateOnly day) => day.ToDateTime(new TimeOnly(3, 0), DateTimeKind.Utc);
    }

    [Theory]
    [DatabaseData]
    public async Task Mail_is_told_when_it_goes_is_opened_comes_back_and_is_answered(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var noon = Today.ToDateTime(new TimeOnly(3, 0), DateTimeKind.Utc).AddDays(-1);
        await using (var context = day.Database.OpenContext())
        {
            void Mail(string id, int account, Action<MailMessage, MailRecipient> with)
            {
                var mail = new MailMessage { AccountNo = account, MailId = id, Language = "ja", Subject = $"件名 {id}", Preview = "本文", CreatedBy = "u", OwnerEmail = "sato@example.com", SentAt = noon, Status = MailStatus.Sent };
                var to = new MailRecipient { AccountNo = account, MailId = id, RecipientNo = 1, ContactNo = 7, Address = "t@a.example", AddressKey = "t@a.example", State = RecipientState.Accepted, At = noon };
                with(mail, to);
                context.AddRange(mail, to, new MailContent { AccountNo = account, MailId = id, Body = "本文" });
            }

            Mail("1", 1, (mail, _) => mail.OpenedAt = noon.AddHours(1));
            context.Add(new Touch { AccountNo = 1, SourceId = 1, FactId = "1", Kind = "email", At = noon, OwnerEmail = "sato@example.com", Notes = "件名 1" });
            Mail("2", 1, (mail, to) => (mail.SentAt, to.ContactNo, to.State, to.Answer, to.At) = (null, null, RecipientState.Refused, "550 no such user", noon.AddHours(2)));
            Mail("3", 1, (mail, _) => (mail.SentAt, mail.Status) = (null, MailStatus.Queued));
            Mail("4", 2, (_, _) => { });
            context.Add(new ReceivedMail { AccountNo = 1, ReceivedId = "r", MessageId = "<r>", Kind = ReceivedKind.Reply, ContactNo = 7, Subject = "Re: 件名 1", Text = "順調です", ReceivedAt = noon.AddHours(3) });
            context.Add(new ReceivedMail { AccountNo = 1, ReceivedId = "b", MessageId = "<b>", Kind = ReceivedKind.Bounce, Subject = "failure", ReceivedAt = noon.AddHours(3) });
            await context.SaveChangesAsync(Token);
        }

        var entries = (await day.Timeline.PageAsync(Sato, 1, new(), null, 50, Token))!.Entries;
        entries.Select(entry => (entry.Kind, entry.Title, entry.Text, entry.ContactName)).Should().Equal(
            (TimelineKinds.MailReceived, "Re: 件名 1", "順調です", "田中 一郎"),
            (TimelineKinds.MailReturned, "件名 2", "550 no such user", null),
            (TimelineKinds.MailOpened, "件名 1", null, "田中 一郎"),
            (TimelineKinds.MailSent, "件名 1", "本文", "田中 一郎"));
        (await WholeAsync(day, new(), 1)).Should().Equal(entries.Select(Key), "pages of one are the whole");
        (await WholeAsync(day, new() { ContactNo = 7 }, 50)).Should().HaveCount(3);
        (await WholeAsync(day, new() { ByEmail = "SATO@example.com" }, 50)).Should().HaveCount(3);
        (await day.Timeline.CountsAsync(Sato, 1, new(), Token))![TimelineGroups.Mails].Should().Be(4);
    }

    [Theory]
    [DatabaseData]
    public async Task Words_are_found_in_any_case_width_and_kana_and_in_names(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await FillAsync(day);
        async Task<IEnumerable<string>> FindAsync(string words) => (await day.Timeline.PageAsync(Sato, 1, new() { Search = words }, null, 50, Token))!.Entries.Select(entry => entry.Kind);
        (await FindAsync("ﾚﾎﾟｰﾄ")).Should().Equal(TimelineKinds.NoteWritten);
        (await FindAsync("ＳＬＯＷ export")).Should().Equal(TimelineKinds.InquiryClosed, TimelineKinds.InquiryOpened);
        (await FindAsync("田中")).Should().Equal(TimelineKinds.TouchMade, TimelineKinds.AnswerGiven, TimelineKinds.PersonLeft);
        (await FindAsync("enterprise")).Should().Equal(TimelineKinds.AttributesChanged);
        (await FindAsync("nobody wrote this")).Should().BeEmpty();
        (await FindAsync("tail of a long body")).Should().Equal([TimelineKinds.InquiryOpened], "what is cut off is searched too");
    }

    [Theory]
    [DatabaseData]
    public async Task Nobody_reads_what_happened_to_an_account_that_is_not_theirs_to_see(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        (await day.Timeline.PageAsync(Sato, 2, new(), null, 10, Token)).Should().BeNull();
        (await day.Timeline.CountsAsync(Sato, 2, new(), Token)).Should().BeNull();
        (await day.Timeline.PageAsync(Mori, 2, new(), null, 10, Token))!.Entries.Should().BeEmpty();
    }

    /// <summary>What tells an entry from all others of its account: pages draw by it. An id alone may come again at another time.</summary>
    private static (DateTime, string, string) Key(TimelineEntry entry) => (entry.At, entry.Source, entry.Id);

    private static async Task<List<(DateTime, string, string)>> WholeAsync(Workday day, TimelineFilter filter, int size)
    {
        var keys = new List<(DateTime, string, string)>();
        TimelinePosition? next = null;
        do
        {
            var page = (await day.Timeline.PageAsync(Sato, 1, filter, next, size, Token))!;
            keys.AddRange(page.Entries.Select(Key));
            next = page.Next;
        }
        while (next is not null);
        return keys;
    }

    /// <summary>One of each kind, on days counted back from today.</summary>
    private static async Task FillAsync(Workday day)
    {
        DateOnly Day(int ago) => Today.AddDays(-ago);
        DateTime Noon(int ago) => Day(ago).ToDateTime(new TimeOnly(3, 0), DateTimeKind.Utc);
        await using (var context = day.Database.OpenContext())
        {
            context.Add(new Touch { AccountNo = 1, SourceId = 1, FactId = "T", At = Noon(3), Kind = "call", Play = "check_in", OwnerEmail = "sato@example.com", ContactNo = 7, Minutes = 15, Notes = "spoke" });
            context.Add(new Touch { AccountNo = 1, SourceId = 1, FactId = "voided", At = Noon(3), VoidedBy = 1 });
            context.Add(new SuggestionAction { AccountNo = 1, ActionId = "S", Play = "nps_low", ReasonCode = "nps_low", Kind = SuggestionActionKind.Dismissed, Reason = "wrong person", At = Noon(2), ByUser = "u", ByEmail = "sato@example.com" });
            context.Add(new Inquiry { AccountNo = 1, SourceId = 1, FactId = "I", Subject = "Slow export", Body = new string('x', 3000) + " tail of a long body", OpenedAt = Noon(5), ClosedAt = Noon(4), Satisfaction = 4 });
            context.Add(new SurveyResponse { AccountNo = 1, SourceId = 1, FactId = "N", Kind = "nps", Score = 3, ScaleMax = 10, Comment = "too <b>slow</b>", RespondedAt = Noon(6), ContactNo = 7 });
            context.Contacts.Single().LeftOn = Day(7);
            context.Add(new Purchase { AccountNo = 1, SourceId = 1, FactId = "P", PurchasedOn = Day(8), Amount = 10, Currency = "USD", Item = "training" });
            context.Add(new Invoice { AccountNo = 1, SourceId = 1, FactId = "V", IssuedOn = Day(20), FailedOn = Day(9), Amount = 100, Currency = "USD" });
            context.Add(new Deal { AccountNo = 1, SourceId = 1, FactId = "D", Name = "more seats", OpenedOn = Day(22), ClosedOn = Day(21), Won = true, Currency = "USD" });
            context.Add(new Subscription { AccountNo = 1, SourceId = 1, FactId = "C1", StartedOn = Day(400), EndedOn = Day(40), Mrr = 100, Currency = "USD" });
            context.Add(new Subscription { AccountNo = 1, SourceId = 1, FactId = "C2", StartedOn = Day(40), TermEndsOn = Day(-300), Mrr = 150, Currency = "USD" });
            context.Add(new Subscription { AccountNo = 1, SourceId = 1, FactId = "C3", StartedOn = Day(-300), Mrr = 150, Currency = "USD" });
            context.Add(new Metric { MetricId = 1, Name = "logins" });
            foreach (var ago in new[] { 40, 39 })
            {
                context.Add(new UsageDay { AccountNo = 1, Day = Day(ago), MetricId = 1, SourceId = 1, Count = 3 });
                context.Add(new UsageDay { AccountNo = 1, Day = Day(ago), MetricId = 1, ContactNo = 7, SourceId = 1, Count = 3 });
            }

            context.Add(new UsageDay { AccountNo = 1, Day = Day(20), MetricId = 1, SourceId = 1, Count = 0 });
            context.Add(new Core.Ingestion.SourceReach { SourceId = 1, Record = "usage", Latest = Day(9) });
            context.Add(new AttributeDefinition { AttributeId = 1, Record = "accounts", Name = "segment" });
            foreach (var (ago, value, file) in new[] { (500, "small", 1), (30, "smb", 2), (0, "enterprise", 0) })
            {
                context.Add(new AccountValue { AccountNo = 1, AttributeId = 1, ValidFrom = Day(ago), Value = value, ImportFileId = file });
            }

            foreach (var (ago, health) in new[] { (62, 70.0), (31, 65.0), (1, 20.0) })
            {
                context.Add(new HealthPoint { AccountNo = 1, AsOf = Day(ago), Total = health });
            }

            foreach (var (run, ago, probability) in new[] { (1, 62, 0.1), (2, 31, 0.15), (3, 1, 0.3) })
            {
                context.Add(new ScoreRun { ScoreRunId = run, AsOf = Day(ago), StartedAt = Noon(ago), FinishedAt = Noon(ago) });
                context.Add(new AccountScore { ScoreRunId = run, AccountNo = 1, Name = "x", NameSort = "x", Plays = "", ChurnProbability = probability });
            }

            context.Add(new JournalEntry { AccountNo = 1, EntryNo = 9_000, At = Noon(0).AddHours(-2), ByUser = "u", ByEmail = "sato@example.com", Area = JournalAreas.Account, Act = "changed", ChangesJson = new FieldChanges().Note("segment", "smb", "enterprise").ToString() });
            context.Add(new Judgement { AccountNo = 1, JudgementId = "J", Band = HealthBand.Danger, Reason = "champion left", At = Noon(0).AddHours(-1), ByUser = "u", ByEmail = "sato@example.com" });
            await context.SaveChangesAsync(Token);
        }

        day.Clock.Advance(TimeSpan.FromHours(3));
        var plan = (await day.Plans.CreateAsync(Sato, 1, new() { Title = "rescue", StartsOn = Today }, cancellation: Token)).Value!;
        var goal = (await day.Steps.AddGoalAsync(Sato, 1, plan.PlanId, new() { Title = "goal" }, Token)).Value!;
        var step = (await day.Steps.AddMilestoneAsync(Sato, 1, plan.PlanId, new() { Title = "step" }, Token)).Value!;
        await day.Steps.ReachAsync(Sato, 1, goal.GoalId, true, Token);
        day.Clock.Advance(TimeSpan.FromMinutes(1));
        await day.Notes.WriteAsync(Sato, 1, "レポートの話", cancellation: Token);
        day.Clock.Advance(TimeSpan.FromMinutes(1));
        await day.Files.AddAsync(Sato, 1, "letter.txt", new MemoryStream([65]), cancellation: Token);
        day.Clock.Advance(TimeSpan.FromMinutes(1));
        var task = (await day.Tasks.CreateAsync(Sato, new() { AccountNo = 1, Title = "write" }, Token)).Value!;
        await day.Tasks.DoneAsync(Sato, 1, task.TaskId, Token);
        day.Clock.Advance(TimeSpan.FromMinutes(1));
        await day.Steps.DoneAsync(Sato, 1, step.MilestoneId, true, Token);
    }

    /// <summary>Thirty of each of six kinds on ten days, many at one and the same instant, some at a day's very beginning.</summary>
    private static async Task ManyAsync(Workday day)
    {
        await using var context = day.Database.OpenContext();
        for (var i = 0; i < 30; i++)
        {
            var date = Today.AddDays(-(i % 10));
            // midnight in Tokyo
            var at = date.AddDays(-1).ToDateTime(new TimeOnly(15, 0), DateTimeKind.Utc).AddHours(i % 3 * 4);
            var (source, text) = (1 + (i % 2), i % 15 == 0 ? "a Needle here" : "straw");
            var (by, contact) = (i % 4 == 0 ? "sato@example.com" : "mori@example.com", i % 5 == 0 ? 7 : (int?)null);
            context.Add(new Touch { AccountNo = 1, SourceId = source, FactId = $"F{i}", At = at, OwnerEmail = by, ContactNo = contact, Notes = text });
            context.Add(new Inquiry { AccountNo = 1, SourceId = source, FactId = $"F{i}", OpenedAt = at, Assignee = by, ContactNo = contact, Subject = text });
            context.Add(new Core.Notes.Note { AccountNo = 1, NoteId = $"N{i:D2}", Text = text, At = at, ByUser = "u", ByEmail = by, ContactNo = contact });
            context.Add(new SurveyResponse { AccountNo = 1, SourceId = source, FactId = $"F{i}", Kind = "nps", RespondedAt = at, ContactNo = contact, Comment = text });
            context.Add(new Invoice { AccountNo = 1, SourceId = source, FactId = $"F{i}", IssuedOn = date, PaidOn = date, Currency = "USD" });
            context.Add(new Purchase { AccountNo = 1, SourceId = source, FactId = $"日本{i}", PurchasedOn = date, Currency = "USD", Item = i % 15 == 1 ? "needle" : null });
            context.Add(new Touch { AccountNo = 2, SourceId = source, FactId = $"X{i}", At = at });
        }

        await context.SaveChangesAsync(Token);
    }
}
