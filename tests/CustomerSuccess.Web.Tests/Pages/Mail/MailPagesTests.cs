using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Pages.Mail;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Mail;

public sealed class MailPagesTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_suggestion_becomes_a_draft_is_sent_and_is_done_and_open_again_when_taken_back()
    {
        await OpenAsync(seed: "");
        await PeopleAsync();
        var page = Show<NewMailPage>("/mail/new?account=1&play=usage_recovery");
        page.WaitForAssertion(() => page.Find("[data-preview=mail] iframe"));
        page.Find("textarea[name=body]").GetAttribute("value").Should().StartWith("株式会社青葉").And.Contain("伊藤　様").And.NotContain("{{", "what is known is filled in, in the customer's language");
        page.Find("[data-preview=mail] .notice").TextContent.Should().Contain("Subject or text is empty");
        page.On("input[name=subject]", found => found.Change("ご利用状況について"));
        page.WaitForAssertion(() => page.FindAll("[data-preview=mail] .notice-warning").Should().BeEmpty());
        page.Find("[data-preview=mail] iframe").GetAttribute("srcdoc").Should().Contain("伊藤");
        page.On("form[data-draft]", found => found.Submit());
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => navigation.Uri.Should().Contain("/mail/1/"));
        await using var context = OpenContext();
        var mail = await context.MailMessages.AsNoTracking().SingleAsync(Token);
        (mail.Status, mail.Origin, mail.OriginId, mail.RecordsTouch).Should().Be((MailStatus.Queued, MailOrigin.Play, "usage_recovery", true));
        (await context.SuggestionActions.AsNoTracking().SingleAsync(Token)).Should().Match<Core.Playbooks.SuggestionAction>(action => action.Play == "usage_recovery" && action.TouchId == mail.MailId && action.UndoneAt == null);

        var sent = Show<MailPage>(new Uri(navigation.Uri).AbsolutePath, p => p.Add(own => own.AccountNo, 1).Add(own => own.MailId, mail.MailId));
        sent.WaitForAssertion(() => sent.Find("[data-act=cancel]"));
        sent.On("[data-act=cancel]", found => found.Click());
        sent.WaitForAssertion(() => sent.Find("[data-act=again]"));
        (await context.SuggestionActions.AsNoTracking().SingleAsync(Token)).UndoneAt.Should().NotBeNull("nothing was sent");
    }

    [Fact]
    public async Task A_draft_is_kept_changed_held_back_with_its_reason_and_discarded()
    {
        await OpenAsync(seed: "");
        await PeopleAsync();
        var page = Show<NewMailPage>("/mail/new?account=1&contact=2");
        page.WaitForAssertion(() => page.Find("textarea[name=body]"));
        page.On("input[name=subject]", found => found.Change("Hello"));
        page.On("textarea[name=body]", found => found.Change("How are **you**? <script>alert(1)</script>"));
        page.WaitForAssertion(() => page.Find("[data-preview=mail] .notice-warning").TextContent.Should().Contain("has opted out"));
        page.Find("[data-preview=mail] iframe").GetAttribute("srcdoc").Should().NotContain("<script>");
        page.On("[data-act=save-draft]", found => found.Click());
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => navigation.Uri.Should().Contain("/mail/1/"));
        var id = new Uri(navigation.Uri).Segments[^1];

        var draft = Show<MailPage>($"/mail/1/{id}", p => p.Add(own => own.AccountNo, 1).Add(own => own.MailId, id));
        draft.WaitForAssertion(() => draft.Find("textarea[name=body]").GetAttribute("value").Should().Contain("How are"));
        draft.On("input[name=subject]", found => found.Change("Hello again"));
        draft.On("form[data-draft]", found => found.Submit());
        await using var context = OpenContext();
        draft.WaitForAssertion(() => context.MailMessages.AsNoTracking().Single().Should().Match<MailMessage>(mail => mail.Status == MailStatus.Held && mail.Reasons == "opted_out" && mail.Subject == "Hello again"));

        var list = Show<OutboxPage>("/mail?state=held");
        list.WaitForAssertion(() => list.Find("tr[data-index='0']").TextContent.Should().Contain("Hello again").And.Contain("The contact has opted out").And.Contain("株式会社青葉"));
        list = Show<OutboxPage>("/mail?q=again");
        list.WaitForAssertion(() => list.FindAll("tr[data-index]").Should().ContainSingle());
        list = Show<OutboxPage>("/mail?state=sent");
        list.WaitForAssertion(() => list.FindAll("tr[data-index]").Should().BeEmpty());

        draft.WaitForAssertion(() => draft.Find("[data-act=discard]"));
        draft.On("[data-act=discard]", found => found.Click());
        draft.WaitForAssertion(() => context.MailMessages.AsNoTracking().Single().Status.Should().Be(MailStatus.Cancelled));
    }

    [Fact]
    public async Task What_a_colleague_changed_is_not_overwritten()
    {
        await OpenAsync(seed: "");
        await PeopleAsync();
        var mailbox = Services.GetRequiredService<Engine.Mail.Mailbox>();
        var mail = (await mailbox.DraftAsync(CompanyDatabase.Csm, new NewMail { AccountNo = 1, ContactNo = 1, Subject = "a", Body = "b" }, Token)).Value!;
        var page = Show<MailPage>($"/mail/1/{mail.MailId}", p => p.Add(own => own.AccountNo, 1).Add(own => own.MailId, mail.MailId));
        page.WaitForAssertion(() => page.Find("[data-act=save-draft]"));
        await mailbox.EditAsync(CompanyDatabase.Csm, 1, mail.MailId, mail.Version, new MailEdit { Subject = "theirs" }, Token);
        page.On("[data-act=save-draft]", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-act=reload]"));
        page.On("[data-act=reload]", found => found.Click());
        page.WaitForAssertion(() => page.Find("h1").TextContent.Should().Be("theirs"));
    }

    [Fact]
    public async Task Who_only_reads_sees_messages_and_writes_none()
    {
        await OpenAsync(seed: "", role: Roles.ReadOnly);
        await PeopleAsync();
        var list = Show<OutboxPage>("/mail");
        list.WaitForAssertion(() => list.Find("[data-state=Empty]"));
        list.FindAll("[data-act=write]").Should().BeEmpty();
        var unknown = Show<MailPage>("/mail/1/x", p => p.Add(own => own.AccountNo, 1).Add(own => own.MailId, "x"));
        unknown.WaitForAssertion(() => unknown.Find("[data-state=NothingFound]"));
    }

    private async Task PeopleAsync()
    {
        var settings = Services.GetRequiredService<SettingsStore>();
        foreach (var (key, value) in new[] { ("mail.from_address", "cs@company.example"), ("contact.quiet_from", "00:00"), ("contact.quiet_to", "00:00"), ("contact.skip_weekends", "false"), ("contact.skip_holidays", "false") })
        {
            (await settings.SetAsync(Viewer.System, key, value, Token)).Should().BeTrue(key);
        }

        await using var context = OpenContext();
        context.Contacts.Add(new Contact { AccountNo = 1, ContactNo = 1, ContactId = "P1", Name = "伊藤", NameSort = "1", Email = "ito@aoba.example", Language = "ja" });
        context.Contacts.Add(new Contact { AccountNo = 1, ContactNo = 2, ContactId = "P2", Name = "Opted Out", NameSort = "2", Email = "no@aoba.example", OptOutEmail = true });
        await context.SaveChangesAsync(Token);
    }
}
