using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Notices;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Notices;

public sealed class NotificationPagesTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notices_are_listed_filtered_read_and_lead_to_their_records()
    {
        await OpenAsync(seed: "");
        await TellAsync(NoticeKinds.RiskRose, "r1", JournalAreas.Account, 1);
        await TellAsync(NoticeKinds.Mention, "m1", JournalAreas.Note, 2);
        var page = Show<NotificationsPage>("/notifications");
        page.WaitForAssertion(() => page.FindAll("tr[data-index]").Should().HaveCount(2));
        page.Markup.Should().Contain("Boss mentioned you at Blue Harbor &lt;b&gt;Insurance&lt;/b&gt;: look");
        page.Markup.Should().Contain("The churn risk of 株式会社青葉 rose from 10% to 30%");

        var link = page.Find("tr[data-index='0'] .row-link").GetAttribute("href")!;
        var opened = Show<OpenNotificationPage>(link, p => p.Add(own => own.NoticeId, link.Split('/')[^1]));
        var navigation = Services.GetRequiredService<NavigationManager>();
        opened.WaitForAssertion(() => navigation.Uri.Should().Contain("/accounts/A2").And.Contain("tab=timeline"));
        var unread = Show<NotificationsPage>("/notifications?unread=1");
        unread.WaitForAssertion(() => unread.FindAll("tr[data-index]").Should().ContainSingle());
        unread.On("[data-act=read-all]", found => found.Click());
        unread.WaitForAssertion(() => unread.FindAll("tr[data-index]").Should().BeEmpty());

        var gone = Show<OpenNotificationPage>("/notifications/open/nothing", p => p.Add(own => own.NoticeId, "nothing"));
        gone.WaitForAssertion(() => gone.Find("[data-state=Empty]"));
    }

    [Fact]
    public async Task The_bell_folds_what_came_together()
    {
        await OpenAsync(seed: "");
        for (var i = 0; i < 12; i++)
        {
            await TellAsync(NoticeKinds.RiskRose, $"r{i}", JournalAreas.Account, 1);
        }

        await TellAsync(NoticeKinds.Mention, "m1", JournalAreas.Note, 2);
        var marked = 0;
        var bell = Render<NoticeBell>(p => p.Add(own => own.Count, 13).Add(own => own.Viewer, CompanyDatabase.Csm).Add(own => own.Marked, () => marked++));
        bell.Find(".bell-count").TextContent.Should().Be("13");
        bell.On("[data-act=bell]", found => found.Click());
        bell.WaitForAssertion(() => bell.FindAll("[data-notice-kind]").Should().HaveCount(2));
        bell.Find("[data-notice-kind=risk_rose] a").TextContent.Should().Be("The churn risk of 12 high-value accounts rose");
        bell.Find("[data-notice-kind=risk_rose] a").GetAttribute("href").Should().Be("/notifications?kind=risk_rose");
        bell.On("[data-notice-kind=risk_rose] [data-act=bell-read]", found => found.Click());
        bell.WaitForAssertion(() => marked.Should().Be(1));
        (await Services.GetRequiredService<NoticeInbox>().CountUnreadAsync(CompanyDatabase.Csm, Token)).Should().Be(1);
    }

    [Fact]
    public async Task Each_decides_for_himself_and_administrators_for_everybody()
    {
        await OpenAsync(seed: "");
        var page = Show<NotificationSettingsPage>("/notifications/settings");
        page.WaitForAssertion(() => page.FindAll("select[data-wish-mail=reply]").Should().HaveCount(2, "the own wish and the company's default"));
        page.On("select[data-wish-mail=reply]", found => found.Change("Off"));
        page.WaitForAssertion(() => page.FindAll("select[data-wish-mail=reply] option[selected]").Select(option => option.GetAttribute("value")).Should().Equal("Off", "Immediate"));
        page.On("select[data-wish-mail=mention]", found => found.Change("Digest"), at: 1);
        page.WaitForAssertion(() => page.FindAll("select[data-wish-mail=mention] option[selected]").Select(option => option.GetAttribute("value")).Should().Equal("Digest", "Digest"));
        page.On("select[name=hour]", found => found.Change("18"));
        page.On("form[data-draft]", found => found.Submit());
        await using var context = OpenContext();
        page.WaitForAssertion(() => context.NoticeReaders.AsNoTracking().Single().DigestHour.Should().Be(18));
    }

    [Fact]
    public async Task A_csm_sees_no_defaults_and_no_kinds_of_operations()
    {
        await OpenAsync(seed: "", role: Roles.Csm);
        var page = Show<NotificationSettingsPage>("/notifications/settings");
        page.WaitForAssertion(() => page.FindAll("select[data-wish-mail=reply]").Should().ContainSingle());
        page.FindAll("select[data-wish-mail=import_failed]").Should().BeEmpty();
    }

    private async Task TellAsync(string kind, string key, string area, int accountNo)
    {
        await using var context = OpenContext();
        context.Notices.Add(new Notice
        {
            AccountNo = accountNo,
            NoticeId = Guid.CreateVersion7().ToString(),
            ToUser = "u1",
            Kind = kind,
            EventKey = key,
            Area = area,
            RecordId = "x",
            ArgsJson = accountNo == 1 ? """{"account":"株式会社青葉","before":"10%","now":"30%"}""" : """{"account":"Blue Harbor <b>Insurance</b>","by":"Boss","excerpt":"look"}""",
            At = AsOf.ToDateTime(new TimeOnly(3, 0), DateTimeKind.Utc),
            IsShown = true,
        });
        await context.SaveChangesAsync(Token);
    }
}
