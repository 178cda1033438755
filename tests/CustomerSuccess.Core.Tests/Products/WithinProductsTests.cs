using CsCheck;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;

namespace CustomerSuccess.Core.Tests.Products;

public sealed class WithinProductsTests
{
    private static readonly Product[] All = [new("a", "A"), new("b", "B"), new("c", "C")];

    [Fact]
    public void That_one_product_is_dropped_more_often_than_another_is_no_skill()
    {
        // half of A is dropped, a tenth of B, nothing of C; the score knows the product and nothing else
        var rows = Enumerable.Range(0, 300).Select(i => (Product: i % 3, Dropped: i % 3 == 0 ? i % 6 == 0 : i % 3 == 1 && i % 30 == 1, Score: i % 3 == 0 ? 0.5 : i % 3 == 1 ? 0.1 : 0.01)).ToList();
        var within = Of(rows, rules: true);
        within.RocAuc!.Value.Should().Be(0.5);
        within.Verdict.Should().Be(Verdict.NoSkill);
        new RankedScores([.. rows.Select(r => r.Score)], [.. rows.Select(r => r.Dropped)], true, new int[300], 1).Measure([.. rows.Select(_ => 1.0)]).RocAuc.Should().BeGreaterThan(0.8, "over all products it looks like much");
    }

    [Fact]
    public void A_score_that_ranks_within_products_is_skilled_unless_the_rules_rank_better()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 300).Select(i => (Product: i % 3, Dropped: i % 7 == 0, Score: (i % 7 == 0 ? 0.4 : 0.2) + (0.3 * random.NextDouble()) - (0.1 * (i % 3)))).ToList();
        Of(rows, rules: false).Verdict.Should().Be(Verdict.Skilled);
        var within = Of(rows, rules: true, rule: i => rows[i].Dropped ? 1 : 0);
        within.RuleScoreAuc!.Value.Should().Be(1);
        within.Verdict.Should().Be(Verdict.NoBetterThanRules);
    }

    [Fact]
    public void It_is_the_share_of_pairs_of_one_product_that_are_in_order()
    {
        var row = Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 5]);
        row.List[2, 40].Sample(drawn =>
        {
            var rows = drawn.Select(d => (Product: d.Item1, Dropped: d.Item2, Score: d.Item3 / 5.0)).ToList();
            var (ordered, pairs) = (0.0, 0);
            foreach (var dropped in rows.Where(r => r.Dropped))
            {
                foreach (var kept in rows.Where(r => !r.Dropped && r.Product == dropped.Product))
                {
                    pairs++;
                    ordered += dropped.Score > kept.Score ? 1 : dropped.Score == kept.Score ? 0.5 : 0;
                }
            }

            var auc = Of(rows, rules: false).RocAuc;
            if (pairs == 0)
            {
                auc.Should().BeNull();
            }
            else
            {
                auc!.Value.Should().BeApproximately(ordered / pairs, 1e-9);
            }
        }, iter: 40);
    }

    private static WithinProducts Of(List<(int Product, bool Dropped, double Score)> rows, bool rules, Func<int, double>? rule = null)
    {
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        var data = new LabelledTable(
            new FeatureTable([.. all.Select(i => i / 3)], [.. all.Select(_ => new DateOnly(2024, 1, 31))], []),
            [.. rows.Select(r => r.Dropped)],
            [.. all.Select(i => rows[i].Dropped ? i : -1)],
            [.. all.Select(_ => 1.0)]);
        double[] scores = [.. rows.Select(r => r.Score)];
        return WithinProducts.Of(data, [.. rows.Select(r => All[r.Product])], new TestScores(all, scores, scores, scores, rules ? [.. all.Select(rule ?? (_ => 0))] : null), 7);
    }
}
