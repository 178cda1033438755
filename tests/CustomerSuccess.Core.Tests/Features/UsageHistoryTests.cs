using CsCheck;
using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Tests.Features;

/// <summary>The streaming pass against a second method that looks at every row for every day.</summary>
public sealed class UsageHistoryTests
{
    private const int First = 738_000;

    private static readonly Gen<Row> AnyRow =
        Gen.Select(Gen.Int[0, 220], Gen.Int[1, 4], Gen.Int[0, 3], Gen.Int[1, 2], Gen.Int[0, 6], Gen.Int[0, 9]).Select((day, metric, contact, source, count, users) =>
            new Row(First + day, metric, contact, source, count * 0.5, contact == 0 ? Math.Max(0, users - 3) : 0));

    [Fact]
    public void Any_usage_gives_what_brute_force_gives_at_every_day() =>
        Gen.Select(AnyRow.List[0, 120], Gen.Int[5, 29], Gen.Int[-40, 60]).Sample((drawn, step, dataFrom) =>
        {
            List<Row> rows = [.. drawn.DistinctBy(r => (r.Day, r.Metric, r.Contact, r.Source)).OrderBy(r => r.Day).ThenBy(r => r.Metric).ThenBy(r => r.Contact).ThenBy(r => r.Source)];
            var from = Math.Min(First + dataFrom, rows.Count > 0 ? rows[0].Day : int.MaxValue);
            var history = new UsageHistory(DateOnly.FromDayNumber(from));
            history.Add(First - 9, 9, 0, 7, 7); // another account before it leaves no trace
            history.Complete();
            history.At(First);
            history.Clear();
            foreach (var row in rows)
            {
                history.Add(row.Day, row.Metric, row.Contact, row.Count, row.Users);
            }

            history.Complete();
            for (var t = First - 5; t < First + 260; t += step)
            {
                var expected = new BruteForce(rows, from, t);
                Same(history.At(t), expected.Features()).Should().BeTrue("at day {0} {1} should be {2}", t - First, history.At(t), expected.Features());
                for (var metric = 1; metric <= 5; metric++)
                {
                    Same(history.Metric(metric, t, 28), expected.Metric(metric, 28)).Should().BeTrue();
                    Same(history.Metric(metric, t, 91), expected.Metric(metric, 91)).Should().BeTrue();
                }
            }
        }, iter: 60);

    [Fact]
    public void Account_rows_win_over_people_of_the_same_day_and_metric_and_sources_add_up()
    {
        var history = new UsageHistory(DateOnly.FromDayNumber(First - 400));
        history.Add(First, 1, 0, 10, 4);
        history.Add(First, 1, 0, 5, 3); // the same counter of a second source
        history.Add(First, 1, 77, 8, 0);
        history.Add(First, 2, 77, 2, 0);
        history.Add(First, 2, 78, 1, 0);
        history.Complete();
        var features = history.At(First);
        features.Usage7.Should().Be(18, "metric 1 counts 10 + 5 without the person's 8, metric 2 has people only");
        features.Users28.Should().Be(2, "two people are known");
    }

    [Fact]
    public void Without_people_the_days_largest_users_are_averaged_over_active_days()
    {
        var history = new UsageHistory(DateOnly.FromDayNumber(First - 400));
        history.Add(First, 1, 0, 10, 4);
        history.Add(First, 2, 0, 10, 6);
        history.Add(First + 1, 1, 0, 10, 3);
        history.Complete();
        history.At(First + 20).Users28.Should().Be(4.5);
    }

    [Fact]
    public void An_account_that_never_used_anything_has_no_usage_but_its_silence_is_missing()
    {
        var history = new UsageHistory(DateOnly.FromDayNumber(First - 400));
        var features = history.At(First);
        features.Usage28.Should().Be(0);
        features.DaysSinceUse.Should().Be(double.NaN);
        features.Trend28.Should().Be(double.NaN);
        new UsageHistory(null).At(First).Usage28.Should().Be(double.NaN, "a company without usage knows nothing");
    }

    private static bool Same(UsageFeatures a, UsageFeatures b) => Values(a).Zip(Values(b)).All(pair => Same(pair.First, pair.Second));

    private static bool Same(double a, double b) => (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) < 1e-9;

    private static double[] Values(UsageFeatures f) =>
        [f.Usage7, f.Usage28, f.Usage91, f.Trend28, f.Trend91, f.ActiveDays7, f.ActiveDays28, f.ActiveDays91, f.DaysSinceUse, f.SilenceRatio, f.Breadth28, f.BreadthChange28, f.Users28, f.UsersBefore28, f.UsersTrend28];

    private sealed record Row(int Day, int Metric, int Contact, int Source, double Count, int Users);

    /// <summary>Reads the definitions off the rows, one window at a time.</summary>
    private sealed class BruteForce(List<Row> rows, int from, int t)
    {
        private readonly List<Row> _seen = [.. rows.Where(r => r.Day <= t)];

        public UsageFeatures Features()
        {
            var days = ActiveDays(int.MaxValue, 0);
            var age = days.Count == 0 ? 0 : t - days[0] + 1;
            var intervals = days.Skip(1).Zip(days, (a, b) => a - b).Order().ToList();
            double u28 = Known(28, () => Sum(28, 0)), u91 = Known(91, () => Sum(91, 0)), before = Users(28);
            return new UsageFeatures
            {
                Usage7 = Known(7, () => Sum(7, 0)),
                Usage28 = u28,
                Usage91 = u91,
                ActiveDays7 = Known(7, () => ActiveDays(7, 0).Count),
                ActiveDays28 = Known(28, () => ActiveDays(28, 0).Count),
                ActiveDays91 = Known(91, () => ActiveDays(91, 0).Count),
                Trend28 = age >= 56 ? Math.Min(3, ((u28 + 1) / (Sum(56, 28) + 1)) - 1) : double.NaN,
                Trend91 = age >= 91 ? Math.Min(3, ((u28 + 1) / ((u91 * 28 / 91) + 1)) - 1) : double.NaN,
                DaysSinceUse = days.Count > 0 ? t - days[^1] : double.NaN,
                SilenceRatio = intervals.Count >= 2 ? (t - days[^1]) / Math.Max(1.0, intervals[(int)Math.Ceiling(0.9 * intervals.Count) - 1]) : double.NaN,
                Breadth28 = Known(28, () => Breadth(28, 0)),
                BreadthChange28 = age >= 56 ? Breadth(28, 0) - Breadth(56, 28) : double.NaN,
                Users28 = Known(28, () => Users(0)),
                UsersBefore28 = age >= 56 ? before : double.NaN,
                UsersTrend28 = age >= 56 && before > 0 ? Math.Min(3, (Users(0) / before) - 1) : double.NaN,
            };
        }

        public double Metric(int metric, int window) => Known(window, () => Counters(window, 0).Where(c => c.Metric == metric).Sum(c => c.Count));

        private double Known(int window, Func<double> value) => t - window + 1 >= from ? value() : double.NaN;

        /// <summary>Rows of the days (t − back, t − skip].</summary>
        private IEnumerable<Row> In(int back, int skip) => _seen.Where(r => (back == int.MaxValue || r.Day > t - back) && r.Day <= t - skip);

        private IEnumerable<(int Day, int Metric, double Count)> Counters(int back, int skip) =>
            In(back, skip).GroupBy(r => (r.Day, r.Metric)).Select(g => (g.Key.Day, g.Key.Metric, (g.Any(r => r.Contact == 0) ? g.Where(r => r.Contact == 0) : g).Sum(r => r.Count)));

        private double Sum(int back, int skip) => Counters(back, skip).Sum(c => c.Count);

        private int Breadth(int back, int skip) => Counters(back, skip).Where(c => c.Count > 0).Select(c => c.Metric).Distinct().Count();

        private List<int> ActiveDays(int back, int skip) =>
            [.. In(back, skip).Where(r => r.Count > 0 || r.Users > 0).Where(r => IsActive(r.Day)).Select(r => r.Day).Distinct().Order()];

        private bool IsActive(int day)
        {
            var own = _seen.Where(r => r.Day == day).ToList();
            return Counters(int.MaxValue, 0).Any(c => c.Day == day && c.Count > 0) || own.Any(r => r.Contact == 0 && r.Users > 0) || own.Any(r => r.Contact != 0 && r.Count > 0);
        }

        private double Users(int skip)
        {
            var window = In(28 + skip, skip).ToList();
            var people = window.Where(r => r.Contact != 0 && r.Count > 0).Select(r => r.Contact).Distinct().Count();
            if (people > 0)
            {
                return people;
            }

            var largest = window.Where(r => r.Contact == 0).GroupBy(r => (r.Day, r.Metric)).Select(g => (g.Key.Day, Users: g.Sum(r => r.Users)))
                .GroupBy(m => m.Day).Select(day => day.Max(m => m.Users)).Where(users => users > 0).ToList();
            if (largest.Count > 0)
            {
                return largest.Average();
            }

            var everKnown = _seen.Any(r => r.Day <= t - skip && ((r.Contact == 0 && r.Users > 0) || (r.Contact != 0 && r.Count > 0)));
            return everKnown && ActiveDays(28 + skip, skip).Count == 0 ? 0 : double.NaN;
        }
    }
}
