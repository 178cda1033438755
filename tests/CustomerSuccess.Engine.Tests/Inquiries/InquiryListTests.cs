using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Inquiries;

public sealed class InquiryListTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The index names what is looked at; what the words are found in is decided by the row, as without an index.</summary>
    [Theory]
    [DatabaseData]
    public async Task Words_find_with_the_index_what_they_find_without_it(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        string[] words = ["ログイン", "できない", "請求書", "再発行", "ﾀﾞｯｼｭﾎﾞｰﾄﾞ", "Ｅｘｐｏｒｔ", "export", "Invoice 2026-10", "T-1042", "naïve", "画面error", "🚀", "(重要)"];
        var random = new Random(5);

        // Japanese stands without blanks; words of letters begin after something else
        string Some() => Enumerable.Range(0, random.Next(1, 4)).Select(_ => words[random.Next(words.Length)])
            .Aggregate((before, word) => before + (random.Next(2) == 0 || (char.IsLetterOrDigit(before[^1]) && before[^1] is < 'ぁ' or > '\uff00' && word[0] < 'ぁ') || word[0] == 'Ｅ' ? " " : "") + word);
        await using (var context = test.Database.OpenContext())
        {
            for (var no = 0; no < 120; no++)
            {
                var inquiry = new Inquiry { AccountNo = 1 + (no % 2), SourceId = 1 + (no % 3), FactId = $"I-{no:D4}", Subject = Some(), Body = Some(), RequesterName = no % 5 == 0 ? "山田 太郎" : null, RequesterEmail = no % 7 == 0 ? "taro@yamada.example" : null, OpenedAt = Desk.Monday.AddMinutes(no) };
                InquiryWork.Describe(inquiry);
                context.Add(inquiry);
            }

            await context.SaveChangesAsync(Token);
        }

        string[] asked = [.. words, "ログインできない", "グイン", "書", "exp", "EXPORT", "export できない", "請求書 再発行", "invoice", "2026", "I-0042", "0042", "i-00", "太郎", "山田 太", "taro@yamada", "yamada", "naive", "面err", "ダッシュボード", "nobody wrote this", "青葉", "birch"];
        async Task<List<IReadOnlyList<string>>> AskAsync()
        {
            List<IReadOnlyList<string>> found = [];
            foreach (var text in asked)
            {
                found.Add([.. (await desk.List.PageAsync(desk.Sato, new() { Text = text }, InquirySort.Opened, false, 0, 200, Token)).Rows.Select(row => row.Key.ToString())]);
            }

            return found;
        }

        var looking = await AskAsync();
        await new FillSearch(test.Database, desk.Clock, NullLogger<FillSearch>.Instance).RunAsync(Token);
        var indexed = await AskAsync();
        foreach (var ((text, without), with) in asked.Zip(looking).Zip(indexed))
        {
            with.Should().Equal(without, text);
        }

        looking.Count(found => found.Count > 0).Should().BeGreaterThan(25);
    }

    [Theory]
    [DatabaseData]
    public async Task The_list_shows_what_is_asked_for_in_the_order_that_is_asked_for(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var normal = await desk.AskAsync("請求書の再発行", "お願いします。", contact: 11);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var urgent = await desk.AskAsync("ログインできない", "至急です。", InquiryPriority.Urgent);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var english = await desk.AskAsync("Copy of an invoice", "Please send it again.", InquiryPriority.Low, account: 2);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var settled = await desk.AskAsync("ダークモード", "要望です。");
        Desk.Held(await desk.Changes.MoveAsync(desk.Sato, settled.Ref, settled.Version, InquiryState.Closed, Token));
        Desk.Held(await desk.Changes.DescribeAsync(desk.Sato, normal.Ref, normal.Version, new("billing", "Core", ["VIP", "beta"], "ja"), Token));
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        Desk.Held(await desk.Changes.AssignAsync(desk.Sato, english.Ref, english.Version, "sato@cs.example", Token));

        async Task<IEnumerable<string?>> ListAsync(InquiryFilter filter, InquirySort sort = InquirySort.Opened, bool descending = false) =>
            (await desk.List.PageAsync(desk.Sato, filter, sort, descending, 0, 50, Token)).Rows.Select(row => row.Subject);

        (await ListAsync(new())).Should().Equal(normal.Subject, urgent.Subject, english.Subject);
        (await ListAsync(new() { Settled = true }, descending: true)).Should().Equal(settled.Subject, english.Subject, urgent.Subject, normal.Subject);
        (await ListAsync(new(), InquirySort.Due)).Should().Equal(urgent.Subject, normal.Subject, english.Subject);
        (await ListAsync(new(), InquirySort.Priority)).Should().Equal(urgent.Subject, normal.Subject, english.Subject);
        (await ListAsync(new(), InquirySort.Changed, true)).Should().Equal(english.Subject, normal.Subject, urgent.Subject);
        (await ListAsync(new() { State = InquiryState.Closed })).Should().Equal(settled.Subject);
        (await ListAsync(new() { Assignee = InquiryFilter.Me })).Should().Equal(english.Subject);
        (await ListAsync(new() { Assignee = InquiryFilter.Nobody })).Should().Equal(normal.Subject, urgent.Subject);
        (await ListAsync(new() { Priority = InquiryPriority.Urgent })).Should().Equal(urgent.Subject);
        (await ListAsync(new() { Category = "billing", Product = "Core", Tag = "vip", Language = "ja" })).Should().Equal(normal.Subject);
        (await ListAsync(new() { Tag = "vi" })).Should().BeEmpty("a tag is a whole word");
        (await ListAsync(new() { AccountNo = 2 })).Should().Equal(english.Subject);
        (await ListAsync(new() { Text = "ﾛｸﾞｲﾝ" })).Should().Equal(urgent.Subject);
        (await ListAsync(new() { Text = "青葉" })).Should().Equal(normal.Subject, urgent.Subject);
        (await ListAsync(new() { Text = english.Ref.Key.FactId.ToLowerInvariant() })).Should().Equal(english.Subject);
        (await ListAsync(new() { OpenedFrom = new DateOnly(2026, 10, 6) })).Should().BeEmpty();
        (await ListAsync(new() { Overdue = true })).Should().BeEmpty();

        var page = await desk.List.PageAsync(desk.Sato, new(), InquirySort.Opened, false, 1, 1, Token);
        (page.Total, page.Rows.Single().Subject, page.IsMore).Should().Be((3, urgent.Subject, false));
        (await desk.List.ChoicesAsync(desk.Sato, Token)).Should().BeEquivalentTo(new InquiryChoices(["billing"], ["Core"], ["email"], ["sato@cs.example"], ["beta", "vip"]));

        // the urgent one was due within an hour
        desk.Clock.Advance(TimeSpan.FromHours(2));
        (await ListAsync(new() { Overdue = true })).Should().Equal(urgent.Subject);
        (await desk.List.CountsAsync(desk.Sato, Token)).Should().Be(new InquiryCounts(Mine: 1, MineOverdue: 0, Unassigned: 2, Team: 3, Overdue: 1, Escalated: 0, CallsMe: 0, Received: 0));
        (await desk.List.PageAsync(desk.Mori, new(), InquirySort.Due, false, 0, 50, Token)).Rows.Select(r => r.Subject).Should().Equal(english.Subject);

        var many = Desk.Held(await desk.Changes.AssignManyAsync(desk.Sato, [normal.Ref, english.Ref, urgent.Ref, new(1, new(9, "gone"))], "sato@cs.example", Token));
        many.Should().Be(new ManyChanged(2, 1, 1));
        (await desk.Changes.MoveManyAsync(desk.Sato, [normal.Ref, urgent.Ref], InquiryState.Resolved, Token)).Value.Should().Be(new ManyChanged(2, 0, 0));
        (await ListAsync(new())).Should().Equal(english.Subject);
    }
}
