using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Forecast;

/// <summary>What the page shows, as its address says it.</summary>
/// <param name="Renewals">Which renewals are listed.</param>
/// <param name="Saved">How many of them are counted as kept.</param>
/// <param name="Levers">What is changed about the company's pace.</param>
public sealed record ForecastView(RenewalView Renewals, int Saved, RevenueLevers Levers)
{
    public const string Path = "/forecast", MonthsFile = Path + "/months.csv", RenewalsFile = Path + "/renewals.csv", ChangesFile = Path + "/changes.csv";

    /// <summary>Renewals counted as kept where the address does not say.</summary>
    public const int UsualSaved = 10;

    private const string MonthKey = "month", SavedKey = "save", ChurnKey = "churn", WinBackKey = "winback", NewKey = "new";

    /// <summary>Churn and acquisition may be changed by so many per cent, both ways.</summary>
    public const int MostChange = 100;

    /// <summary>Accounts won back a month beyond the usual, at most.</summary>
    public const int MostWonBack = 1000;

    /// <param name="address">Absolute, or from the root. What it says wrongly is left out.</param>
    public static ForecastView Parse(string address)
    {
        var of = ListAddress.Parse(address);
        var month = DateOnly.TryParseExact(of[MonthKey] + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? first.AddMonths(1).AddDays(-1) : (DateOnly?)null;
        var sort = of.Sort is { } asked && Enum.TryParse<RenewalSort>(asked.Key, ignoreCase: true, out var by) && Enum.IsDefined(by) ? new RenewalView(month, by, asked.Descending) : new RenewalView(month);
        return new(sort, Number(of[SavedKey], 0, ForecastQuery.MostSaved) ?? UsualSaved, new RevenueLevers(
            (Number(of[ChurnKey], -MostChange, MostChange) ?? 0) / 100.0,
            Number(of[WinBackKey], 0, MostWonBack) ?? 0,
            (Number(of[NewKey], -MostChange, MostChange) ?? 0) / 100.0));
    }

    public string ToAddress() => Address(Path).ToString();

    /// <summary>The view at another path, such as that of a file.</summary>
    public ListAddress Address(string path)
    {
        ListSort? sort = Renewals is { Sort: RenewalSort.Risk, Descending: true } ? null : new(Renewals.Sort.ToString().ToLowerInvariant(), Renewals.Descending);
        return ListAddress.Parse(path)
            .With(MonthKey, Renewals.Month?.ToString("yyyy-MM", CultureInfo.InvariantCulture))
            .With(sort)
            .With(SavedKey, Saved == UsualSaved ? null : Written(Saved))
            .With(ChurnKey, Share(Levers.Churn))
            .With(WinBackKey, Levers.WinBack == 0 ? null : Written((int)Levers.WinBack))
            .With(NewKey, Share(Levers.NewCustomers));
    }

    private static string? Share(double share) => share == 0 ? null : Written((int)Math.Round(share * 100));

    private static string Written(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Number(string? value, int least, int most) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
