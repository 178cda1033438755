using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Pages.Feedback;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Feedback;

/// <summary>Feedback as readers meet it: the answer, the way down to the words, themes and requests.</summary>
public sealed class FeedbackPagesTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void A_view_is_what_its_address_says()
    {
        var view = FeedbackView.Parse(ListAddress.Parse("/feedback?months=6&against=year&segment=SMB&owner=a%40b.example&language=ja&source=inquiry"));
        view.Should().Be(new FeedbackView { Months = 6, AgainstYear = true, Scope = new("SMB", "a@b.example", "ja", FeedbackSource.Inquiry) });
        FeedbackView.Parse(ListAddress.Parse(view.ToAddress())).Should().Be(view);
        new FeedbackView().ToAddress().Should().Be("/feedback");
        var list = FeedbackListView.Parse(ListAddress.Parse("/feedback/texts?theme=-&from=2026-07-01&disagrees=high&sort=score&dir=asc"));
        FeedbackListView.Parse(ListAddress.Parse(FeedbackListView.Texts(list.Ask))).Should().Be(list);
    }

    [Fact]
    public async Task The_page_answers_in_a_sentence_and_leads_to_the_texts_and_customers_of_a_theme()
    {
        await OpenAsync(null);
        await FillAsync();
        var page = Show<FeedbackPage>("/feedback");
        page.WaitForAssertion(() => page.Find("[data-part=feedback]"));
        page.Markup.Should().Contain("The most frequent complaint is").And.Contain("Slow");
        page.Find("[data-theme=speed]").GetAttribute("href").Should().Be("/feedback/texts?from=2026-07-01&theme=speed&to=2026-09-30");
        page.FindAll("[data-course=TooFew]").Should().NotBeEmpty("a handful of customers say nothing of growth");
        page.Find("[data-card=trend] [data-state=Empty]");
        page.Find("[data-card=sentiment] [data-state=Empty]");

        var texts = Show<FeedbackTextsPage>("/feedback/texts?theme=speed");
        texts.WaitForAssertion(() => texts.Markup.Should().Contain("5 texts of 5 customers"));
        texts.WaitForAssertion(() => texts.FindAll("mark.hit").Should().NotBeEmpty());
        var accounts = Show<FeedbackAccountsPage>("/feedback/accounts?theme=speed");
        accounts.WaitForAssertion(() => accounts.Markup.Should().Contain("5 customers with"));
    }

    [Fact]
    public async Task A_lead_makes_a_theme_of_what_is_proposed_and_hides_another()
    {
        await OpenAsync(null, Roles.ProductLead);
        await FillAsync();
        var page = Show<FeedbackPage>("/feedback");
        page.WaitForAssertion(() => page.Find("[data-card=proposed] [data-act=define]"));
        var address = page.Find("[data-card=proposed] [data-act=define]").GetAttribute("href")!;
        var themes = Show<ThemesPage>(address);
        themes.WaitForAssertion(() => themes.Find("[data-act=save-theme]"));
        themes.On("form", found => found.Submit());
        themes.WaitForAssertion(() => themes.FindAll("[data-theme-row]").Should().HaveCount(ThemeCatalogue.All.Count + 1));
        themes.On("[data-act=hide-theme]", found => found.Click());
        themes.WaitForAssertion(() => themes.Markup.Should().Contain("Hidden"));
    }

    [Fact]
    public async Task A_theme_takes_a_name_in_one_language_alone()
    {
        await OpenAsync(null, Roles.ProductLead);
        var page = Show<ThemesPage>(ThemesView.Path);
        page.WaitForAssertion(() => page.Find("[data-act=new-theme]"));
        page.On("[data-act=new-theme]", found => found.Click());
        page.WaitForAssertion(() => page.Find("input[name=name]").HasAttribute("required").Should().BeFalse());
        page.On("input[name=name-ja]", found => found.Change("承認"));
        page.On("textarea[name=words]", found => found.Change("承認"));
        page.On("form", found => found.Submit());
        page.WaitForAssertion(() => page.FindAll("[data-theme-row]").Select(row => row.TextContent).Should().Contain("承認"));
    }

    [Fact]
    public async Task A_reader_sees_requests_and_cannot_edit_them()
    {
        await OpenAsync(null, Roles.ReadOnly);
        await FillAsync();
        var lead = new Viewer("p", "lead@cs.example", new HashSet<string> { Roles.ProductLead }, false);
        var book = Services.GetRequiredService<RequestBook>();
        var request = (await book.SaveAsync(lead, new(null, 0, "Approval steps", null, null, RequestStatus.Planned, null), Token)).Value!;
        await book.AddAsync(lead, request.RequestId, new FeedbackListAsk(FeedbackScope.All, "speed"), Token);
        var list = Show<RequestsPage>(RequestsPage.Path);
        list.WaitForAssertion(() => list.Find("[data-request='Approval steps']"));
        list.FindAll("[data-act=new-request]").Should().BeEmpty();
        var page = Show<RequestPage>(RequestPage.Of(request.RequestId), parameters => parameters.Add(one => one.Id, request.RequestId));
        page.WaitForAssertion(() => page.FindAll("[data-card=voices] tbody tr").Should().HaveCount(5));
        page.FindAll("[data-act=edit-request], [data-act=tell], [data-act=draft], [data-act=remove-voice]").Should().BeEmpty();
    }

    [Fact]
    public async Task A_theme_goes_back_to_an_earlier_version_and_the_address_shows_its_history()
    {
        await OpenAsync(null, Roles.ProductLead);
        var lead = new Viewer("p", "lead@cs.example", new HashSet<string> { Roles.ProductLead }, false);
        var book = Services.GetRequiredService<ThemeBook>();
        await book.SaveAsync(lead, new("speed", 0, ThemeKind.Complaint, "Speed", "速度", "slow\n遅い"), Token);
        var page = Show<ThemesPage>(ThemesView.HistoryOf("speed"));
        page.WaitForAssertion(() => page.FindAll("[data-version]").Should().HaveCount(2));
        page.Find("[data-dialog-history]").TextContent.Should().Contain("Speed").And.Contain("Added: 遅い");
        page.On("[data-version='0'] [data-act=restore-version]", found => found.Click());
        page.WaitForAssertion(() => page.FindAll("[data-version]").Should().HaveCount(3));
        (await book.ReadAsync(Token)).All.Single(theme => theme.ThemeId == "speed").Name.Should().Be(ThemeCatalogue.Of("speed")!.Name);
    }

    [Fact]
    public async Task Two_who_change_a_request_at_once_choose_field_by_field()
    {
        await OpenAsync(null, Roles.ProductLead);
        var lead = new Viewer("p", "lead@cs.example", new HashSet<string> { Roles.ProductLead }, false);
        var book = Services.GetRequiredService<RequestBook>();
        var request = (await book.SaveAsync(lead, new(null, 0, "Approval steps", "By role", null, RequestStatus.Open, null), Token)).Value!;
        var page = Show<RequestPage>(RequestPage.Of(request.RequestId), parameters => parameters.Add(one => one.Id, request.RequestId));
        page.WaitForAssertion(() => page.Find("[data-act=edit-request]"));
        page.On("[data-act=edit-request]", found => found.Click());
        page.On("[data-field=title] input", found => found.Change("Approval by role"));
        (await book.SaveAsync(lead, new(request.RequestId, 1, "Approvals", "By team", null, RequestStatus.Planned, null), Token)).Holds.Should().BeTrue();
        page.On("form", found => found.Submit());
        page.WaitForAssertion(() => page.FindAll("[data-conflict-field]").Select(row => row.GetAttribute("data-conflict-field")).Should().Equal("title", "status", "note"));
        page.On("[data-conflict-field=status] input", found => found.Change("on"));
        page.On("[data-conflict-field=note] input", found => found.Change("on"));
        page.On("[data-act=save-choice]", found => found.Click());
        page.WaitForAssertion(() => page.FindAll("[data-dialog-request]").Should().BeEmpty());
        (await book.FindAsync(lead, request.RequestId, Token))!.Line.Request.Should().BeEquivalentTo(new { Title = "Approval by role", Note = "By team", Status = RequestStatus.Planned, Version = 3 });
    }

    [Fact]
    public async Task A_list_is_narrowed_to_days_by_a_control_and_a_chip_takes_them_away()
    {
        await OpenAsync(null);
        await FillAsync();
        var texts = Show<FeedbackTextsPage>("/feedback/texts?theme=speed");
        texts.WaitForAssertion(() => texts.FindAll("[data-filter=from] option").Should().HaveCount(5));

        // found and changed at once: the page is drawn again whenever its list has been read
        texts.On("[data-filter=from]", found => found.Change("0"));
        texts.WaitForAssertion(() => texts.Find("[data-chip=from]").TextContent.Should().Contain("Last 1 mo"));
        texts.On("[data-filter=to-day]", found => found.Change("2026-09-09"));
        texts.WaitForAssertion(() => Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri.Should().EndWith("to=2026-09-09"));
        texts.WaitForAssertion(() => texts.Find("[data-chip=from]"));
        texts.On("[data-chip=from]", found => found.Click());
        texts.WaitForAssertion(() => texts.FindAll("[data-chip=from]").Should().BeEmpty());
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri.Should().EndWith("/feedback/texts?theme=speed");
    }

    /// <summary>Five customers find it slow, five speak of what no theme knows.</summary>
    private async Task FillAsync()
    {
        await using var context = OpenContext();
        for (var no = 901; no <= 910; no++)
        {
            context.Accounts.Add(new Account { AccountNo = no, AccountId = $"F{no}", Name = $"Feedback {no}", NameSort = $"feedback {no}" });
            context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = "S", Currency = "USD", Mrr = 50, StartedOn = new DateOnly(2026, 1, 1) });
            context.Inquiries.Add(new Inquiry { AccountNo = no, SourceId = 1, FactId = "Q", Subject = no % 2 == 0 ? "Slow after lunch" : "承認フローについて", Body = no % 2 == 0 ? "Pages open slowly." : "承認フローがほしい", OpenedAt = new DateTime(2026, 9, 10, 3, 0, 0, DateTimeKind.Utc) });
        }

        await context.SaveChangesAsync(Token);
    }
}
