using Bunit;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Web.Pages.Gateways;
using CustomerSuccess.Web.Pages.Mail;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Mail;

public sealed class GatewayPagesTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_describes_a_gateway_whose_mistakes_stand_at_the_field_and_whose_secret_is_gone()
    {
        await OpenAsync(seed: null);
        var page = Show<GatewaysPage>("/gateways");
        page.WaitForAssertion(() => page.Find("[data-act=new-gateway]"));
        page.On("[data-act=new-gateway]", found => found.Click());
        page.On("input[name=name]", found => found.Change("Provider"));
        page.On("input[name=url]", found => found.Change("http://sms.example/send"));
        page.On("textarea[name=headers]", found => found.Change("Authorization: Bearer {secret}\nX-To: {to}"));
        page.On("input[name=secret]", found => found.Change("tok-123"));
        page.On("form[data-draft]", found => found.Submit());
        page.WaitForAssertion(() => page.FindAll(".field-error").Select(error => error.TextContent).Should().Contain(error => error.Contains("Only https")).And.Contain(error => error.Contains("{to}")));
        page.On("input[name=url]", found => found.Change("https://sms.example/send"));
        page.On("textarea[name=headers]", found => found.Change("Authorization: Bearer {secret}"));
        page.On("input[name=is_on]", found => found.Change(true));
        page.On("form[data-draft]", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-gateway=Provider]"));
        page.Markup.Should().NotContain("tok-123");
        page.On("[data-act=edit-gateway]", found => found.Click());
        page.Find("input[name=secret]").GetAttribute("value").Should().BeNullOrEmpty();
        await using var context = OpenContext();
        (await context.Gateways.SingleAsync(Token)).Should().Match<Gateway>(gateway => gateway.IsOn && gateway.Secret.Length > 20 && !gateway.Secret.Contains("tok-123"));
    }

    [Fact]
    public async Task A_short_message_is_counted_previewed_and_sent_to_whom_it_reaches()
    {
        await OpenAsync(seed: "");
        await using (var context = OpenContext())
        {
            var gateway = GatewayDefaults.Of(GatewayKind.Sms);
            (gateway.GatewayId, gateway.Name, gateway.Url, gateway.IsOn) = ("g", "Provider", "https://sms.example/send", true);
            context.Gateways.Add(gateway);
            context.Contacts.AddRange(
                new Contact { AccountNo = 1, ContactNo = 1, ContactId = "P1", Name = "伊藤", NameSort = "a", Phone = "03-1234-5678", Email = "ito@aoba.example" },
                new Contact { AccountNo = 1, ContactNo = 2, ContactId = "P2", Name = "加藤", NameSort = "b", Phone = "090-1234-5678", Email = "kato@aoba.example" });
            await context.SaveChangesAsync(Token);
        }

        var page = Show<NewMailPage>("/mail/new?account=1&play=usage_recovery&channel=sms");
        page.WaitForAssertion(() => page.Find("[data-text-preview]"));
        page.Find("select[name=contact] option[selected]").TextContent.Should().Contain("加藤").And.Contain("+819012345678", "the first whom the gateway reaches");
        page.FindAll("input[name=subject]").Should().BeEmpty();
        page.On("textarea[name=text]", found => found.Change("{{contact.name}}様 " + new string('あ', 70)));
        page.WaitForAssertion(() => page.Find("[data-count]").TextContent.Should().Contain("74").And.Contain("2 SMS"));
        page.Find("[data-text-preview]").TextContent.Should().StartWith("加藤様");
        page.On("select[name=contact]", found => found.Change("1"));
        page.WaitForAssertion(() => page.Find("[data-preview=mail] .notice-warning"));
        page.On("select[name=contact]", found => found.Change("2"));
        page.WaitForAssertion(() => page.FindAll("[data-preview=mail] .notice-warning").Should().BeEmpty());
        page.On("form[data-draft]", found => found.Submit());
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => navigation.Uri.Should().Contain("/mail/1/"));
        await using var reading = OpenContext();
        var mail = await reading.MailMessages.AsNoTracking().SingleAsync(Token);
        (mail.Status, mail.Channel, mail.OriginId, mail.MessageId).Should().Be((MailStatus.Queued, "sms", "usage_recovery", mail.MailId));
        var sent = Show<MailPage>(new Uri(navigation.Uri).AbsolutePath, p => p.Add(own => own.AccountNo, 1).Add(own => own.MailId, mail.MailId));
        sent.WaitForAssertion(() => sent.Find("[data-text]").TextContent.Should().StartWith("加藤様"));
        var list = Show<OutboxPage>("/mail?channel=sms");
        list.WaitForAssertion(() => list.Find("tr[data-index='0'] .tag").TextContent.Should().Be("SMS"));
    }
}
