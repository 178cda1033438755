using AngleSharp.Dom;
using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Web.Pages.Inquiries;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Inquiries;

/// <summary>The desk's list and its thread.</summary>
public sealed class InquiryPagesTests : PageTests
{
    private static readonly Viewer Tanaka = new("u2", "tanaka@example.com", new HashSet<string> { Roles.CsManager }, false);

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_thread_is_shown_as_text_and_an_answer_moves_the_inquiry_on()
    {
        var inquiry = await AskAsync("<b>お願い</b>します。 https://example.com/a。\n2行目", contact: 7);
        var page = Open(inquiry);
        page.Find("[data-message=Customer] .message-body").TextContent.Should().Be("<b>お願い</b>します。 https://example.com/a。\n2行目");
        page.Find("[data-message=Customer] .message-body a").GetAttribute("rel").Should().Contain("noopener").And.Contain("noreferrer");
        page.Find("[data-card=account]").TextContent.Should().Contain("株式会社青葉").And.Contain("佐々木 葵").And.Contain("31.0%").And.Contain("¥100,000");
        page.Find("[data-card=earlier] [data-earlier]").TextContent.Should().Contain("請求書の再発行");

        await page.OnAsync("#composer-body", found => found.ChangeAsync(new ChangeEventArgs { Value = "ただいま確認しております。" }));
        await page.OnAsync("[data-composer=Answer] form", found => found.SubmitAsync());
        page.WaitForAssertion(() => page.Find("[data-message=Answer] .message-body").TextContent.Should().Be("ただいま確認しております。"));
        page.Find("[data-act=state]").TextContent.Should().Contain("Waiting for customer");
        page.Find("#composer-body").GetAttribute("value").Should().BeNullOrEmpty("what was sent is no draft any more");
        page.Find("[data-target=Met]").Should().NotBeNull();
        page.FindAll("[data-event]").Should().Contain(line => line.TextContent.Contains("assigned to", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_answers_late_is_told_what_happened_and_loses_nothing()
    {
        var inquiry = await AskAsync("お願いします。");
        var page = Open(inquiry);
        await page.OnAsync("#composer-body", found => found.ChangeAsync(new ChangeEventArgs { Value = "佐藤の回答" }));

        // the page does not hear of it: it was lost on the way
        var messages = Services.GetRequiredService<InquiryMessages>();
        await messages.AnswerAsync(Tanaka, inquiry.Ref, inquiry.Version, new("田中の回答", null, InquiryState.Waiting), Token);
        await page.OnAsync("[data-composer=Answer] form", found => found.SubmitAsync());
        page.WaitForAssertion(() => page.Find("[data-meanwhile]").TextContent.Should().Contain("was not recorded").And.Contain("tanaka@example.com answered the customer"));
        page.FindAll("[data-message=Answer]").Should().ContainSingle().Which.TextContent.Should().Contain("田中の回答");
        page.FindComponents<TextField>().Single(field => field.Instance.Id == "composer-body").Instance.Value.Should().Be("佐藤の回答");

        // having seen it, it is sent after all
        await page.OnAsync("[data-act=seen]", found => found.ClickAsync(new MouseEventArgs()));
        page.FindAll("[data-meanwhile]").Should().BeEmpty();
        await page.OnAsync("[data-composer=Answer] form", found => found.SubmitAsync());
        page.WaitForAssertion(() => page.FindAll("[data-message=Answer]").Should().HaveCount(2));
    }

    [Fact]
    public async Task Details_that_two_people_change_end_in_a_clear_choice()
    {
        var inquiry = await AskAsync("お願いします。");
        var page = Open(inquiry);
        await page.OnAsync("[data-card=description] [data-act=edit]", found => found.ClickAsync(new MouseEventArgs()));
        await page.OnAsync("[data-card=description] input[name=category]", found => found.ChangeAsync(new ChangeEventArgs { Value = "bug" }));
        await Services.GetRequiredService<InquiryChanges>().DescribeAsync(Tanaka, inquiry.Ref, inquiry.Version, new("billing", null, ["vip"], "ja"), Token);
        await page.OnAsync("[data-card=description] form", found => found.SubmitAsync());
        page.WaitForAssertion(() => page.Find("[data-conflict-field=category]").TextContent.Should().Contain("billing").And.Contain("bug"));

        await page.OnAsync("[data-act=save-choice]", found => found.ClickAsync(new MouseEventArgs()));
        page.WaitForAssertion(() => page.Find("[data-card=description]").TextContent.Should().Contain("bug").And.NotContain("billing"));
    }

    [Fact]
    public async Task Others_who_have_it_open_are_seen_and_so_is_that_they_write()
    {
        var inquiry = await AskAsync("お願いします。");
        var page = Open(inquiry);
        var board = Services.GetRequiredService<PresenceBoard>();
        var at = new PresenceAt(1, Core.Journal.JournalAreas.Inquiry, inquiry.Ref.Key.ToString());
        await board.SeeAsync(Tanaka, at, "elsewhere", "田中", isTyping: true, Token);
        page.WaitForAssertion(() => page.Find("[data-presence='1'] [data-typing]").TextContent.Should().Contain("田中 is writing"));
        await board.LeaveAsync(at, "elsewhere", Token);
        page.WaitForAssertion(() => page.Find("[data-presence='0']"));
        (await board.OthersAsync(Tanaka, at, Token)).Should().ContainSingle().Which.ByUser.Should().Be("u1");
    }

    [Fact]
    public async Task A_canned_answer_is_previewed_with_its_problems_and_put_into_the_answer()
    {
        var inquiry = await AskAsync("お願いします。", contact: 7);
        await Services.GetRequiredService<CannedAnswers>().SaveAsync(Tanaka, new(null, 0, "受付", null, null, "{{contact.name}} 様 {{company.name}} {{inquiry.id}}", false), Token);
        var page = Open(inquiry);
        await page.OnAsync("[data-act=answers]", found => found.ClickAsync(new MouseEventArgs()));
        page.Find(".answers-text").TextContent.Should().Be($"佐々木 葵 様 {{{{company.name}}}} {inquiry.Ref.Key.FactId}");
        page.Find("[data-problem='company.name']").TextContent.Should().Contain("has no value");
        await page.OnAsync("[data-answer='受付']", found => found.ClickAsync(new MouseEventArgs()));
        page.WaitForAssertion(() => page.FindComponents<TextField>().Single(field => field.Instance.Id == "composer-body").Instance.Value.Should().StartWith("佐々木 葵 様"));
        await page.OnAsync("[data-composer=Answer] form", found => found.SubmitAsync());
        page.WaitForAssertion(() => page.Find("[data-field=body] [role=alert]").TextContent.Should().Contain("double braces"));
    }

    [Fact]
    public async Task A_reader_without_the_right_sees_everything_and_changes_nothing()
    {
        var inquiry = await AskAsync("お願いします。", role: Roles.ReadOnly);
        var page = Open(inquiry);
        page.FindAll("[data-composer], [data-act=state], [data-act=edit], [data-act=ask-satisfaction]").Should().BeEmpty();
        page.Find("[data-message=Customer]").Should().NotBeNull();
    }

    [Fact]
    public async Task An_unknown_inquiry_says_so()
    {
        await OpenAsync(seed: "");
        var page = Show<InquiryDetailPage>("/inquiries/9:nothing", p => p.Add(x => x.Id, "9:nothing"));
        page.WaitForAssertion(() => page.Find("[data-state=NothingFound]"));
    }

    [Fact]
    public async Task The_list_says_what_waits_and_keeps_its_view_in_the_address()
    {
        var inquiry = await AskAsync("お願いします。");
        await Services.GetRequiredService<InquiryChanges>().AssignAsync(Tanaka, inquiry.Ref, inquiry.Version, null, Token);
        var page = Show<InquiryListPage>("/inquiries?view=unassigned");
        page.WaitForAssertion(() => page.FindAll("tr[data-key]").Should().HaveCount(2));
        page.Find("[data-tab=Unassigned]").GetAttribute("aria-current").Should().Be("page");
        page.Find(".page-answer").TextContent.Should().Contain("None are yours; 2 have no assignee");
        await page.OnAsync("select[data-filter=priority]", found => found.ChangeAsync(new ChangeEventArgs { Value = "urgent" }));
        Services.GetRequiredService<NavigationManager>().Uri.Should().EndWith("/inquiries?priority=urgent&view=unassigned");

        InquiryListView.Parse("?view=overdue&status=open&q=x&tag=vip&since=30&sort=changed&dir=desc&account=5").ToAddress()
            .Should().Be("/inquiries?account=5&dir=desc&q=x&since=30&sort=changed&status=open&tag=vip&view=overdue");
        InquiryListView.Parse("?view=nonsense&status=7&since=-1&account=x").ToAddress().Should().Be("/inquiries");
    }

    private IRenderedComponent<InquiryDetailPage> Open(DeskInquiry inquiry)
    {
        var page = Show<InquiryDetailPage>(InquiryAddress.Of(inquiry.Ref.Key), p => p.Add(x => x.Id, inquiry.Ref.Key.ToString()));
        page.WaitForAssertion(() => page.Find("[data-message]"));
        return page;
    }

    /// <summary>A company with an inquiry, and an earlier one of the same person.</summary>
    private async Task<DeskInquiry> AskAsync(string body, int? contact = null, string role = Roles.Csm)
    {
        await OpenAsync(seed: "", role);
        await using (var context = OpenContext())
        {
            context.Contacts.Add(new Contact { AccountNo = 1, ContactNo = 7, ContactId = "P7", SourceId = 1, Name = "佐々木 葵", NameSort = "p", Email = "aoi@aoba.example" });
            context.Users.Add(new User { Id = "u2", UserName = Tanaka.Email, Email = Tanaka.Email, NormalizedEmail = Tanaka.Email!.ToUpperInvariant() });
            context.Users.Add(new User { Id = "u1", UserName = "sato@example.com", Email = "sato@example.com", NormalizedEmail = "SATO@EXAMPLE.COM", DisplayName = "佐藤" });
            await context.SaveChangesAsync(Token);
        }

        var opening = Services.GetRequiredService<OpenInquiries>();
        await opening.OpenAsync(Tanaka, new NewInquiry { AccountNo = 1, ContactNo = contact, Subject = "請求書の再発行", Body = "先月分です。" }, Token);
        var opened = await opening.OpenAsync(Tanaka, new NewInquiry { AccountNo = 1, ContactNo = contact, Subject = "ログインできない", Body = body, Channel = "email" }, Token);
        return opened.Value!;
    }
}
