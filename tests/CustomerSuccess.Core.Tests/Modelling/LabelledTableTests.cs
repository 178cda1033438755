using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class LabelledTableTests
{
    private static readonly DateOnly January = new(2024, 1, 31), February = new(2024, 2, 29), March = new(2024, 3, 31), June = new(2024, 6, 30);

    [Fact]
    public void One_churn_seen_from_three_dates_is_one_outcome()
    {
        var end = new DateOnly(2024, 4, 10);
        var data = Of(Target.Churn,
            new Observation(1, January, 1, true, null, end, false),
            new Observation(1, February, 1, true, null, end, false),
            new Observation(1, March, 1, true, null, end, false),
            new Observation(2, March, 1, false, null, null, false),
            new Observation(3, March, 1, true, null, end, false));
        data.Describe([.. Enumerable.Range(0, data.Rows)]).Should().Be(new CardPart(January, March, 3, 5, 3, 4, 2));
    }

    [Fact]
    public void Expansions_whose_windows_overlap_are_one_outcome()
    {
        var data = Of(Target.Upsell, new[] { January, February, March, June }.Select(t => new Observation(1, t, 1, false, true, null, false)).ToArray());
        data.OutcomesIn([0, 1, 2, 3]).Should().Be(2, "90 days after January comes June alone");
    }

    [Fact]
    public void Rows_of_unknown_outcome_and_leaving_accounts_are_not_learned_from()
    {
        var data = Of(Target.Churn,
            new Observation(1, January, 1, null, null, null, false),
            new Observation(2, January, 1, true, null, February, true),
            new Observation(3, January, 1, false, null, null, false));
        data.Table.AccountNo.Should().Equal(3);
    }

    [Fact]
    public void Shuffling_keeps_each_dates_outcomes_and_moves_them_to_others()
    {
        var observations = Enumerable.Range(0, 200).SelectMany(a => new[] { January, February }.Select(t =>
            new Observation(a, t, 1, a % (t == January ? 4 : 10) == 0, null, a % (t == January ? 4 : 10) == 0 ? June : null, false))).ToArray();
        var data = Of(Target.Churn, observations);
        var shuffled = data.Shuffle(1);
        foreach (var day in new[] { January, February })
        {
            int Count(LabelledTable d) => Enumerable.Range(0, d.Rows).Count(r => d.Table.AsOf[r] == day && d.Labels[r]);
            Count(shuffled).Should().Be(Count(data));
        }

        shuffled.Labels.Should().NotEqual(data.Labels);
        shuffled.Labels.Should().Equal(data.Shuffle(1).Labels);
        shuffled.Labels.Should().NotEqual(data.Shuffle(2).Labels);
    }

    [Fact]
    public void Training_ends_where_its_outcomes_would_reach_into_the_test()
    {
        var dates = Enumerable.Range(0, 24).Select(i => new DateOnly(2022, 1, 1).AddMonths(i + 1).AddDays(-1)).ToArray();
        var split = TimeSplit.Of(dates, 14 + 90 + 31);
        split.Test.Select(r => dates[r]).Should().Equal(dates[16..]);
        split.Train.Max(r => dates[r].AddDays(135)).Should().BeOnOrBefore(dates[16]);
        dates[split.Train.Length].AddDays(135).Should().BeAfter(dates[16]);
    }

    [Theory]
    [InlineData(6, 3)]
    [InlineData(15, 5)]
    [InlineData(60, 12)]
    public void The_last_third_is_tested_but_at_least_3_and_at_most_12_dates(int dates, int tested)
    {
        var days = Enumerable.Range(0, dates).Select(i => new DateOnly(2015, 1, 31).AddMonths(i)).ToArray();
        TimeSplit.Of(days, 31).Test.Should().HaveCount(tested);
    }

    [Fact]
    public void The_split_of_the_social_network_is_the_published_one()
    {
        var days = Enumerable.Range(0, 17).Select(i => new DateOnly(2019, 2, 1).AddMonths(i).AddDays(-1)).ToArray();
        var split = TimeSplit.Of(days, 31, new DateOnly(2020, 2, 1));
        days[split.Train[^1]].Should().Be(new DateOnly(2019, 12, 31));
        days[split.Test[0]].Should().Be(new DateOnly(2020, 2, 29));
    }

    [Theory]
    [InlineData(0.62, 0.55, 0.60, Verdict.Skilled)]
    [InlineData(0.62, 0.50, 0.40, Verdict.NoSkill)]
    [InlineData(0.62, 0.55, 0.63, Verdict.NoBetterThanRules)]
    [InlineData(0.62, 0.55, null, Verdict.Skilled)]
    public void The_verdict_is_honest(double auc, double lower, double? rules, Verdict expected) =>
        Verdicts.Over(new Estimate(auc, lower, 0.7), rules).Should().Be(expected);

    [Theory]
    [InlineData(30, 10, false)]
    [InlineData(29, 10, true)]
    [InlineData(30, 9, true)]
    public void Thirty_outcomes_to_learn_from_and_ten_to_test_on_are_needed(int train, int test, bool tooFew) =>
        Verdicts.AreTooFew(train, test).Should().Be(tooFew);

    [Fact]
    public void A_column_filled_in_after_the_outcome_is_found_and_an_honest_one_is_not()
    {
        var random = new SeededRandom(9);
        const int n = 500;
        var labels = Enumerable.Range(0, n).Select(_ => random.Next(4) == 0).ToArray();
        var reason = labels.Select(label => label ? random.Next(3) : -1).ToArray();
        var honest = labels.Select(label => random.Next(100) + (label ? 40.0 : 0)).ToArray();
        var data = new LabelledTable(
            new FeatureTable([.. Enumerable.Range(0, n)], new DateOnly[n],
            [
                FeatureColumn.OfCategories("churn reason", reason, ["price", "product", "other"]),
                FeatureColumn.OfNumbers("tenure", honest),
            ]),
            labels, [.. labels.Select((label, i) => label ? i : -1)], [.. labels.Select(_ => 1.0)]);
        LeakGuard.Find(data, [.. Enumerable.Range(0, n).Select(i => i % 5)]).Select(leak => leak.Column).Should().Equal("churn reason");
    }

    [Fact]
    public void A_card_reads_back_from_its_json()
    {
        var part = new CardPart(January, March, 3, 5, 3, 4, 2);
        var card = new ModelCard { Target = Target.Churn, Version = "2024-03-31-1", Verdict = Verdict.TooFewOutcomes, Definition = new CardDefinition(14, 90, 31), Data = part, Train = part, Test = part };
        var json = card.ToJson();
        ModelCard.Parse(json).ToJson().Should().Be(json);
        json.Should().Contain("\"verdict\": \"too_few_outcomes\"").And.Contain("\"outcomes\": 2");
    }

    private static LabelledTable Of(Target target, params Observation[] observations) => LabelledTable.Of(
        target,
        new FeatureTable([.. observations.Select(o => o.AccountNo)], [.. observations.Select(o => o.AsOf)], [FeatureColumn.OfNumbers("x", [.. observations.Select(o => (double)o.AccountNo)])]),
        observations,
        90);
}
