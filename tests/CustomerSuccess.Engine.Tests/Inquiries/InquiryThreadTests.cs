using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Inquiries;

public sealed class InquiryThreadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task An_inquiry_is_answered_waits_comes_back_and_is_resolved(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var opened = await desk.AskAsync(contact: 11);
        (opened.State, opened.Language, opened.Version).Should().Be((InquiryState.New, "ja", 1));

        desk.Clock.Advance(TimeSpan.FromHours(1));
        var answered = Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, opened.Ref, opened.Version, new("ご不便をおかけしております。", null, InquiryState.Waiting), Token));
        (answered.State, answered.Assignee, answered.FirstResponseAt, answered.CustomerSpokeLast).Should().Be((InquiryState.Waiting, "sato@cs.example", desk.Now, false));

        desk.Clock.Advance(TimeSpan.FromHours(2));
        Desk.Held(await desk.Messages.NoteAsync(desk.Sato, opened.Ref, "障害票 123 を確認中 @tanaka@cs.example", Token));
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var heard = Desk.Held(await desk.Messages.HeardAsync(desk.Tanaka, opened.Ref, "まだ入れません。", "phone", Token));
        heard.State.Should().Be(InquiryState.Open);

        desk.Clock.Advance(TimeSpan.FromHours(1));
        var resolved = Desk.Held(await desk.Changes.MoveAsync(desk.Tanaka, opened.Ref, heard.Version, InquiryState.Resolved, Token));
        resolved.ClosedAt.Should().Be(desk.Now);

        var page = await desk.PageAsync(opened);
        page.Messages.Select(m => (m.Kind, m.Author)).Should().Equal((MessageKind.Customer, "佐々木 葵"), (MessageKind.Answer, "佐藤"), (MessageKind.Note, "佐藤"), (MessageKind.Customer, "佐々木 葵"));
        page.Messages[0].Body.Should().Be("今朝からログインできません。");
        page.Events.Select(e => e.Act).Should().Equal("opened", "answered", "noted", "heard", "moved");
        page.Events.Select(e => e.Version).Should().BeInAscendingOrder().And.EndWith(resolved.Version);
        page.Events[^1].Changes["state"].Should().Be(new FieldChange("open", "resolved"));
        (page.FirstResponse.State, page.Resolution.State).Should().Be((TargetState.Met, TargetState.Met));
        page.Account.OpenInquiries.Should().Be(0);

        // called in a note, until the page was opened
        (await desk.List.CountsAsync(desk.Tanaka, Token)).CallsMe.Should().Be(1);
        (await desk.List.PageAsync(desk.Tanaka, new() { CallsMe = true, Settled = true }, InquirySort.Opened, true, 0, 10, Token)).Rows.Should().ContainSingle();
        await desk.Messages.SeeAsync(desk.Tanaka, opened.Ref, Token);
        (await desk.List.CountsAsync(desk.Tanaka, Token)).CallsMe.Should().Be(0);

        // it is the fact that figures read, and whatever is derived from it knows
        await using var context = test.Database.OpenContext();
        var fact = await context.Inquiries.SingleAsync(Token);
        (fact.Status, fact.FirstResponseAt, fact.ClosedAt, fact.Assignee).Should().Be(("resolved", Desk.Monday.AddHours(1), desk.Now, "sato@cs.example"));
        (await context.AccountChanges.SingleAsync(Token)).EarliestDay.Should().Be(new DateOnly(2026, 10, 5));
    }

    [Theory]
    [DatabaseData]
    public async Task Who_writes_without_seeing_what_happened_meanwhile_is_told_so(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var opened = await desk.AskAsync();

        // both have it open; one answers first
        Desk.Held(await desk.Messages.AnswerAsync(desk.Tanaka, opened.Ref, opened.Version, new("田中です。", null, InquiryState.Open), Token));
        var late = await desk.Messages.AnswerAsync(desk.Sato, opened.Ref, opened.Version, new("佐藤です。", null, InquiryState.Waiting), Token);
        late.Outcome.Should().Be(ActOutcome.Conflict);
        late.Value!.Version.Should().BeGreaterThan(opened.Version);
        (await desk.PageAsync(opened)).Messages.Should().HaveCount(2, "the second answer was not sent in silence");

        // a note stands beside whatever happened
        Desk.Held(await desk.Messages.NoteAsync(desk.Sato, opened.Ref, "二重回答に注意", Token));
        (await desk.Changes.AssignAsync(desk.Sato, opened.Ref, opened.Version, "sato@cs.example", Token)).Outcome.Should().Be(ActOutcome.Conflict);

        // having seen it, it may be sent after all
        var now = (await desk.PageAsync(opened)).Inquiry;
        Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, opened.Ref, now.Version, new("補足です。", null, InquiryState.Waiting), Token));
        (await desk.PageAsync(opened)).Messages.Should().HaveCount(4);

        // of many at the same moment one comes first, and none is lost in silence
        var version = (await desk.PageAsync(opened)).Inquiry.Version;
        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(() => desk.Changes.RankAsync(desk.Sato, opened.Ref, version, i % 2 == 0 ? InquiryPriority.High : InquiryPriority.Urgent, Token), Token)));
        results.Count(r => r.Outcome == ActOutcome.Done).Should().Be(1);
        results.Count(r => r.Outcome == ActOutcome.Conflict).Should().Be(4);
    }

    [Theory]
    [DatabaseData]
    public async Task What_may_not_be_is_refused(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var opened = await desk.AskAsync();
        async Task RefusedAsync(Task<ActResult<DeskInquiry>> act, string field, string code) => (await act).Problems.Should().Equal(new Dictionary<string, string> { [field] = code });

        await RefusedAsync(desk.Messages.AnswerAsync(desk.Sato, opened.Ref, 1, new(" ", null, InquiryState.Open), Token), "body", "missing");
        await RefusedAsync(desk.Messages.AnswerAsync(desk.Sato, opened.Ref, 1, new("{{contact.name}} 様", null, InquiryState.Open), Token), "body", "unfilled_field");
        await RefusedAsync(desk.Messages.NoteAsync(desk.Sato, opened.Ref, new string('あ', InquiryMessage.Longest + 1), Token), "body", "too_long");
        await RefusedAsync(desk.Changes.AssignAsync(desk.Sato, opened.Ref, 1, "nobody@cs.example", Token), "assignee", "unknown");
        await RefusedAsync(desk.Changes.SetContactAsync(desk.Sato, opened.Ref, 1, 21, Token), "contact", "unknown");
        await RefusedAsync(desk.Opening.OpenAsync(desk.Sato, new NewInquiry { AccountNo = 1, ContactNo = 21, Subject = "x", Body = "y" }, Token), "contact", "unknown");
        (await desk.Messages.NoteAsync(desk.Guest, opened.Ref, "x", Token)).Outcome.Should().Be(ActOutcome.Forbidden);

        // whoever sees other accounts only neither reads it nor learns that it is there
        (await desk.Query.FindAsync(desk.Mori, opened.Ref.Key, Token)).Should().BeNull();
        (await desk.Messages.NoteAsync(desk.Mori, opened.Ref, "x", Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await desk.Changes.MoveManyAsync(desk.Mori, [opened.Ref], InquiryState.Closed, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await desk.List.PageAsync(desk.Mori, new(), InquirySort.Due, false, 0, 10, Token)).Total.Should().Be(0);
        (await desk.List.CountsAsync(desk.Mori, Token)).Team.Should().Be(0);
        (await new SimilarInquiries(test.Database, desk.Clock).FindAsync(desk.Mori, "ログイン", null, 5, Token)).Should().BeEmpty();
        (await desk.PageAsync(opened)).Inquiry.Version.Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task A_duplicate_is_laid_into_the_other_and_taken_back_exactly(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var first = await desk.AskAsync();
        desk.Clock.Advance(TimeSpan.FromMinutes(10));
        var second = await desk.AskAsync("再送：ログインできない", "届いていますか。");

        (await desk.Merging.MergeAsync(desk.Sato, second.Ref, second.Version, second.Ref.Key, Token)).Outcome.Should().Be(ActOutcome.Invalid);
        var merged = Desk.Held(await desk.Merging.MergeAsync(desk.Sato, second.Ref, second.Version, first.Ref.Key, Token));
        (merged.State, merged.MergedInto).Should().Be((InquiryState.Closed, first.Ref.Key.ToString()));
        var page = await desk.PageAsync(first);
        page.Messages.Select(m => (m.Body, m.FromMerged)).Should().Equal(("今朝からログインできません。", null), ("届いていますか。", second.Ref.Key));
        page.Merged.Should().Equal(second.Ref.Key);

        var parted = Desk.Held(await desk.Merging.UndoAsync(desk.Sato, second.Ref, merged.Version, Token));
        (parted.State, parted.MergedInto, parted.ReopenedCount, parted.ClosedAt).Should().Be((InquiryState.Open, null, 0, null));
        (await desk.PageAsync(first)).Messages.Should().ContainSingle();
    }

    [Theory]
    [DatabaseData]
    public async Task Resolved_inquiries_about_the_same_matter_are_found_with_their_answer(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        var similar = new SimilarInquiries(test.Database, desk.Clock);
        var old = await desk.AskAsync();
        await desk.AskAsync("請求書の再発行", "先月分をお願いします。");
        const string Again = "全員がログインできません";
        (await similar.FindAsync(desk.Sato, Again, null, 5, Token)).Should().BeEmpty("nothing is resolved yet");

        Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, old.Ref, old.Version, new("再起動で解消しました。", null, InquiryState.Resolved), Token));
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        var found = (await similar.FindAsync(desk.Sato, Again, null, 5, Token)).Should().ContainSingle().Subject;
        (found.Ref, found.Answer, found.AccountName).Should().Be((old.Ref, "再起動で解消しました。", "株式会社青葉商事"));
        (await similar.FindAsync(desk.Sato, Again, old.Ref, 5, Token)).Should().BeEmpty("an inquiry does not resemble itself");
    }
}
