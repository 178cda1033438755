using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine;
using CustomerSuccess.Web.Pages.Risk;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Startup;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;

namespace CustomerSuccess.Web.Tests.Pages.Risk;

/// <summary>The queue in each of its states.</summary>
public sealed class RiskQueuePageTests : BunitContext
{
    private static readonly DateOnly AsOf = new(2026, 9, 30);

    private readonly CompanyDatabase _company = new();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _company.Dispose();
        }
    }

    [Fact]
    public async Task Before_the_first_score_it_says_what_to_do()
    {
        await OpenAsync(seed: null);
        var page = Show();
        page.WaitForAssertion(() => page.Find("[data-state=Empty]").TextContent.Should().Contain("./cs score"));
    }

    [Fact]
    public async Task With_a_model_each_account_shows_its_probability_health_reason_and_next_step()
    {
        await OpenAsync(seed: "");
        var page = Show();
        page.WaitForAssertion(() => page.FindAll("tr.queue-row").Should().HaveCount(4));
        var first = page.FindAll("tr.queue-row")[0];
        first.QuerySelector("[data-probability]")!.TextContent.Should().Be("31.0%");
        first.QuerySelector(".health")!.TextContent.Should().Contain("At risk").And.Contain("22");
        first.TextContent.Should().Contain("Usage fell 42% in 28 days").And.Contain("Ask why usage fell").And.Contain("¥100,000");
        page.FindAll("[data-fallback]").Should().BeEmpty();
        page.FindAll("tr.queue-row")[3].TextContent.Should().Contain("Leaving");
    }

    [Fact]
    public async Task In_fallback_it_says_why_and_shows_no_probability()
    {
        await OpenAsync(seed: "too_few_outcomes");
        var page = Show();
        page.WaitForAssertion(() => page.Find("[data-fallback=too_few_outcomes]").TextContent.Should().Contain("2").And.Contain("Not a probability"));
        page.FindAll("[data-probability]").Should().BeEmpty();
        page.FindAll("tr.queue-row")[0].QuerySelector("[data-rule-score]")!.TextContent.Should().Be("50");
    }

    [Fact]
    public async Task It_reads_as_well_in_japanese()
    {
        await OpenAsync(seed: "");
        using var _ = new Tests.Shared.InCulture("ja");
        var page = Show();
        page.WaitForAssertion(() => page.FindAll("tr.queue-row").Should().HaveCount(4));
        page.FindAll("tr.queue-row")[0].TextContent.Should().Contain("利用量が28日間で42%減少").And.Contain("危険").And.Contain("利用低下の理由を確認する");
        page.Find("h1").TextContent.Should().Be("今日、どの顧客に連絡すべきか");
    }

    [Fact]
    public async Task Names_are_text_whatever_they_hold()
    {
        await OpenAsync(seed: "");
        var page = Show();
        page.WaitForAssertion(() => page.FindAll("tr.queue-row").Should().HaveCount(4));
        page.FindAll("tr.queue-row b").Should().BeEmpty();
        page.FindAll(".row-link")[1].TextContent.Should().Be("Blue Harbor <b>Insurance</b>");
    }

    [Fact]
    public async Task The_address_narrows_it_and_a_chip_widens_it_again()
    {
        await OpenAsync(seed: "");
        var page = Show("/queue?segment=SMB&health=danger");
        page.WaitForAssertion(() => page.FindAll("tr.queue-row").Should().HaveCount(1));
        page.FindAll("[data-chip]").Should().HaveCount(2);
        page.On("[data-chip]", found => found.Click(), at: 1);
        page.WaitForAssertion(() => page.FindAll("tr.queue-row").Should().HaveCount(2));
        Services.GetRequiredService<NavigationManager>().Uri.Should().EndWith("/queue?segment=SMB");
    }

    [Fact]
    public async Task Filters_that_leave_nothing_say_so_and_can_be_cleared()
    {
        await OpenAsync(seed: "");
        var page = Show("/queue?q=nobody");
        page.WaitForAssertion(() => page.Find("[data-state=NothingFound]"));
        page.On("[data-state=NothingFound] button", found => found.Click());
        page.WaitForAssertion(() => page.FindAll("tr.queue-row").Should().HaveCount(4));
    }

    [Fact]
    public async Task A_touch_marked_done_shows_as_done_at_once()
    {
        await OpenAsync(seed: "");
        var page = Show();
        page.WaitForAssertion(() => page.FindAll("[data-act=done]").Should().HaveCount(3));
        page.On("[data-act=done]", found => found.Click());
        page.WaitForAssertion(() => page.FindAll("tr.queue-row")[0].QuerySelector("[data-touch-state=Done]").Should().NotBeNull());
        Services.GetRequiredService<ISnackbar>().ShownSnackbars.Should().ContainSingle();
    }

    [Fact]
    public async Task Who_may_only_read_finds_nothing_to_mark()
    {
        await OpenAsync(seed: "", role: Roles.ReadOnly);
        var page = Show();
        page.WaitForAssertion(() => page.FindAll("tr.queue-row").Should().HaveCount(4));
        page.FindAll(".row-actions").Should().BeEmpty();
    }

    [Fact]
    public async Task Old_facts_are_called_old()
    {
        await OpenAsync(seed: "", today: AsOf.AddDays(8));
        var page = Show();
        page.WaitForAssertion(() => page.Find("[data-stale='8']"));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_said_so_with_a_way_to_try_again()
    {
        await OpenAsync(seed: "");
        await using (var context = Engine.Storage.Database.OpenDesignContext(_company.Options))
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(context.Database, "ALTER TABLE score_run RENAME TO score_run_away", Xunit.TestContext.Current.CancellationToken);
        }

        var page = Show();
        page.WaitForAssertion(() => page.Find("[data-state=Error]"));
        await using (var context = Engine.Storage.Database.OpenDesignContext(_company.Options))
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(context.Database, "ALTER TABLE score_run_away RENAME TO score_run", Xunit.TestContext.Current.CancellationToken);
        }

        page.On("[data-state=Error] button", found => found.Click());
        page.WaitForAssertion(() => page.FindAll("tr.queue-row").Should().HaveCount(4));
    }

    /// <param name="seed">Null for a company without scores, empty for a run with a model, else the reason of the fallback.</param>
    /// <param name="role">The reader's.</param>
    /// <param name="today">Null for the day after the run's.</param>
    private async Task OpenAsync(string? seed, string role = Roles.Csm, DateOnly? today = null)
    {
        await _company.MakeAsync();
        if (seed is not null)
        {
            await _company.SeedAsync(AsOf, seed.Length == 0 ? null : seed);
        }

        var now = (today ?? AsOf.AddDays(1)).ToDateTime(new TimeOnly(6, 0), DateTimeKind.Utc);
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(now)));
        Services.AddCustomerSuccessEngine(_company.Options);
        Services.AddLocalization(options => options.ResourcesPath = "Resources");
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddScoped<CurrentViewer>();
        Services.AddWebPages();
        JSInterop.Mode = JSRuntimeMode.Loose;
        this.AddAuthorization().SetAuthorized("sato").SetRoles(role).SetClaims(
            new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, "u1"),
            new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.Email, "sato@example.com"));
        Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
    }

    private IRenderedComponent<RiskQueuePage> Show(string address = "/queue")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<RiskQueuePage>();
    }
}
