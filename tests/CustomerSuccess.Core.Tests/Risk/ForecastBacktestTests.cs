using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Tests.Risk;

/// <summary>Past months drawn from a known law: the tuning finds it, and intervals made from earlier months hold in later ones.</summary>
public sealed class ForecastBacktestTests
{
    private static readonly DateOnly Start = new(2018, 1, 31);

    [Fact]
    public void A_hazard_that_is_stated_half_too_low_is_found_and_covered()
    {
        var (months, lives) = Draw(truth: 2, sigma: 0, seed: 1);
        var card = ForecastBacktest.Run(months, lives, Month(100), 0);
        card.Tuning.Exposures[0].Should().BeApproximately(2, 0.25);
        card.AllRenewals!.Forecasts.Should().Be(months.Count);
        ((double)card.AllRenewals.Inside / card.AllRenewals.Forecasts).Should().BeGreaterThan(0.76);
        ((double)(card.AllRenewals.ExpectedMrr / card.AllRenewals.RenewedMrr)).Should().BeApproximately(1, 0.02);
    }

    [Fact]
    public void Months_that_swing_together_widen_the_intervals_until_they_hold()
    {
        var (months, lives) = Draw(truth: 1, sigma: 0.7, seed: 2);
        var card = ForecastBacktest.Run(months, lives, Month(100), 0);
        card.Tuning.SharedSigma.Should().BeInRange(0.45, 1);
        ((double)card.AllRenewals!.Inside / card.AllRenewals.Forecasts).Should().BeInRange(0.74, 0.95);
        ForecastBacktest.Run(Draw(truth: 1, sigma: 0, seed: 3).Months, lives, Month(100), 0).Tuning.SharedSigma.Should().BeLessThan(0.3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Risk_that_fades_is_told_from_risk_that_lasts(double lasting)
    {
        // ten months ahead; half of the accounts stated at four times the hazard of the others
        var random = new Random(11);
        var months = Enumerable.Range(0, 80).Select(m => new PastMonth(Month(m), Month(m + 10), Month(m + 10), [.. Enumerable.Range(0, 60).Select(i =>
        {
            var distance = (i % 2 == 0 ? 1 : -1) * Math.Log(2);
            return new PastRenewal(100, 0.2 * Math.Exp(distance), distance, random.NextDouble() < Math.Exp(-0.2 * Math.Exp(lasting * distance)));
        })])).ToArray();
        var tuning = TuneForecast.Run(months, [], Month(100), 0);
        tuning.Lasting[^1].Should().BeApproximately(lasting, 0.2);
        tuning.Exposures[^1].Should().BeApproximately(1, 0.1);
        tuning.ExposureSigmas[^1].Should().BeInRange(0.01, 0.1);
        tuning.Tuned(0.4, Math.Log(2), 10).Should().BeApproximately(0.2 * Math.Pow(2, lasting), 0.05);
    }

    [Fact]
    public void The_same_month_forecast_from_several_days_counts_once()
    {
        var (months, _) = Draw(truth: 2, sigma: 0, seed: 6);
        var few = months.Take(10).ToArray();
        // looked at again from a day later: the same accounts, the same end
        PastMonth[] twice = [.. few, .. few.Select(month => month with { From = month.From.AddDays(1) })];
        var (once, again) = (TuneForecast.Run(few, [], Month(100), 0), TuneForecast.Run(twice, [], Month(100), 0));
        again.Exposures.Should().Equal(once.Exposures, (a, b) => Math.Abs(a - b) < 1e-9);
        again.ExposureSigmas.Should().Equal(once.ExposureSigmas, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void What_comes_later_does_not_move_an_earlier_forecast()
    {
        var (months, lives) = Draw(truth: 1, sigma: 0.3, seed: 4);
        var day = Month(40);
        var before = TuneForecast.Run(months, lives, day, 31);
        PastMonth[] turned = [.. months.Select(month => month.KnownOn <= day ? month : month with { Due = [.. month.Due.Select(due => due with { Renewed = !due.Renewed })] })];
        PastLife[] others = [.. lives.Where(life => life.From < day).Select(life => life.LeftOn > day.AddDays(-31) ? life with { LeftOn = life.LeftOn!.Value.AddDays(400) } : life)];
        TuneForecast.Run(turned, others, day, 31).Should().BeEquivalentTo(before);
    }

    [Fact]
    public void Nothing_past_leaves_the_prior()
    {
        var card = ForecastBacktest.Run([], [], Month(10), 31);
        card.Tuning.Should().BeEquivalentTo(ForecastTuning.Prior, options => options.Using<double>(c => c.Subject.Should().BeApproximately(c.Expectation, 1e-9)).WhenTypeIs<double>());
        (card.AllRenewals, card.Lifetimes).Should().Be((null, null));
    }

    private static (IReadOnlyList<PastMonth> Months, IReadOnlyList<PastLife> Lives) Draw(double truth, double sigma, int seed)
    {
        var random = new Random(seed);
        var months = new List<PastMonth>();
        var lives = new List<PastLife>();
        for (var m = 0; m < 90; m++)
        {
            var factor = Math.Exp((sigma * Normal(random)) - (sigma * sigma / 2));
            var due = Enumerable.Range(0, 60).Select(_ =>
            {
                var hazard = 0.03 + (0.1 * random.NextDouble());
                return new PastRenewal(100 + random.Next(400), hazard, Math.Log(hazard / 0.08), random.NextDouble() < Math.Exp(-hazard * truth * factor));
            }).ToArray();
            months.Add(new PastMonth(Month(m), Month(m + 1), Month(m + 1), due));
            lives.AddRange(Enumerable.Range(0, 20).Select(i => new PastLife((m * 20) + i, Month(m), 0.03, Month(m).AddDays((int)(30.4 * Math.Log(random.NextDouble()) / Math.Log(0.97))))));
        }

        return (months, lives);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static DateOnly Month(int months) => Start.AddDays(1).AddMonths(months).AddDays(-1);
}
