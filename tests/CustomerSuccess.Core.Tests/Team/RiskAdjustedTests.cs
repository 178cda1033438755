using CustomerSuccess.Core.Team;

namespace CustomerSuccess.Core.Tests.Team;

public sealed class RiskAdjustedTests
{
    private const string Sato = "sato", Mori = "mori";

    private static readonly DateOnly Start = new(2026, 1, 31);
    private static readonly LossWindow Window = new(Start, 14, 90);

    [Theory]
    // Garwood's limits for a Poisson count (Ulm 1990, table; expected 10 each)
    [InlineData(0, 0, 0.3689)]
    [InlineData(1, 0.00253, 0.5572)]
    [InlineData(5, 0.16235, 1.1668)]
    [InlineData(10, 0.47954, 1.8390)]
    [InlineData(50, 3.71106, 6.5919)]
    public void The_interval_of_whole_counts_is_the_exact_one(int observed, double lower, double upper)
    {
        var ratio = RiskAdjusted.Of(observed, 10, 10);
        ratio.Ratio.Should().Be(observed / 10.0);
        ratio.Lower.Should().BeApproximately(lower, 6e-5);
        ratio.Upper.Should().BeApproximately(upper, 6e-5);
        ratio.DifferenceUpper.Should().BeApproximately((10 * upper) - 10, 6e-4);
    }

    [Fact]
    public void Small_portfolios_say_so_and_only_what_lies_beyond_chance_is_said()
    {
        RiskAdjusted.Of(0, 0, 0).Should().Be(new RiskAdjusted(0, 0, null, null, null, LossVerdict.TooSmall));
        RiskAdjusted.Of(9, 4.9, 4.9).Verdict.Should().Be(LossVerdict.TooSmall, "even where many left");
        RiskAdjusted.Of(8, 10, 10).Verdict.Should().Be(LossVerdict.WithinChance);
        RiskAdjusted.Of(2, 10, 10).Verdict.Should().Be(LossVerdict.Fewer);
        RiskAdjusted.Of(20, 10, 10).Verdict.Should().Be(LossVerdict.More);
        RiskAdjusted.Funnel(25, 1.96).Lower.Should().BeApproximately(Math.Pow(5 - 0.98, 2) / 25, 1e-12);
        RiskAdjusted.Funnel(0.2, 3.09).Lower.Should().Be(0);
    }

    [Fact]
    public void An_account_that_stayed_with_one_owner_bears_the_whole_risk()
    {
        var stayed = LossShares.Of(0.2, Window, null, [new(Start, Sato)]).Should().ContainSingle().Subject;
        stayed.Expected.Should().BeApproximately(-Math.Log(0.8), 1e-12);
        (stayed.Owner, stayed.Observed).Should().Be((Sato, 0));
        var left = LossShares.Of(0.2, Window, Window.First.AddDays(44), [new(Start, Sato), new(Window.Last.AddDays(1), Mori)]).Should().ContainSingle("what was handed over later is the new owner's affair").Subject;
        left.Expected.Should().BeApproximately(-Math.Log(0.8) / 2, 1e-12, "the risk accrued for half of the window");
        left.Observed.Should().Be(1);
    }

    [Fact]
    public void A_loss_shortly_after_a_handover_is_told_by_days_owned()
    {
        // handed over on day 51, left on day 60
        var shares = LossShares.Of(0.3, Window, Start.AddDays(60), [new(Start.AddDays(-400), Sato), new(Start.AddDays(51), Mori)]).ToDictionary(share => share.Owner!);
        (shares[Sato].Observed, shares[Mori].Observed).Should().Be((50 / 60.0, 10 / 60.0));
        shares[Mori].Expected.Should().BeLessThan(shares[Sato].Expected / 10, "and no more was expected of the new owner");
        (shares[Sato].Expected + shares[Mori].Expected).Should().BeApproximately(-Math.Log(0.7) * 46 / 90, 1e-9, "shares add up to the account's risk");
    }

    [Fact]
    public void Were_the_predictions_true_intervals_cover_and_nobody_gains_by_handing_over()
    {
        // Sato hands every other account to Mori within the window; risks differ from account to account
        var random = new Random(7);
        const int Trials = 3000, Accounts = 60;
        var (covered, total, sumSato, sumMori) = (0, 0, 0.0, 0.0);
        for (var trial = 0; trial < Trials; trial++)
        {
            var tally = new Dictionary<string, (double Observed, double Expected, double Variance)> { [Sato] = default, [Mori] = default };
            for (var account = 0; account < Accounts; account++)
            {
                var probability = 0.05 + (0.4 * random.NextDouble());
                var hazard = -Math.Log(1 - probability) / Window.HorizonDays;
                var wait = -Math.Log(1 - random.NextDouble()) / hazard;
                DateOnly? left = wait < Window.HorizonDays ? Window.First.AddDays((int)wait) : null;
                OwnedFrom[] owners = account % 2 == 0 ? [new(Start, Sato)] : [new(Start, Sato), new(Start.AddDays(random.Next(1, 104)), Mori)];
                foreach (var share in LossShares.Of(probability, Window, left, owners))
                {
                    var (observed, expected, variance) = tally[share.Owner!];
                    tally[share.Owner!] = (observed + share.Observed, expected + share.Expected, variance + share.Variance);
                }
            }

            foreach (var (owner, (observed, expected, variance)) in tally)
            {
                var ratio = RiskAdjusted.Of(observed, expected, variance);
                covered += ratio.Lower <= 1 && ratio.Upper >= 1 ? 1 : 0;
                total++;
                (sumSato, sumMori) = owner == Sato ? (sumSato + ratio.Difference, sumMori) : (sumSato, sumMori + ratio.Difference);
            }
        }

        (covered / (double)total).Should().BeInRange(0.945, 0.999);
        // both are 0 but for chance and the day's rounding of the risk
        (sumSato / Trials).Should().BeApproximately(0, 0.2);
        (sumMori / Trials).Should().BeApproximately(0, 0.1);
    }
}
