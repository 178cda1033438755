using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Web.Pages.Campaigns;

namespace CustomerSuccess.Web.Tests.Pages.Campaigns;

public sealed class CampaignPageTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private static readonly CampaignPlan Plan = new()
    {
        Name = "Autumn news",
        Recipients = CampaignRecipients.Everybody,
        Subjects = [new("News for {{account.name}}", null), new("Look at this", null)],
        BodyEn = "{{contact.address_line}}\n\nNews.",
    };

    [Fact]
    public async Task Somebody_writes_a_campaign_sees_whom_it_reaches_and_what_is_wrong()
    {
        await OpenAsync("");
        await PeopleAsync();
        var page = Show<CampaignPage>(CampaignAddress.New, parameters => parameters.Add(own => own.Id, "new"));
        page.On("[data-campaign-form] form, form[data-campaign-form]", found => found.Submit());
        page.WaitForAssertion(() => page.Markup.Should().Contain("Fill this in."));
        page.On("[name=name]", found => found.Change("Autumn news"));
        page.On("[name='subjects.0.en']", found => found.Change("News for {{account.nam}}"));
        page.On("[name=body_en]", found => found.Change("News."));
        page.On("form", found => found.Submit());
        page.WaitForAssertion(() => page.Markup.Should().Contain("There is no field account.nam."));
        page.On("[name='subjects.0.en']", found => found.Change("News for {{account.name}}"));
        page.On("[name=recipients]", found => found.Change("Everybody"));
        page.On("[data-act=look-campaign]", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-reach]").GetAttribute("data-reach").Should().Be("2"));
        page.Find("[data-reach]").TextContent.Should().Contain("Opted out of e-mail");
        page.Find("[data-preview] iframe").GetAttribute("srcdoc").Should().Contain("News.");
        page.Find("[data-preview]").TextContent.Should().Contain("News for Reachable");
        page.On("form", found => found.Submit());
        page.WaitForAssertion(() => OpenContext().Campaigns.Single().Name.Should().Be("Autumn news"));
    }

    [Fact]
    public async Task A_campaign_that_ran_shows_results_by_subject_and_says_whether_one_wins()
    {
        await OpenAsync("");
        await PeopleAsync();
        await RanAsync(SubjectVerdict.Unclear);
        var page = Show<CampaignPage>(CampaignAddress.Of("c1"), parameters => parameters.Add(own => own.Id, "c1"));
        page.WaitForAssertion(() => page.Find(".page-answer").TextContent.Should().Be("Done: 2 of 2 sent, 1 held back."));
        page.Find("[data-subjects=Unclear]").TextContent.Should().Contain("No winner by opens: chance may explain the difference.").And.NotContain("Winner");
        page.Find("[data-held]").TextContent.Should().Contain("Opted out of e-mail");
        page.Find("[data-fact=delivered]").TextContent.Should().Contain("2");
        page.FindAll("[data-act=start-campaign], [data-act=pause-campaign]").Should().BeEmpty();
    }

    [Fact]
    public async Task What_nobody_measured_is_not_called_nothing()
    {
        await OpenAsync("");
        await PeopleAsync();
        await RanAsync(SubjectVerdict.Unclear);
        var page = Show<CampaignPage>(CampaignAddress.Of("c1"), parameters => parameters.Add(own => own.Id, "c1"));
        page.WaitForAssertion(() => Row(page, "Clicked").Should().Contain("not measured").And.NotContain("%"));
        Row(page, "Replied").Should().Contain("%", "replies come in by themselves");
    }

    [Fact]
    public async Task A_reader_who_may_not_write_sees_campaigns_and_no_button()
    {
        await OpenAsync("", Roles.ReadOnly);
        await PeopleAsync();
        await RanAsync(SubjectVerdict.Winner);
        var list = Show<CampaignListPage>(CampaignAddress.List);
        list.WaitForAssertion(() => list.Markup.Should().Contain("Autumn news"));
        list.FindAll("[data-act=new]").Should().BeEmpty();
        var page = Show<CampaignPage>(CampaignAddress.Of("c1"), parameters => parameters.Add(own => own.Id, "c1"));
        page.WaitForAssertion(() => page.Find("[data-subjects=Winner]").TextContent.Should().Contain("wins by opens"));
        page.FindAll("[data-act=campaign-menu]").Should().BeEmpty();
    }

    private static string Row(IRenderedComponent<CampaignPage> page, string what) => page.FindAll("tr").First(row => row.FirstElementChild?.TextContent == what).TextContent;

    /// <summary>Three paying accounts; one person has opted out.</summary>
    private async Task PeopleAsync()
    {
        await using var context = OpenContext();
        for (var no = 9_001; no <= 9_003; no++)
        {
            context.Add(new Account { AccountNo = no, AccountId = $"C{no}", Name = no == 9_001 ? "Reachable" : $"C{no}", NameSort = $"c{no}", Country = "US", SourceId = 9 });
            context.Add(new Contact { AccountNo = no, ContactNo = no, ContactId = $"P{no}", Name = $"Person {no}", NameSort = $"p{no}", Email = $"p{no}@c.example", EmailKey = $"p{no}@c.example", Language = "en", OptOutEmail = no == 9_003, ConsentOn = new(2026, 1, 1), SourceId = 9 });
            context.Add(new Subscription { AccountNo = no, SourceId = 9, FactId = $"T{no}", StartedOn = AsOf.AddDays(-100), Mrr = 100, Currency = "USD" });
        }

        await context.SaveChangesAsync(Token);
    }

    private async Task RanAsync(SubjectVerdict verdict)
    {
        var at = AsOf.ToDateTime(new TimeOnly(3, 0), DateTimeKind.Utc);
        await using var context = OpenContext();
        context.Add(new Campaign { CampaignId = "c1", Name = Plan.Name, PlanJson = CampaignText.Write(Plan), Version = 1, State = CampaignState.Done, StartsAt = at, StartedAt = at, FinishedAt = at, IsPrepared = true, TestEndsAt = at, TestVerdict = verdict, ChosenSubject = 1, OwnerEmail = "sato@example.com", ChangedAt = at });
        for (var no = 9_001; no <= 9_003; no++)
        {
            var isSent = no != 9_003;
            context.Add(new CampaignMember { AccountNo = no, CampaignId = "c1", ContactNo = no, AddressKey = $"p{no}@c.example", State = isSent ? CampaignMemberState.Sent : CampaignMemberState.HeldBack, Reasons = isSent ? null : "opted_out", SubjectNo = isSent ? no - 9_001 : null, InTest = isSent, MailId = isSent ? $"m{no}" : null, SentAt = isSent ? at : null, SentHour = isSent ? 60 : null });
            if (isSent)
            {
                context.Add(new MailMessage { AccountNo = no, MailId = $"m{no}", Origin = MailOrigin.Campaign, OriginId = "c1", Language = "en", Subject = "News", Status = MailStatus.Sent, NotBefore = at, SentAt = at, OpenedAt = no == 9_002 ? at : null, CreatedAt = at, CreatedBy = "system" });
            }
        }

        await context.SaveChangesAsync(Token);
    }
}
