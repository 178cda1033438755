using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Pages.Forecast;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Tests.Shared;

public sealed class ForecastAddressTests
{
    private static readonly DateOnly September = new(2026, 9, 30);

    [Fact]
    public void The_address_of_accounts_shows_them_again()
    {
        foreach (var (address, view) in new[]
        {
            (ForecastAccountsView.Moved(September), new ForecastAccountsView(September)),
            (ForecastAccountsView.Moved(September, ForecastMove.Notice), new ForecastAccountsView(September, ForecastMove.Notice)),
            (ForecastAccountsView.Past(new DateOnly(2026, 4, 30), September), new ForecastAccountsView(September, From: new DateOnly(2026, 4, 30))),
        })
        {
            ForecastAccountsView.Parse(ListAddress.Parse(address)).Should().Be(view);
        }

        ForecastAccountsView.Parse(ListAddress.Parse("/forecast/accounts?month=x&move=why&from=2026-13-01")).Should().Be(new ForecastAccountsView(null));
    }
}
