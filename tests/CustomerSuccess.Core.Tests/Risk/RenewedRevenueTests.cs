using System.Globalization;
using CsCheck;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Tests.Risk;

/// <summary>Forecasts of renewed revenue against draws by chance, against counting by hand, and against the demo's true probabilities.</summary>
public sealed class RenewedRevenueTests
{
    private static readonly HazardSpread Certain = new(0);

    [Fact]
    public void Two_accounts_are_counted_by_hand()
    {
        // each leaves with a half: 0, 100, 300 or 400 renewed, a quarter each, so that 80 % take all four
        var interval = RenewedRevenue.Of([new DueAmount(100, Math.Log(2)), new DueAmount(300, Math.Log(2))], Certain);
        interval.Expected.Should().BeApproximately(200, 1e-9);
        interval.Should().BeEquivalentTo(new { Lower = 0.0, Upper = 400.0 });
        interval.Mass.Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void Nothing_due_is_nothing_renewed() => RenewedRevenue.Of([], Certain).Should().Be(new RenewalInterval(0, 0, 0, 1));

    [Fact]
    public void Whatever_is_due_as_many_draws_fall_into_the_interval_as_it_says() =>
        Gen.Select(Gen.Select(Gen.Double[10, 5_000], Gen.Double[0.001, 0.8]).Array[1, 40], Gen.Double[0, 0.8], Gen.Int[0, 10_000]).Sample((rows, sigma, seed) =>
        {
            var spread = new HazardSpread(sigma);
            DueAmount[] due = [.. rows.Select(row => new DueAmount(row.Item1, row.Item2))];
            var interval = RenewedRevenue.Of(due, spread);
            interval.Mass.Should().BeGreaterThanOrEqualTo(RenewedRevenue.Coverage - 1e-9);
            const int draws = 4_000;
            var random = new Random(seed);
            var renewed = Enumerable.Range(0, draws).Select(_ => Draw(due, spread, random)).ToArray();
            // the interval is rounded outwards, so draws may fall into it a little more often than it says
            var inside = renewed.Count(x => x >= interval.Lower - 1e-9 && x <= interval.Upper + 1e-9) / (double)draws;
            inside.Should().BeGreaterThan(interval.Mass - 0.035);
            renewed.Average().Should().BeApproximately(interval.Expected, 5 * Deviation(renewed) / Math.Sqrt(draws) + 1e-6);
        }, iter: 40);

    [Fact]
    public void Many_accounts_are_as_good_by_the_normal_as_by_the_grid()
    {
        var random = new Random(5);
        DueAmount[] due = [.. Enumerable.Range(0, 800).Select(_ => new DueAmount(100 + (900 * random.NextDouble()), 0.02 + (0.2 * random.NextDouble())))];
        var spread = new HazardSpread(0.3);
        var interval = RenewedRevenue.Of(due, spread);
        var renewed = Enumerable.Range(0, 6_000).Select(_ => Draw(due, spread, random)).Order().ToArray();
        interval.Lower.Should().BeApproximately(renewed[600], 0.004 * interval.Expected);
        interval.Upper.Should().BeApproximately(renewed[5_400], 0.004 * interval.Expected);
    }

    [Fact]
    public void Over_200_months_of_simulated_companies_their_true_probabilities_cover_as_stated()
    {
        int months = 0, inside = 0;
        var mass = 0.0;
        foreach (var seed in Enumerable.Range(1, 10))
        {
            var truth = DemoCompany.Accounts(new DemoPlan(150, 21, seed)).SelectMany((account, i) => account.Rows(DemoFiles.Truth).Select(row => (
                Month: (string)row[1]!,
                Due: new DueAmount(100 * (1 + (i % 7)), -Math.Log(1 - (double)(decimal)row[2]!)),
                Left: row[3] is not null)));
            foreach (var month in truth.GroupBy(row => row.Month).OrderBy(month => month.Key, StringComparer.Ordinal).Take(20))
            {
                var interval = RenewedRevenue.Of([.. month.Select(row => row.Due)], Certain);
                var renewed = month.Where(row => !row.Left).Sum(row => row.Due.Amount);
                months++;
                inside += renewed >= interval.Lower - 1e-9 && renewed <= interval.Upper + 1e-9 ? 1 : 0;
                mass += interval.Mass;
            }
        }

        months.Should().Be(200);
        (mass / months).Should().BeInRange(0.8, 0.9);
        // three standard errors of 200 independent months
        ((double)inside / months).Should().BeApproximately(mass / months, 0.09, string.Create(CultureInfo.InvariantCulture, $"{inside} of {months} lay within"));
    }

    [Fact]
    public void A_spread_keeps_the_mean_and_has_the_stated_deviation()
    {
        var spread = new HazardSpread(0.5);
        spread.Factors.Average().Should().BeApproximately(1, 1e-12);
        var logs = spread.Factors.Select(factor => Math.Log(factor)).ToArray();
        Deviation(logs).Should().BeApproximately(0.5, 1e-9);
        // the normal's own quantiles, from tables
        var median = logs[12];
        ((logs[^1] - median) / (logs[18] - median)).Should().BeApproximately(2.0537 / 0.6433, 0.01);
        Certain.Survival(0.3).Should().BeApproximately(Math.Exp(-0.3), 1e-12);
        spread.Survival(2).Should().BeGreaterThan(Math.Exp(-2), "who is left is sturdier than the average");
    }

    private static double Draw(DueAmount[] due, HazardSpread spread, Random random)
    {
        var factor = spread.Factors[random.Next(spread.Factors.Count)];
        return due.Sum(d => random.NextDouble() < Math.Exp(-d.Hazard * factor) ? d.Amount : 0);
    }

    private static double Deviation(double[] values) => values.Average() is var mean ? Math.Sqrt(values.Average(x => (x - mean) * (x - mean))) : 0;
}
