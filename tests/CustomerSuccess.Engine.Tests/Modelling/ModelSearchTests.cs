using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class ModelSearchTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_tried_follows_from_the_budget_and_the_size_of_the_data_alone()
    {
        SearchPlan? For(Budget budget, int rows, int columns, bool light = true) => SearchPlan.For(budget, TrainingPlan.For(rows, 2_000), rows, columns, 2_000, light);
        For(Budget.Quick, 5_000, 20).Should().BeNull();
        For(Budget.Normal, 5_000, 20)!.Candidates.Should().HaveCount(9);
        For(Budget.Thorough, 5_000, 20)!.Candidates.Count.Should().BeGreaterThan(25);
        For(Budget.Normal, 50_000, 200)!.Candidates.Count.Should().BeInRange(2, 8, "a normal budget is about a minute");
        For(Budget.Normal, 5_000, 20, light: false)!.Candidates.Should().OnlyContain(c => c.Learner == TreeLearner.FastTree);
        SearchPlan.For(Budget.Normal, TrainingPlan.For(5_000, 40), 5_000, 20, 40, true).Should().BeNull("40 outcomes cannot compare anything");
    }

    [Fact]
    public void The_search_never_sees_a_row_that_it_was_not_given()
    {
        // the rows kept back are poisoned: whoever reads their labels or values finds a perfect column
        var data = Synthetic.Panel(400, 12, 0.05, 1, 4);
        int[] rows = [.. Enumerable.Range(0, data.Rows).Where(r => data.Table.AsOf[r].Month <= 9)];
        var poisoned = data with
        {
            Labels = [.. data.Labels.Select((label, r) => data.Table.AsOf[r].Month <= 9 ? label : r % 2 == 0)],
            Table = data.Table with
            {
                Columns = [.. data.Table.Columns.Select(c => c.Numbers is { } x ? FeatureColumn.OfNumbers(c.Name, [.. x.Select((v, r) => data.Table.AsOf[r].Month <= 9 ? v : r % 2)]) : c)],
            },
        };
        var effort = new LearnerEffort(Budget.Normal, 31, _ => false, CancellationToken.None);
        var honest = Learner.Learn(data, rows, effort, _ => { }, Token);
        var other = Learner.Learn(poisoned, rows, effort, _ => { }, Token);
        other.Search.Should().BeEquivalentTo(honest.Search);
        other.Fitted.Model.Hash.Should().Be(honest.Fitted.Model.Hash);
        honest.Search!.Judged.Should().Be(SearchRows.LaterPeriods);
    }

    [Fact]
    public void Trees_that_the_data_ask_for_are_found()
    {
        // the outcome is decided by three columns together, which shallow trees and a regression do not see
        var random = new SeededRandom(8);
        const int n = 5_000;
        var columns = Enumerable.Range(0, 5).Select(_ => new double[n]).ToArray();
        var labels = new bool[n];
        for (var i = 0; i < n; i++)
        {
            var odd = false;
            for (var j = 0; j < columns.Length; j++)
            {
                columns[j][i] = random.Next(1_000) / 1_000.0;
                odd ^= j < 3 && columns[j][i] > 0.6;
            }

            labels[i] = random.Next(100) < (odd ? 70 : 15);
        }

        var data = new LabelledTable(
            new FeatureTable([.. Enumerable.Range(0, n)], new DateOnly[n], [.. columns.Select((x, j) => FeatureColumn.OfNumbers($"x{j}", x))]),
            labels, [.. labels.Select((l, i) => l ? i : -1)], [.. labels.Select(_ => 1.0)]);
        int[] learn = [.. Enumerable.Range(0, 3_500)], judge = [.. Enumerable.Range(3_500, 1_500)];
        double Loss(Budget budget)
        {
            var model = Learner.Learn(data, learn, new LearnerEffort(budget, 0, _ => false, CancellationToken.None), _ => { }, Token).Fitted.Model;
            return new RankedScores(model.Probabilities(data.Table.Take(judge)), [.. judge.Select(r => labels[r])], true, new int[judge.Length], 1).Measure([.. judge.Select(_ => 1.0)]).LogLoss;
        }

        Loss(Budget.Normal).Should().BeLessThan(Loss(Budget.Quick) - 0.003);
    }

    [Fact]
    public void A_search_cut_short_keeps_the_best_so_far_and_says_so()
    {
        var data = Synthetic.Wide(1_000, 6, 3);
        using var stop = new CancellationTokenSource();
        var told = new List<string>();
        var learned = Learner.Learn(
            data, [.. Enumerable.Range(0, data.Rows)], new LearnerEffort(Budget.Normal, 0, _ => false, stop.Token),
            text =>
            {
                told.Add(text);
                stop.Cancel();
            },
            Token);
        told[0].Should().MatchRegex("^Candidate 1 of 9, best log loss so far 0\\.[0-9]{4}$");
        learned.Search!.CutShort.Should().BeTrue();
        learned.Search.Tried.Count.Should().BeInRange(1, 3);
        learned.Search.Tried.Should().ContainSingle(tried => tried.Chosen);
        learned.Fitted.Model.Probabilities(data.Table).Should().OnlyContain(p => p > 0 && p < 1);
    }

    [Fact]
    public void The_same_data_seed_and_plan_give_the_same_model_with_one_worker_or_several()
    {
        var data = Synthetic.Wide(1_000, 6, 3);
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        Learned Learn() => Learner.Learn(data, all, new LearnerEffort(Budget.Normal, 0, _ => false, CancellationToken.None), _ => { }, Token);
        var first = Learn();
        var second = Learn();
        second.Fitted.Model.Hash.Should().Be(first.Fitted.Model.Hash);
        second.Search.Should().BeEquivalentTo(first.Search);
        foreach (var learner in new[] { TreeLearner.FastTree, TreeLearner.LightGbm }.Where(l => l == TreeLearner.FastTree || LightGbmTrainer.IsAvailable))
        {
            var plan = TrainingPlan.For(data.Rows, 500) with { Learner = learner, Trees = 40 };
            var inputs = EncoderFit.Of(data.Table, all, data.Labels, data.Weights, new int[data.Rows], plan);
            TreeEnsemble Grow(int threads) => ModelFitter.Grow(inputs.TreeInputs(data.Table, all), inputs.Encoder.TreeColumn.Length, data.Labels, data.Weights, plan, threads);
            Grow(2).Trees.Should().BeEquivalentTo(Grow(1).Trees);
        }
    }
}
