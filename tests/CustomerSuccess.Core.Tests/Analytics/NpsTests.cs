using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Tests.Analytics;

public sealed class NpsTests
{
    private static readonly Gen<NetPromoter> Scores = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[1, 60]).Select((p, n, d) => NetPromoter.Of(p, n, d)!);

    [Fact]
    public void A_change_is_the_difference_and_turns_its_sign_with_the_order()
    {
        Scores.Select(Scores).Sample((now, before) =>
        {
            var (there, back) = (now.Since(before), before.Since(now));
            there.Points.Should().BeApproximately(now.Score - before.Score, 1e-9);
            back.Lower.Should().BeApproximately(-there.Upper, 1e-9);
            there.IsReal.Should().Be(back.IsReal);
            now.Since(now).IsReal.Should().BeFalse();
        });
    }

    /// <summary>By simulation: of many pairs drawn from one and the same population about one in twenty is called changed.</summary>
    [Fact]
    public void Chance_alone_is_called_a_change_about_once_in_twenty()
    {
        var random = new Random(7);
        NetPromoter Draw()
        {
            var counts = new int[3];
            for (var i = 0; i < 80; i++)
            {
                var draw = random.NextDouble();
                counts[draw < 0.45 ? 0 : draw < 0.75 ? 1 : 2]++;
            }

            return NetPromoter.Of(counts)!;
        }

        Enumerable.Range(0, 4000).Count(_ => Draw().Since(Draw()).IsReal).Should().BeInRange(120, 280);
    }

    [Fact]
    public void What_came_after_is_known_only_when_enough_time_has_passed()
    {
        var day = new DateOnly(2024, 1, 1);
        var mrr = MrrTimeline.Of([new Subscription { AccountNo = 1, SourceId = 1, FactId = "", Currency = "USD", Mrr = 1, StartedOn = day, EndedOn = day.AddDays(100) }]);
        NpsFates.Of(mrr, day.AddDays(20), 90, day.AddDays(200), 31).Should().Be(NpsFate.Left);
        NpsFates.Of(mrr, day.AddDays(20), 60, day.AddDays(200), 31).Should().Be(NpsFate.Stayed, "it left later");
        NpsFates.Of(mrr, day.AddDays(20), 90, day.AddDays(140), 31).Should().Be(NpsFate.Unknown, "the grace has not passed");
        NpsFates.Of(mrr, day.AddDays(120), 10, day.AddDays(200), 31).Should().Be(NpsFate.Unknown, "it did not pay then");
    }

    /// <summary>Newcombe 1998, example (a) of method 10: 56/70 against 48/80.</summary>
    [Fact]
    public void A_difference_of_shares_has_Newcombes_interval()
    {
        var difference = ShareDifference.Of(56, 70, 48, 80)!;
        difference.Value.Should().BeApproximately(0.2, 1e-12);
        difference.Lower.Should().BeApproximately(0.0524, 5e-5);
        difference.Upper.Should().BeApproximately(0.3339, 5e-5);
        difference.IsReal.Should().BeTrue();
        ShareDifference.Of(0, 0, 1, 2).Should().BeNull();
    }
}
