using CsCheck;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Analytics;

/// <summary>Users of a feature against customers who are alike, and use added up over customers.</summary>
public sealed class MatchedComparisonTests
{
    [Fact]
    public void A_feature_that_keeps_is_found_and_one_that_only_large_customers_use_is_not_praised()
    {
        var random = new SeededRandom(3);
        List<ComparedUnit> keeper = [], decoy = [];
        for (var account = 1; account <= 4000; account++)
        {
            var size = 100 * Math.Exp(3 * (random.Next(1_000_000) / 1e6));
            var use = size * (0.8 + (0.4 * (random.Next(1_000_000) / 1e6)));
            var large = size > 900;
            var uses = (random.Next(1_000_000) / 1e6) < 0.5;
            // large customers leave half as often whatever they use; the keeper halves it again
            var left = (random.Next(1_000_000) / 1e6) < 0.12 * (large ? 0.3 : 1) * (uses ? 0.4 : 1);
            var cell = (0, (string?)null, 1);
            keeper.Add(new(account, cell, uses, size, use, left));
            decoy.Add(new(account, cell, large && (random.Next(1_000_000) / 1e6) < 0.8, size, use, left));
        }

        var found = MatchedComparison.Of(keeper);
        found.Verdict(6).Should().Be(AdoptionVerdict.Keeps);
        found.Lower.Should().BeLessThan(0.06).And.BePositive();

        var praised = MatchedComparison.Of(decoy);
        praised.RawDifference.Should().BeGreaterThan(0.02, "unmatched, it looks as if it kept");
        praised.Verdict(6).Should().NotBe(AdoptionVerdict.Keeps);
    }

    [Fact]
    public void Equal_customers_give_the_plain_difference_of_shares_and_its_variance()
    {
        // 50 users, 8 of whom left, and 50 others, 20 of whom left, all alike: every user meets the same five others
        List<ComparedUnit> units = [];
        for (var i = 1; i <= 50; i++)
        {
            units.Add(new(i, (0, "a", 0), true, 100, 10, i <= 8));
        }

        for (var i = 1; i <= 5; i++)
        {
            units.Add(new(100 + i, (0, "a", 0), false, 100, 10, i <= 2));
        }

        var compared = MatchedComparison.Of(units);
        (compared.Matched, compared.Controls, compared.Leavers).Should().Be((50, 5, 10));
        compared.Kept.Should().BeApproximately(0.84, 1e-12);
        compared.ControlsKept.Should().BeApproximately(0.6, 1e-12);
        compared.Deviation.Should().BeApproximately(Math.Sqrt((0.84 * 0.16 / 50) + (0.6 * 0.4 / 5)), 1e-12);
        compared.Verdict(1).Should().Be(AdoptionVerdict.TooFew, "five customers are no comparison");
    }

    [Fact]
    public void Only_customers_of_the_same_cell_and_of_like_size_and_use_are_compared() =>
        (from rows in Gen.Select(Gen.Int[0, 1], Gen.Bool, Gen.Int[0, 400], Gen.Int[0, 50], Gen.Bool).Array[0, 60] select rows).Sample(rows =>
        {
            List<ComparedUnit> units = [.. rows.Select((row, i) => new ComparedUnit(i, (row.Item1, null, 0), row.Item2, row.Item3, row.Item4, row.Item5))];
            List<ComparedUnit> seen = [];
            var compared = MatchedComparison.Of(units, seen.Add);
            bool Alike(ComparedUnit a, ComparedUnit b) => a.Cell == b.Cell && a.Size > 0 && b.Size > 0
                && b.Size >= a.Size / MatchedComparison.SizeFactor && b.Size <= a.Size * MatchedComparison.SizeFactor
                && Math.Abs(Math.Log((1 + b.Use) / (1 + a.Use))) <= Math.Log(MatchedComparison.UseFactor) * (1 + 1e-12);
            compared.Matched.Should().Be(units.Count(user => user.Adopts && units.Any(other => !other.Adopts && Alike(user, other))), "by trying every pair");
            seen.Count(unit => unit.Adopts).Should().Be(compared.Matched);
            seen.Count(unit => !unit.Adopts).Should().Be(compared.Controls);
            seen.Where(unit => !unit.Adopts).All(other => units.Any(user => user.Adopts && Alike(user, other))).Should().BeTrue();
            (compared.Adopters + compared.Others).Should().Be(units.Count);
        });

    [Fact]
    public void Use_adds_up_over_any_split_of_the_customers() =>
        (from rows in Gen.Select(Gen.Int[0, 4095], Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[-1, 120]).Array[1, 80] select rows).Sample(rows =>
        {
            float[] Column(Func<(int Months, int Uses, int Users, int Delay), float> of) => [.. rows.Select(row => of(row))];
            var sheet = AdoptionSheet.Of(
                new() { AsOf = new(2026, 9, 30), UsageFrom = new(2024, 4, 1), Metrics = [new("a", null), new("b", null)] },
                [.. Enumerable.Range(1, rows.Length)], [.. rows.Select(row => 10.0 * row.Item2)],
                [
                    Column(row => row.Months), Column(row => row.Uses), Column(row => row.Users), Column(row => row.Delay < 0 ? float.NaN : row.Delay > 110 ? AdoptionSheet.Never : row.Delay), Column(_ => 0),
                    Column(row => row.Months), Column(row => row.Users), Column(_ => 0), Column(_ => float.NaN), Column(_ => 0),
                ]);
            var whole = sheet.Head.Whole!;
            AdoptionTally[] parts = [AdoptionTally.Of(sheet, row => row % 3 == 0), AdoptionTally.Of(sheet, row => row % 3 != 0)];
            parts.Sum(part => part.Paying).Should().Be(whole.Paying);
            parts.Sum(part => part.Pairs.Sum(pair => pair.Both)).Should().Be(whole.Pairs.Sum(pair => pair.Both));
            foreach (var feature in whole.Features)
            {
                FeatureAdoption[] own = [.. parts.Select(part => part.Features.Single(other => other.Metric == feature.Metric))];
                own.Sum(part => part.Accounts).Should().Be(feature.Accounts);
                own.Sum(part => part.Uses).Should().Be(feature.Uses);
                own.Sum(part => part.Users).Should().Be(feature.Users);
                own.Sum(part => part.NewCustomers).Should().Be(feature.NewCustomers);
                own.Sum(part => part.Within30).Should().Be(feature.Within30);
                own.Sum(part => part.Within90).Should().Be(feature.Within90);
                for (var month = 0; month < AdoptionSheet.Months; month++)
                {
                    own.Sum(part => part.Months[month]).Should().Be(feature.Months[month]);
                }
            }
        });
}
