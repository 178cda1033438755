using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class StabilityTests
{
    [Fact]
    public void The_index_is_the_sum_over_bins_as_written_in_the_books()
    {
        // deciles of 1..1000 hold a tenth each; of the later rows half lie in the first bin, a quarter in the last, a quarter are missing
        var then = Stability.Of(Table([.. Enumerable.Range(1, 1000).Select(i => (double)i)]), ["x"]);
        then[0].Edges.Should().Equal(100, 200, 300, 400, 500, 600, 700, 800, 900);
        double[] now = [.. Enumerable.Repeat(50.0, 2000), .. Enumerable.Repeat(950.0, 1000), .. Enumerable.Repeat(double.NaN, 1000)];
        double Part(double a, double b) => (b - a) * Math.Log(b / a);
        var book = Part(0.1, 0.5) + Part(0.1, 0.25) + (8 * Part(0.1, 0.5 / 4000)) + Part(0.5 / 1000, 0.25);
        var drift = Stability.Compare(then, 1000, Table(now)).Single();
        drift.Index.Should().BeApproximately(book - (10 * ((1 / 4000.0) + (1 / 1000.0))), 1e-9);
        (drift.MissingThen, drift.MissingNow, drift.Level).Should().Be((0, 0.25, WatchLevel.Alarm));
    }

    [Fact]
    public void Chance_alone_raises_no_alarm_and_a_shift_does()
    {
        var random = new SeededRandom(5);
        var (wrong, found) = (0, 0);
        for (var run = 0; run < 200; run++)
        {
            var then = Stability.Of(Table(Draw(ref random, 2000, 0)), ["x"]);
            wrong += Stability.Compare(then, 2000, Table(Draw(ref random, 250, 0)))[0].Level == WatchLevel.Calm ? 0 : 1;
            found += Stability.Compare(then, 2000, Table(Draw(ref random, 250, 0.35)))[0].Level == WatchLevel.Alarm ? 1 : 0;
        }

        wrong.Should().BeLessThan(4);
        found.Should().BeGreaterThan(196);
    }

    [Fact]
    public void A_category_that_turns_up_new_moves_it_and_few_rows_say_nothing()
    {
        FeatureTable Plans(int basic, int pro, int trial) => new(
            new int[basic + pro + trial],
            new DateOnly[basic + pro + trial],
            [FeatureColumn.OfCategories("plan", [.. Enumerable.Repeat(2, trial), .. Enumerable.Repeat(0, basic), .. Enumerable.Repeat(1, pro)], ["basic", "pro", "trial"])]);
        var then = Stability.Of(Plans(700, 300, 0), ["plan"]);
        then[0].Levels.Should().Equal("basic", "pro");
        Stability.Compare(then, 1000, Plans(700, 300, 0))[0].Level.Should().Be(WatchLevel.Calm);
        Stability.Compare(then, 1000, Plans(350, 150, 500))[0].Level.Should().Be(WatchLevel.Alarm);
        Stability.Compare(then, 1000, Plans(35, 15, 50)).Should().BeEmpty();
        Stability.Compare(then, 1000, Table([.. Enumerable.Repeat(1.0, 500)])).Should().BeEmpty("the table has no such column");
    }

    [Fact]
    public void Outcomes_are_judged_as_every_combination_of_draws_judges_them()
    {
        var random = new SeededRandom(6);
        for (var run = 0; run < 30; run++)
        {
            var n = 3 + random.Next(9);
            var p = new double[n];
            for (var i = 0; i < n; i++)
            {
                p[i] = random.Next(101) / 100.0;
            }

            var chance = new double[n + 1];
            for (var draw = 0; draw < 1 << n; draw++)
            {
                chance[System.Numerics.BitOperations.PopCount((uint)draw)] += Enumerable.Range(0, n).Aggregate(1.0, (all, i) => all * ((draw >> i & 1) == 1 ? p[i] : 1 - p[i]));
            }

            OutcomeTest.Distribution(p, n).Zip(chance, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-12);
            for (var observed = 0; observed <= n; observed++)
            {
                var tails = 2 * Math.Min(chance[..(observed + 1)].Sum(), chance[observed..].Sum());
                OutcomeTest.Of(p, observed).PValue.Should().BeApproximately(Math.Min(1, tails), 1e-9);
            }
        }
    }

    [Fact]
    public void Many_accounts_are_judged_by_the_numbers_that_can_occur()
    {
        // 20,000 draws of 0.01: mean 200, deviation 14.07
        double[] p = [.. Enumerable.Repeat(0.01, 20_000)];
        var (lower, upper, even) = OutcomeTest.Of(p, 200);
        lower.Should().BeInRange(171, 174);
        upper.Should().BeInRange(226, 230);
        even.Should().BeGreaterThan(0.9);
        OutcomeTest.Of(p, 260).PValue.Should().BeLessThan(0.0002);
        OutcomeTest.Of(p, 5000).PValue.Should().BeLessThan(1e-9);
    }

    [Theory]
    [InlineData(31, 30, false, false, true, RetrainReason.Schedule)]
    [InlineData(29, 30, false, false, true, RetrainReason.None)]
    [InlineData(400, 0, false, true, true, RetrainReason.None)]
    [InlineData(1, 30, true, true, true, RetrainReason.Alarm)]
    [InlineData(1, 30, true, false, true, RetrainReason.None)]
    [InlineData(400, 30, true, true, false, RetrainReason.None)]
    public void Training_again_needs_a_reason_and_newer_facts(int age, int everyDays, bool onAlarm, bool alarm, bool newer, RetrainReason reason)
    {
        var now = new DateTime(2026, 6, 30, 0, 0, 0, DateTimeKind.Utc);
        var known = new DateOnly(2026, 3, 31);
        RetrainRule.Due(now, now.AddDays(-age), known, newer ? known.AddDays(1) : known, everyDays, onAlarm, alarm ? now.AddHours(-1) : null).Should().Be(reason);
        RetrainRule.Due(now, null, null, known, everyDays, onAlarm, now).Should().Be(RetrainReason.None, "nobody ever trained");
    }

    private static FeatureTable Table(double[] numbers) => new(new int[numbers.Length], new DateOnly[numbers.Length], [FeatureColumn.OfNumbers("x", numbers)]);

    private static double[] Draw(ref SeededRandom random, int rows, double shift)
    {
        var numbers = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            numbers[i] = (random.Next(1000) / 1000.0) + shift;
        }

        return numbers;
    }
}
