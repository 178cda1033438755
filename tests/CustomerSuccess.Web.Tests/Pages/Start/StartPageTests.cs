using System.Text;
using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Web.Api;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Imports;
using CustomerSuccess.Web.Pages.Start;
using CustomerSuccess.Web.Shared.Surfaces;
using CustomerSuccess.Web.Tests.Shared;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Start;

/// <summary>From an empty database to the first queue, and from the demo company to one's own.</summary>
public sealed class StartPageTests : PageTests
{
    [Theory]
    [InlineData("en", "Say who you are")]
    [InlineData("ja", "会社の情報を設定する")]
    public async Task An_empty_company_begins_at_its_name(string language, string title)
    {
        using var _ = new InCulture(language);
        await OpenAsync(seed: null);
        var page = Show<StartPage>("/start");
        page.WaitForAssertion(() => page.FindAll("[data-step]").Should().HaveCount(12));
        page.FindAll("[data-done=true]").Should().BeEmpty();
        page.Find(".page-answer").TextContent.Should().Contain(title);
        page.Find("[data-act=go-Company]").ClassList.Should().Contain("btn-primary");
        page.Find("[data-act=go-Queue]").HasAttribute("disabled").Should().BeTrue("nothing is scored");
    }

    [Fact]
    public async Task What_the_database_holds_is_done()
    {
        await OpenAsync(seed: null);
        await ImportAsync("accounts.csv", "account_id,name,employees\nN1,A,120\nN2,B,abc\n");
        var page = Show<StartPage>("/start");
        page.WaitForAssertion(() => Done(page, "Accounts").Should().BeTrue());
        Done(page, "Contracts").Should().BeFalse();
        Done(page, "Rejected").Should().BeFalse("a row was rejected");
        page.Find("[data-step=Rejected]").TextContent.Should().Contain("1 rows");

        await ImportAsync("accounts.csv", "account_id,name,employees\nN2,B,80\n");
        page = Show<StartPage>("/start");
        page.WaitForAssertion(() => Done(page, "Rejected").Should().BeTrue("the row was mended and brought again"));
    }

    [Fact]
    public async Task Settings_are_kept_where_they_stand()
    {
        await OpenAsync(seed: null);
        var page = Show<StartPage>("/start");
        page.On("[data-act=go-Company]", found => found.Click());
        page.On("input[name='company.name']", found => found.Change("株式会社青空"));
        page.On("input[name='company.currency']", found => found.Change("yen"));
        page.On("[data-step=Company] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("input[name='company.currency']").GetAttribute("aria-invalid").Should().Be("true"));
        page.On("input[name='company.currency']", found => found.Change("JPY"));
        page.On("[data-step=Company] form", found => found.Submit());
        page.WaitForAssertion(() => Done(page, "Company").Should().BeTrue());
        page.Find(".page-answer").TextContent.Should().Contain("Import accounts");
    }

    [Fact]
    public async Task Whoever_may_not_take_a_step_sees_who_may()
    {
        await OpenAsync(seed: null, Roles.Csm);
        var page = Show<StartPage>("/start");
        page.WaitForAssertion(() => page.Find("[data-may=Train]").TextContent.Should().Contain("CS operations, Administrator"));
        page.FindAll("[data-act=go-Train]").Should().BeEmpty();
        page.FindAll("[data-act=go-Queue]").Should().HaveCount(1);
    }

    [Fact]
    public async Task The_demo_is_told_and_goes_when_its_name_is_typed()
    {
        await OpenAsync(seed: "");
        await Services.GetRequiredService<DemoMark>().LoadingAsync(Xunit.TestContext.Current.CancellationToken);
        var banner = Render<DemoBanner>();
        banner.WaitForAssertion(() => banner.Find("[data-demo=Present]").TextContent.Should().Contain(DemoMark.Company));
        var page = Show<StartPage>("/start");
        var question = Render<QuestionBox>();
        page.On("[data-act=discard-demo]", found => found.Click());
        question.WaitForAssertion(() => question.Find("[data-question]").TextContent.Should().Contain("4 accounts"));
        question.Find("[data-act=yes]").HasAttribute("disabled").Should().BeTrue("nothing was typed");
        question.On("#question-word", found => found.Input(DemoMark.Company));
        question.On("[data-act=yes]", found => found.Click());
        page.WaitForAssertion(() => Services.GetRequiredService<Bunit.TestDoubles.BunitNavigationManager>().History.Should().HaveCountGreaterThan(1, "the shell begins anew"));
        (await Services.GetRequiredService<DemoMark>().ReadAsync(Xunit.TestContext.Current.CancellationToken)).Should().Be(DemoState.Discarded);
        await using var context = OpenContext();
        context.Accounts.Should().BeEmpty();
        context.ScoreRuns.Should().BeEmpty();
    }

    [Fact]
    public async Task Real_files_are_asked_about_before_they_are_mixed_with_the_demo()
    {
        await OpenAsync(seed: null);
        await Services.GetRequiredService<DemoMark>().LoadingAsync(Xunit.TestContext.Current.CancellationToken);
        var page = Show<ImportsPage>("/imports");
        page.WaitForAssertion(() => page.Find("[data-upload=Choosing]"));
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("account_id,name\nN1,A\n", "accounts.csv"));
        page.On("[data-act=import]:not([disabled])", found => found.Click());
        page.WaitForElement("[data-act=discard-first]");
        await using var context = OpenContext();
        context.Accounts.Should().BeEmpty("nothing is imported before the answer");
        page.On("[data-act=import-beside]", found => found.Click());
        page.WaitForAssertion(() => context.Accounts.Should().HaveCount(1));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public async Task A_template_filled_in_is_read_column_by_column(string language)
    {
        await OpenAsync(seed: null);
        foreach (var record in new[] { "accounts", "contacts", "subscriptions", "usage", "inquiries", "nps" }.Select(name => ImportContract.Find(name)!))
        {
            var headers = ImportTemplates.Headers(record, language);
            headers.Should().OnlyHaveUniqueItems().And.HaveCount(record.Fields.Count);
            var read = headers.Select(header => record.Fields.Where(field => field.Name == header || field.Synonyms.Contains(header)).Select(field => field.Name)).ToList();
            read.Should().AllSatisfy(fields => fields.Should().ContainSingle("a header of {0} names one column", record.Name));
            read.Select(fields => fields.Single()).Should().Equal(record.Fields.Select(field => field.Name));
        }
    }

    private static bool Done(IRenderedComponent<StartPage> page, string step) => page.Find($"[data-step={step}]").GetAttribute("data-done") == "true";

    private async Task ImportAsync(string name, string text)
    {
        var folder = Directory.CreateTempSubdirectory("cs-start-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), text, Encoding.UTF8);
            await Services.GetRequiredService<ImportRunner>().ImportAsync(Viewer.System, new ImportRequest([Path.Combine(folder, name)]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
