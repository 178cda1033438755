using System.Text;
using AngleSharp.Dom;
using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Portfolios;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Views;
using CustomerSuccess.Web.Api;
using CustomerSuccess.Web.Pages.Risk;
using CustomerSuccess.Web.Shared.Surfaces;
using CustomerSuccess.Web.Shared.Touches;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using RiskQueuePage = CustomerSuccess.Web.Pages.Risk.RiskQueuePage;

namespace CustomerSuccess.Web.Tests.Pages.Risk;

/// <summary>Views, groups, acts on many, and two people at one account.</summary>
public sealed class QueueWorkTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task What_is_shown_is_kept_as_a_view_with_its_columns_and_opens_again()
    {
        await OpenAsync(seed: "");
        var page = Show<RiskQueuePage>("/queue?segment=SMB&sort=mrr&dir=desc");
        page.WaitForAssertion(() => Rows(page).Should().HaveCount(2));
        page.On("[data-act=view-new]", found => found.Click());
        await page.OnAsync("input[name=view-name]", found => found.InputAsync(new() { Value = "SMB, large first" }));
        page.On("input[name=view-shared]", found => found.Change(true));
        page.On("#view-form", found => found.Submit());
        page.WaitForAssertion(() => Address.Should().Contain("view="));
        var saved = (await Services.GetRequiredService<SavedViews>().ListAsync(CompanyDatabase.Csm with { UserId = "other" }, QueueList.Risk, Token)).Should().ContainSingle().Subject.View;
        saved.Name.Should().Be("SMB, large first");
        saved.Query.Should().Contain("segment=SMB").And.Contain("sort=mrr").And.Contain("columns=rank%2Chealth%2Crisk");

        page.On("[data-column=nps]", found => found.Change(true));
        page.WaitForAssertion(() => page.FindAll("td.c-nps").Should().HaveCount(2));
        page.FindAll("[data-act=view-keep]").Should().ContainSingle("what is shown is no longer what was saved");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/queue?view=" + RiskQueueView.Plain);
        page.WaitForAssertion(() => Rows(page).Should().HaveCount(4));
        page.FindAll("td.c-nps").Should().BeEmpty();
        Services.GetRequiredService<NavigationManager>().NavigateTo(page.Find($"[data-view='{saved.ViewId}']").GetAttribute("href")!);
        page.WaitForAssertion(() => Rows(page).Should().HaveCount(2));
    }

    [Fact]
    public async Task The_view_that_opens_first_opens_on_the_plain_address_alone()
    {
        await OpenAsync(seed: "");
        var views = Services.GetRequiredService<SavedViews>();
        var view = (await views.AddAsync(CompanyDatabase.Csm, QueueList.Risk, "mine", "segment=Enterprise", false, Token)).Value!;
        await views.SetDefaultAsync(CompanyDatabase.Csm, QueueList.Risk, view.ViewId, Token);
        var page = Show<RiskQueuePage>("/queue");
        page.WaitForAssertion(() => Rows(page).Should().HaveCount(1));
        Address.Should().Contain("segment=Enterprise");
        var other = Show<RiskQueuePage>("/queue?view=-");
        other.WaitForAssertion(() => Rows(other).Should().HaveCount(4));
    }

    [Fact]
    public async Task Groups_stand_under_heads_that_say_what_they_come_to()
    {
        await OpenAsync(seed: "");
        var page = Show<RiskQueuePage>("/queue?group=segment");
        page.WaitForAssertion(() => page.FindAll("tr.list-group").Should().HaveCount(3));
        page.FindAll("tr.list-group").Select(head => head.TextContent.Trim()).Should().Contain(text => text.StartsWith("SMB — 2 accounts · MRR ¥400,000", StringComparison.Ordinal)).And.Contain(text => text.StartsWith("No segment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_are_marked_done_at_once_and_taken_back_at_once()
    {
        await OpenAsync(seed: "");
        var page = Show<RiskQueuePage>("/queue");
        var toasts = Render<MudSnackbarProvider>();
        page.WaitForAssertion(() => Rows(page).Should().HaveCount(4));
        page.On(".list-select input", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-bulk]"));
        page.On("[data-act=bulk-done]", found => found.Click());
        page.WaitForAssertion(() => page.FindAll("[data-touch-state=Done]").Should().HaveCount(3));
        page.FindAll("[data-bulk]").Should().BeEmpty("nothing is selected any more");
        Services.GetRequiredService<ISnackbar>().ShownSnackbars.Should().HaveCount(2, "one says what was done, one that the leaving account has nothing open");
        await toasts.OnAsync(".mud-snackbar-content-action button", found => found.ClickAsync(new()));
        page.WaitForAssertion(() => page.FindAll("[data-touch-state=Open]").Should().HaveCount(3));
    }

    [Fact]
    public async Task Where_a_colleague_was_faster_the_reader_decides_and_nothing_is_lost_in_silence()
    {
        await OpenAsync(seed: "");
        var page = Show<RiskQueuePage>("/queue");
        var box = Render<QuestionBox>();
        page.WaitForAssertion(() => Rows(page).Should().HaveCount(4));
        await Services.GetRequiredService<SuggestionActions>().DismissAsync(CompanyDatabase.Csm with { UserId = "u2", Email = "ito@example.com" }, 1, "usage_recovery", "season", cancellation: Token);
        var done = page.OnAsync("[data-act=done]", found => found.ClickAsync(new()));
        box.WaitForAssertion(() => box.Markup.Should().Contain("ito@example.com").And.Contain("Dismissed"));
        box.On("[data-act=no]", found => found.Click());
        await done;
        page.WaitForAssertion(() => Rows(page)[0].QuerySelector("[data-touch-state=Dismissed]").Should().NotBeNull("the colleague's stands, and is seen"));
    }

    [Fact]
    public async Task An_account_is_given_to_a_colleague_from_its_row()
    {
        await OpenAsync(seed: "");
        await using (var context = OpenContext())
        {
            await context.Accounts.Where(account => account.AccountNo == 3).ExecuteUpdateAsync(set => set.SetProperty(account => account.OwnerEmail, "ito@example.com"), Token);
            await context.AccountScores.Where(score => score.AccountNo == 3).ExecuteUpdateAsync(set => set.SetProperty(score => score.OwnerEmail, "ito@example.com"), Token);
        }

        var page = Show<RiskQueuePage>("/queue?columns=owner");
        page.WaitForAssertion(() => Rows(page).Should().HaveCount(4));
        page.On("[data-row-key=a]", found => found.Click());
        page.WaitForAssertion(() => page.Find("#assign"));
        page.On("#assign", found => found.Submit());
        page.WaitForAssertion(() => page.Find("#assign").TextContent.Should().Contain("Choose somebody"));
        page.On("input[name=assign-to], .combo-value", found => found.Change("ito@example.com"));
        page.On("#assign", found => found.Submit());
        page.WaitForAssertion(() => Rows(page)[0].QuerySelector(".c-owner")!.TextContent.Should().Contain("ito@example.com"));
    }

    [Fact]
    public async Task Opportunities_have_their_own_list_figures_and_next_steps()
    {
        await OpenAsync(seed: "");
        var empty = Show<OpportunitiesPage>("/opportunities");
        empty.WaitForAssertion(() => empty.Find("[data-state=Empty]").TextContent.Should().Contain("Nobody is ready for more"));
        await using (var context = OpenContext())
        {
            context.Suggestions.Add(new() { ScoreRunId = 1, AccountNo = 3, Rank = 2, Play = "add_seats", IsUpsell = true, ReasonCode = "seats_full", ReasonArgsJson = """{"share":0.95,"seats":20}""", Minutes = 25, Effect = 0.3, Channel = "call", Value = 9000, ValuePerMinute = 360 });
            await context.SaveChangesAsync(Token);
            await context.AccountScores.Where(score => score.AccountNo == 3).ExecuteUpdateAsync(set => set
                .SetProperty(score => score.OpportunityRank, 1).SetProperty(score => score.UpsellPlay, "add_seats").SetProperty(score => score.UpsellMinutes, 25)
                .SetProperty(score => score.UpsellProbability, 0.42).SetProperty(score => score.Growth, 21_000m).SetProperty(score => score.UpsellValuePerMinute, 360), Token);
        }

        var page = Show<OpportunitiesPage>("/opportunities");
        page.WaitForAssertion(() => Rows(page).Should().ContainSingle());
        Rows(page)[0].TextContent.Should().Contain("Cedar & Finch").And.Contain("42.0%").And.Contain("¥21,000");
        page.On("[data-act=done]", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-touch=add_seats][data-touch-state=Done]"));
    }

    [Fact]
    public async Task A_queue_as_a_file_has_its_rows_in_their_order_words_in_the_readers_language_and_no_formula()
    {
        await OpenAsync(seed: "");
        await using (var context = OpenContext())
        {
            await context.AccountScores.Where(score => score.AccountNo == 3).ExecuteUpdateAsync(set => set.SetProperty(score => score.Name, "=HYPERLINK(\"x\")"), Token);
        }

        async Task<string[]> FileAsync(string query, CsvEncoding encoding)
        {
            using var stream = new MemoryStream();
            await using (var csv = new CsvFile(stream, encoding))
            {
                await Services.GetRequiredService<QueueFile>().WriteAsync(csv, CompanyDatabase.Csm, RiskQueueView.Parse(query), Services.GetRequiredService<RiskQueueQuery>(), 3, Token);
            }

            var text = encoding == CsvEncoding.Utf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(932)!;
            return text.GetString(stream.ToArray()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        }

        var all = await FileAsync("?sort=mrr&dir=desc", CsvEncoding.Utf8);
        all.Should().HaveCount(5, "rows are read on past the first stretch");
        all[0].Should().StartWith("Rank,Account id,Account,Segment");
        all[1].Should().StartWith("3,A3,\"'=HYPERLINK(\"\"x\"\")\",SMB");
        (await FileAsync("?group=segment", CsvEncoding.Utf8)).Should().HaveCount(5);
        using var _ = new Tests.Shared.InCulture("ja");
        var japanese = await FileAsync("?q=青葉", CsvEncoding.ShiftJis);
        japanese.Should().HaveCount(2);
        japanese[0].Should().StartWith("順位,顧客ID,顧客");
        japanese[1].Should().Contain("株式会社青葉").And.Contain("危険").And.Contain("利用低下の理由を確認する").And.Contain("0.31");
    }

    private static IReadOnlyList<IElement> Rows<T>(IRenderedComponent<T> page)
        where T : IComponent => page.FindAll("tr.queue-row");
}
