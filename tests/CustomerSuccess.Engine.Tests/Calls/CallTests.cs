using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Calls;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Ingestion;
using CustomerSuccess.Engine.Tests.Inquiries;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Calls;

public sealed class CallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("03-1234-5678", "+81312345678", null)]
    [InlineData("０３－１２３４－５６７８", "+81312345678", null)] // full-width digits and hyphens
    [InlineData("03ー1234ー5678", "+81312345678", null)] // the long vowel, typed for a hyphen
    [InlineData("（03）1234-5678", "+81312345678", null)]
    [InlineData("+81 3 1234 5678", "+81312345678", null)]
    [InlineData("+81(0)3-1234-5678", "+81312345678", null)]
    [InlineData("＋８１３１２３４５６７８", "+81312345678", null)]
    [InlineData("010-81-3-1234-5678", "+81312345678", null)] // as dialled from Japan
    [InlineData("tel:+81-3-1234-5678", "+81312345678", null)]
    [InlineData("sip:0312345678@pbx.example", "+81312345678", null)]
    [InlineData("03-1234-5678 内線 123", "+81312345678", "123")]
    [InlineData("03-1234-5678（内線１２３）", "+81312345678", "123")]
    [InlineData("03-1234-5678 ext. 12", "+81312345678", "12")]
    [InlineData("090 1111 2222", "+819011112222", null)]
    [InlineData("0120-444-444", "+81120444444", null)]
    [InlineData("+1 (212) 555-0142", "+12125550142", null)]
    [InlineData("110", "+81110", null)]
    [InlineData("1", "1", null)] // too short for any plan: its digits
    [InlineData("anonymous", "", null)]
    [InlineData("非通知", "", null)]
    public void Numbers_are_one_key_however_they_are_written(string written, string key, string? extension)
    {
        var read = PhoneReader.Read(written, "JP");
        (read.Key, read.Extension).Should().Be((key, extension));
        PhoneReader.Read(read.Key, "JP").Key.Should().Be(key, "a key is its own key");
        PhoneReader.Key("  ", "JP").Should().BeNull();
    }

    [Fact]
    public void Any_text_is_read_without_an_error() => CsCheck.Check.Sample(CsCheck.Gen.String, text => PhoneReader.Read(text, "JP") is not null);

    [Theory]
    [DatabaseData]
    public async Task A_caller_is_found_whichever_way_the_number_came_into_the_store(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        (await desk.Callers.ByNumberAsync(desk.Sato, "+81-3-1234-5678", Token)).Only!.ContactName.Should().Be("佐々木 葵");
        (await desk.Callers.ByNumberAsync(desk.Sato, "0312345600", Token)).Only!.Should().BeEquivalentTo(new { AccountId = "A1", ContactNo = (int?)null }, o => o.ExcludingMissingMembers());
        var left = await desk.Callers.ByNumberAsync(desk.Sato, "09011112222", Token);
        (left.Only, left.Matches.Single().HasLeft).Should().Be((null, true));
        (await desk.Callers.ByNumberAsync(desk.Mori, "03-1234-5678", Token)).Matches.Should().BeEmpty("of other accounts nothing is told");
        (await desk.Callers.ByNumberAsync(desk.Sato, "非通知", Token)).Should().BeEquivalentTo(new CallerMatches("非通知", "", []));

        // an import brings another number, and a colleague behind the same one with an extension
        var import = new Staged(test) { ImportDay = new DateOnly(2026, 10, 5) };
        await import.ImportAsync("contacts", [("id", "P1"), ("account_id", "A1"), ("phone", "03-9999-0000 内線 1")], [("id", "P9"), ("account_id", "A1"), ("name", "新人"), ("phone", "03-9999-0000 内線 2")]);
        await import.ImportAsync("accounts", [("id", "A2"), ("account_id", "A2"), ("phone", "212-555-0199")]);
        (await desk.Callers.ByNumberAsync(desk.Sato, "03-1234-5678", Token)).Matches.Should().BeEmpty();
        var shared = await desk.Callers.ByNumberAsync(desk.Sato, "03-9999-0000", Token);
        (shared.Only, shared.Matches.Count).Should().Be((null, 2));
        (await desk.Callers.ByNumberAsync(desk.Sato, "03-9999-0000 内線2", Token)).Only!.ContactName.Should().Be("新人");

        // and somebody edits one
        await using (var context = test.Database.OpenContext())
        {
            (await context.Contacts.SingleAsync(c => c.ContactNo == 21, Token)).Phone = "+44 20 7946 0958";
            await context.SaveChangesAsync(Token);
        }

        (await desk.Callers.ByNumberAsync(desk.Sato, "00442079460958", Token)).Matches.Should().BeEmpty("00 leads nowhere from Japan");
        (await desk.Callers.ByNumberAsync(desk.Sato, "010 44 20 7946 0958", Token)).Only!.ContactNo.Should().Be(21);

        // an unknown number becomes somebody's
        var added = Desk.Held(await new NewContacts(desk.Acts, desk.Settings).AddAsync(desk.Sato, new(2, "Carla", null, "0453334444", null), Token));
        (await desk.Callers.ByNumberAsync(desk.Sato, "+81453334444", Token)).Only!.ContactNo.Should().Be(added.ContactNo);
    }

    [Theory]
    [DatabaseData]
    public async Task A_call_is_a_touch_and_settles_the_suggestion_that_it_carries_out(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await Desk.OpenAsync(test);
        await using (var context = test.Database.OpenContext())
        {
            context.ScoreRuns.Add(new ScoreRun { ScoreRunId = 1, AsOf = new(2026, 10, 1), StartedAt = Desk.Monday.AddDays(-1), FinishedAt = Desk.Monday.AddDays(-1) });
            context.Suggestions.Add(new Suggestion { ScoreRunId = 1, AccountNo = 1, Rank = 1, Play = "renewal_talk", Channel = "call", ReasonCode = "renewal_near", Minutes = 30 });
            await context.SaveChangesAsync(Token);
        }

        var draft = new CallDraft { AccountNo = 1, ContactNo = 11, Purpose = "契約更新の確認", Result = CallResult.NotReached, RetryOn = new(2026, 10, 7), Minutes = 2, Play = "renewal_talk" };
        (await desk.Calls.SaveAsync(desk.Sato, draft with { ContactNo = 21 }, Token)).Problems.Should().ContainKey("contact");
        (await desk.Calls.SaveAsync(desk.Guest, draft, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await desk.Calls.SaveAsync(desk.Mori, draft, Token)).Outcome.Should().Be(ActOutcome.NotFound);

        var missed = Desk.Held(await desk.Calls.SaveAsync(desk.Sato, draft, Token));
        missed.Play.Should().BeEquivalentTo(new { State = SuggestionState.Snoozed, Until = new DateOnly(2026, 10, 7) }, o => o.ExcludingMissingMembers());
        var done = Desk.Held(await desk.Calls.SaveAsync(desk.Sato, draft with { Result = CallResult.Reached, RetryOn = null, Minutes = 20, NextStep = "見積を送る", NextStepOn = new(2026, 10, 9), RecordingUrl = "https://pbx.example/1", IsInbound = true }, Token));
        done.Play!.State.Should().Be(SuggestionState.Done);
        (await desk.Callers.ContextAsync(desk.Sato, 1, 11, Token))!.Suggestions.Single().Action!.State.Should().Be(SuggestionState.Done);

        await using (var context = test.Database.OpenContext())
        {
            var touch = await context.Touches.SingleAsync(t => t.FactId == done.TouchId, Token);
            touch.Should().BeEquivalentTo(
                new { Kind = "call", Play = "renewal_talk", Outcome = "reached", Direction = "inbound", At = desk.Now.AddMinutes(-20), Minutes = 20.0, NextStep = "見積を送る", NextStepOn = new DateOnly(2026, 10, 9), RecordingUrl = "https://pbx.example/1", ContactNo = 11 },
                o => o.ExcludingMissingMembers());
            (await context.SuggestionActions.CountAsync(a => a.UndoneAt == null, Token)).Should().Be(1, "the earlier day to try again no longer stands");
        }

        Desk.Held(await desk.Calls.UndoAsync(desk.Sato, done, Token));
        (await desk.Calls.UndoAsync(desk.Sato, done, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        var after = (await desk.Callers.ContextAsync(desk.Sato, 1, 11, Token))!;
        after.Touches.Should().ContainSingle("the call that nobody answered stays");
        after.Suggestions.Single().Action.Should().BeNull();
    }
}
