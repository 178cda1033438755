using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Web.Pages.Imports;
using CustomerSuccess.Web.Tests.Shared;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Imports;

/// <summary>Files from the browser to the result.</summary>
public sealed class ImportsPageTests : PageTests
{
    private const string Accounts = "account_id,name,employees\nN1,株式会社青空,120\nN2,Blue Harbor,abc\n";

    [Fact]
    public async Task Before_the_first_import_it_says_so()
    {
        await OpenAsync(seed: null);
        var page = Show<ImportsPage>("/imports");
        page.WaitForAssertion(() => page.Find("[data-state=Empty]").TextContent.Should().Contain("Nothing has been imported yet"));
    }

    [Fact]
    public async Task An_upload_shows_its_first_rows_and_problems_before_anything_is_imported()
    {
        await OpenAsync(seed: null);
        var page = Show<ImportsPage>("/imports");
        page.WaitForAssertion(() => page.Find("[data-upload=Choosing]"));
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(Accounts, "accounts.csv"));
        page.WaitForAssertion(() => page.Find("[data-upload=Ready] [data-preview='accounts.csv'][data-record=accounts]"));
        page.Find(".preview").TextContent.Should().Contain("株式会社青空").And.Contain("Line 3, employees").And.Contain("not a whole number");
        await using var context = OpenContext();
        context.Accounts.Should().BeEmpty();
    }

    [Theory]
    [InlineData("en", "This is not a whole number.")]
    [InlineData("ja", "整数ではありません。")]
    public async Task A_run_counts_every_row_and_gives_each_rejected_one_its_reason(string language, string reason)
    {
        using var _ = new InCulture(language);
        await OpenAsync(seed: null);
        var run = await ImportAsync();
        var page = Show<ImportsPage>($"/imports?run={run}");
        page.WaitForAssertion(() => page.Find("[data-reason=whole_number_invalid]").TextContent.Should().Be(reason));
        page.Find("[data-count=inserted]").TextContent.Should().Be("1");
        page.Find("[data-count=rejected]").TextContent.Should().Be("1");
        page.Find("[data-act=download-rejected]").GetAttribute("href").Should().MatchRegex($"^/imports/{run}/files/[0-9]+/rejected$");
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_said_not_to()
    {
        await OpenAsync(seed: null);
        var page = Show<ImportsPage>("/imports?run=77");
        page.WaitForAssertion(() => page.Find("[data-state=NothingFound]"));
    }

    private async Task<int> ImportAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cs-upload-");
        try
        {
            var path = Path.Combine(folder.FullName, "accounts.csv");
            await File.WriteAllTextAsync(path, Accounts);
            return (await Services.GetRequiredService<ImportRunner>().ImportAsync(Viewer.System, new ImportRequest([path]))).Run.ImportRunId;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
