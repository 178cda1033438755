using Bunit;
using CustomerSuccess.Web.Pages.Forecast;

namespace CustomerSuccess.Web.Tests.Pages.Forecast;

/// <summary>The list behind a figure of the forecast.</summary>
public sealed class ForecastAccountsPageTests : PageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?from=2026-04-30")]
    [InlineData("?month=x&move=notice")]
    public async Task An_address_without_a_month_leads_to_the_forecast_and_offers_nothing_to_narrow(string query)
    {
        await OpenAsync(seed: "");
        var page = Show<ForecastAccountsPage>(ForecastAccountsView.Path + query);
        page.WaitForAssertion(() => page.Find(".state").TextContent.Should().Contain("No month is named"));
        page.Find("h1").TextContent.Should().NotBe(page.Find("[data-back]").TextContent);
        page.FindAll("[data-list], .filters, [data-act=export]").Should().BeEmpty();
    }
}
