using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Web.Api;
using CustomerSuccess.Web.Pages.Accounts;
using CustomerSuccess.Web.Pages.Playbooks;
using CustomerSuccess.Web.Pages.Sequences;
using CustomerSuccess.Web.Shared.Sequences;
using CustomerSuccess.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Sequences;

public sealed class SequencePagesTests : PageTests
{
    private static readonly Play Stepped = PlayCatalogue.Find("check_in")! with
    {
        Sequence = new()
        {
            Steps =
            [
                new() { Channel = Channels.Letter, SubjectEn = "Thank you", BodyEn = "Dear {{contact.name}}, thank you.", SubjectJa = "お礼", BodyJa = "{{contact.name}}様　ありがとうございます。" },
                new() { Channel = Channels.Email, Delay = 3, SubjectEn = "How is it going?", BodyEn = "Hello {{contact.name}}", SendsItself = true },
            ],
        },
    };

    [Fact]
    public async Task A_manager_writes_steps_moves_them_and_is_told_what_is_wrong_with_one()
    {
        await OpenAsync("");
        var page = Show<PlayPage>("/plays/check_in", parameters => parameters.Add(own => own.Key, "check_in"));
        page.On("[data-act=add-step]", found => found.Click());
        page.WaitForElement("[data-step-no='1']");
        page.On("[data-act=add-step]", found => found.Click());
        page.WaitForElement("[data-step-no='2']");
        page.On("select[name=step1_channel]", found => found.Change(Channels.Call));
        page.On("form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-step-no='1']").TextContent.Should().Contain("This is needed.", "the first has no words"));
        page.On("[data-step-no='2'] [data-act=step-up]", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-step-no='1'] select[name=step0_channel] option[selected]").GetAttribute("value").Should().Be(Channels.Call));
        page.On("input[name=step1_subject_en]", found => found.Change("Hello"));
        page.On("textarea[name=step1_body_en]", found => found.Change("How are you?"));
        page.On("form", found => found.Submit());
        page.WaitForElement("[data-part=enrolments]");
        await using var context = OpenContext();
        var kept = PlayText.Read((await context.StoredPlays.SingleAsync(play => play.PlayKey == "check_in", Token)).PlayJson);
        kept.Sequence!.Steps.Select(step => (step.Channel, step.SubjectEn)).Should().Equal((Channels.Call, null), (Channels.Email, "Hello"));
    }

    [Fact]
    public async Task A_sequence_is_started_with_a_preview_shown_with_its_next_step_and_stopped_with_a_reason()
    {
        await SteppedAsync();
        var changed = 0;
        var start = Show<StartSequence>("/queue", parameters => parameters.Add(own => own.AccountNo, 3).Add(own => own.AccountName, "Cedar & Finch").Add(own => own.Play, "check_in").Add(own => own.Changed, () => changed++));
        start.On("[data-act=start-sequence]", found => found.Click());
        start.WaitForAssertion(() => start.FindAll("[data-step]").Should().HaveCount(2));
        start.Find("[data-step='1']").TextContent.Should().Contain("Dear Kim, thank you.");
        start.On("[data-act=start-submit]", found => found.Click());
        start.WaitForAssertion(() => changed.Should().Be(1));
        await Services.GetRequiredService<RunSequences>().RunAsync(Token);

        var open = new OpenAccount(3, "A3", "", "Cedar & Finch", new(), AsOf.AddDays(1), CompanyDatabase.Csm);
        var part = Show<SequencePart>("/accounts/A3", parameters => parameters.Add(own => own.Account, open));
        part.WaitForAssertion(() => part.Find("[data-sequence=check_in]").TextContent.Should().Contain("Step 1 of 2: the letter waits to be posted").And.Contain("To Kim"));
        part.On("[data-act=stop-sequence]", found => found.Click());
        part.On("form", found => found.Submit());
        part.WaitForAssertion(() => part.Find("[data-stop-sequence] [role=alert], [data-stop-sequence] .field-error").TextContent.Should().NotBeEmpty("a reason is needed"));
        part.On("input[name=stop_reason]", found => found.Input("Asked to"));
        part.On("form", found => found.Submit());
        part.WaitForAssertion(() => part.Find("[data-sequence-state=left]").TextContent.Should().Contain("stopped by hand").And.Contain("Asked to"));
    }

    [Fact]
    public async Task Letters_are_listed_with_their_addressee_and_marked_as_posted_in_one_act()
    {
        await SteppedAsync();
        (await Services.GetRequiredService<SequenceActs>().StartAsync(CompanyDatabase.Csm, 3, "check_in", cancellation: Token)).Holds.Should().BeTrue();
        await Services.GetRequiredService<RunSequences>().RunAsync(Token);
        var page = Show<LettersPage>("/plays/letters");
        page.WaitForAssertion(() => page.Markup.Should().Contain("1-2-3 Sakura").And.Contain("Dear Kim,"));
        var letters = await Services.GetRequiredService<SequenceQuery>().LettersAsync(CompanyDatabase.Csm, Token);
        (await CsvText.OfAsync(table => LetterFiles.WriteAsync(table, letters, Token))).Should().Contain("A3,Cedar & Finch,,,Kim,\"Dear Kim,\",1-2-3 Sakura,Thank you,\"Dear Kim, thank you.\",");
        page.On("[data-act=post-letters]", found => found.Click());
        page.WaitForAssertion(() => page.Markup.Should().Contain("No letter waits to be posted"));
        await using var context = OpenContext();
        (await context.Touches.SingleAsync(Token)).Kind.Should().Be(Channels.Letter);
    }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private async Task SteppedAsync()
    {
        await OpenAsync("", Roles.Administrator);
        await using (var context = OpenContext())
        {
            (await context.Accounts.SingleAsync(account => account.AccountNo == 3, Token)).Address = "1-2-3 Sakura";
            context.Contacts.Add(new Contact { AccountNo = 3, ContactNo = 31, ContactId = "K", Name = "Kim", NameSort = "kim", Email = "kim@cedar.example", Language = "en", ImportFileId = 0 });
            await context.SaveChangesAsync(Token);
        }

        var manager = new Viewer("u9", "boss@example.com", new HashSet<string> { Roles.CsManager }, false);
        (await Services.GetRequiredService<PlayEdits>().SaveAsync(manager, Stepped, 0, Token)).Outcome.Should().Be(Core.Journal.ActOutcome.Done);
    }
}
