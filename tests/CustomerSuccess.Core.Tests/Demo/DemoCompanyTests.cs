using System.Globalization;
using CustomerSuccess.Core.Demo;

namespace CustomerSuccess.Core.Tests.Demo;

public sealed class DemoCompanyTests
{
    private static readonly DemoPlan Plan = new(400, 30, 7);

    private static readonly Lazy<IReadOnlyList<DemoAccount>> Company = new(() => [.. DemoCompany.Accounts(Plan)]);

    [Fact]
    public void Equal_plans_give_equal_companies_and_another_seed_another()
    {
        var once = Text(new DemoPlan(12, 14, 3));
        Text(new DemoPlan(12, 14, 3)).Should().Be(once);
        Text(new DemoPlan(12, 14, 4)).Should().NotBe(once);
    }

    [Fact]
    public void An_account_is_the_same_in_a_larger_company()
    {
        Text(DemoCompany.Accounts(new DemoPlan(30, 14, 3)).Take(12)).Should().Be(Text(new DemoPlan(12, 14, 3)));
    }

    [Fact]
    public void Between_1_and_3_percent_leave_a_month_at_least_30_percent_of_them_without_a_cause()
    {
        var truth = Truth();
        var left = truth.Where(t => t.Cause is not null).ToList();
        (left.Count / (double)truth.Count).Should().BeInRange(0.01, 0.03);
        (left.Count(t => t.Cause == "no_cause") / (double)left.Count).Should().BeGreaterThanOrEqualTo(0.3);
        left.Select(t => t.Cause).Distinct().Should().BeEquivalentTo("no_cause", "usage_decline", "unanswered_inquiries", "low_nps", "champion_left", "failed_payments", "price", "season");
    }

    [Fact]
    public void The_true_probabilities_are_calibrated_and_reach_an_AUC_of_at_most_85_percent()
    {
        var truth = Truth();
        Auc([.. truth.Select(t => (t.Probability, t.Cause is not null))]).Should().BeInRange(0.74, 0.85);
        var expected = truth.Sum(t => t.Probability);
        var deviation = Math.Sqrt(truth.Sum(t => t.Probability * (1 - t.Probability)));
        truth.Count(t => t.Cause is not null).Should().BeInRange((int)(expected - (3.5 * deviation)), (int)(expected + (3.5 * deviation)));
    }

    [Fact]
    public void An_account_leaves_in_the_month_that_the_truth_names_and_has_a_truth_for_each_later_month_it_pays()
    {
        foreach (var account in Company.Value)
        {
            var terms = Core(account);
            var truth = account.Rows(DemoFiles.Truth);
            var ends = terms.Where(t => t[12] is DateOnly end && !terms.Any(next => (DateOnly)next[7]! == end)).Select(t => (DateOnly)t[12]!).Where(end => end <= Plan.Last);
            truth.Where(t => t[3] is not null).Select(t => (string)t[1]!)
                .Should().Equal(ends.Select(end => end.ToString("yyyy-MM", CultureInfo.InvariantCulture)));
            for (var month = 1; month < Plan.Months; month++)
            {
                var start = Plan.StartOf(month);
                var pays = terms.Any(t => (DateOnly)t[7]! < start && (t[12] is null || (DateOnly)t[12]! >= start));
                truth.Any(t => (string)t[1]! == start.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Should().Be(pays, $"{account.Rows(DemoFiles.Accounts)[0][0]} in {start}");
            }
        }
    }

    [Fact]
    public void Terms_follow_one_another_without_gap_or_overlap_but_for_those_who_come_back()
    {
        var comebacks = 0;
        foreach (var terms in Company.Value.Select(Core))
        {
            for (var i = 0; i < terms.Count; i++)
            {
                var (start, end) = ((DateOnly)terms[i][7]!, (DateOnly?)terms[i][12]);
                (end is null || end > start).Should().BeTrue();
                if (i + 1 < terms.Count)
                {
                    var gap = ((DateOnly)terms[i + 1][7]!).DayNumber - end!.Value.DayNumber;
                    (gap == 0 || gap > 62).Should().BeTrue("a gap must be longer than any grace period");
                    comebacks += gap > 0 ? 1 : 0;
                }
            }
        }

        comebacks.Should().BePositive();
    }

    [Fact]
    public void Nothing_that_happened_is_dated_after_the_last_day_or_outside_the_contract()
    {
        foreach (var account in Company.Value)
        {
            var terms = Core(account);
            foreach (var (file, column) in new[] { (DemoFiles.Usage, 1), (DemoFiles.Inquiries, 8), (DemoFiles.Nps, 7), (DemoFiles.Touches, 5), (DemoFiles.Invoices, 4) })
            {
                foreach (var cell in account.Rows(file).Select(row => row[column]!))
                {
                    var day = cell is DateTime at ? DateOnly.FromDateTime(at) : (DateOnly)cell;
                    day.Should().BeOnOrBefore(Plan.Last);
                    terms.Any(t => (DateOnly)t[7]! <= day && (t[12] is null || (DateOnly)t[12]! > day)).Should().BeTrue($"{file.Name} of {terms[0][1]} on {day}");
                }
            }
        }
    }

    [Fact]
    public void Only_large_customers_use_the_API_and_its_use_says_nothing_beyond_size()
    {
        foreach (var account in Company.Value)
        {
            var calls = account.Rows(DemoFiles.Usage).Any(row => (string)row[2]! == "api_call");
            if (calls)
            {
                Core(account).Max(t => (int)t[4]!).Should().BeGreaterThanOrEqualTo(45);
            }
        }

        Company.Value.Count(account => account.Rows(DemoFiles.Usage).Any(row => (string)row[2]! == "api_call")).Should().BeInRange(10, 200);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Attributes_that_mean_nothing_say_nothing_about_leaving(int column)
    {
        // mean true probability of each half of the customers differs by less than chance allows
        var groups = Company.Value.Where(account => account.Rows(DemoFiles.Truth).Count > 0)
            .ToLookup(account => (account.Rows(DemoFiles.Accounts)[0][column] switch { string s => s[^1] % 2, int n => n % 2, var flag => flag is true ? 1 : 0 }) == 1, account => account.Rows(DemoFiles.Truth).Average(t => (double)(decimal)t[2]!));
        var (a, b) = (groups[true].ToList(), groups[false].ToList());
        var spread = Math.Sqrt((Variance(a) / a.Count) + (Variance(b) / b.Count));
        Math.Abs(a.Average() - b.Average()).Should().BeLessThan(3 * spread);
    }

    [Fact]
    public void Usage_falls_for_months_before_those_leave_whom_it_makes_leave()
    {
        var ratios = new List<double>();
        foreach (var account in Company.Value)
        {
            foreach (var month in account.Rows(DemoFiles.Truth).Where(t => (string?)t[3] == "usage_decline").Select(t => DateOnly.ParseExact((string)t[1]!, "yyyy-MM", CultureInfo.InvariantCulture)))
            {
                // the 60 days that end a month before against those that end 7 months before
                double Sum(int back) => account.Rows(DemoFiles.Usage).Where(u => (string)u[2]! == "dashboard" && (DateOnly)u[1]! < month.AddMonths(-back) && (DateOnly)u[1]! >= month.AddMonths(-back - 2)).Sum(u => (int)u[4]!);
                if (Sum(7) > 50)
                {
                    ratios.Add(Sum(1) / Sum(7));
                }
            }
        }

        ratios.Count.Should().BeGreaterThan(3);
        ratios.Order().ElementAt(ratios.Count / 2).Should().BeLessThan(0.75);
    }

    [Fact]
    public void Add_ons_change_nothing_about_the_customers_lives()
    {
        var alone = DemoCompany.Accounts(new DemoPlan(40, 24, 5) { Products = 1 }).ToList();
        var with = DemoCompany.Accounts(new DemoPlan(40, 24, 5)).ToList();
        foreach (var file in DemoFiles.OfAccounts.Except([DemoFiles.Invoices, DemoFiles.ProductTruth, DemoFiles.Inquiries]))
        {
            var product = file.Columns.ToList().IndexOf("product");
            Text(with, file, row => product < 0 || (string?)row[product] == "Workspace").Should().Be(Text(alone, file, _ => true), file.Name);
        }

        Text(with, DemoFiles.Inquiries, _ => true, 16).Should().Be(Text(alone, DemoFiles.Inquiries, _ => true, 16), "only the product that they name differs");
        alone.Sum(account => account.Rows(DemoFiles.ProductTruth).Count).Should().Be(0);
        with.SelectMany(account => account.Rows(DemoFiles.Subscriptions)).Select(term => (string)term[2]!).Distinct().Should().BeEquivalentTo("Workspace", "Insights", "Archive");
    }

    [Fact]
    public void Add_ons_lie_within_the_customers_terms_cost_less_and_leave_with_them()
    {
        foreach (var account in Company.Value)
        {
            var core = Core(account);
            foreach (var term in account.Rows(DemoFiles.Subscriptions).Except(core))
            {
                var (start, end) = ((DateOnly)term[7]!, (DateOnly?)term[12]);
                var with = core.Where(t => (DateOnly)t[7]! <= start && !((DateOnly?)t[12] <= start)).Should().ContainSingle($"{term[0]} begins while the customer pays").Subject;
                ((decimal)term[5]!).Should().BeLessThan((decimal)with[5]!);
                (end is null || end > start).Should().BeTrue();
                core.Any(t => end is null ? t[12] is null : (DateOnly)t[7]! < end && !((DateOnly?)t[12] < end)).Should().BeTrue($"{term[0]} ends with the customer at the latest");
            }
        }
    }

    [Fact]
    public void The_truth_about_add_ons_is_calibrated_and_no_easier_than_that_about_customers()
    {
        var truth = Company.Value.SelectMany(account => account.Rows(DemoFiles.ProductTruth)).Select(row => ((double)(decimal)row[3]!, row[4] is not null)).ToList();
        Auc(truth).Should().BeInRange(0.7, 0.85);
        var expected = truth.Sum(t => t.Item1);
        var deviation = Math.Sqrt(truth.Sum(t => t.Item1 * (1 - t.Item1)));
        ((double)truth.Count(t => t.Item2)).Should().BeInRange(expected - (3.5 * deviation), expected + (3.5 * deviation));
        (expected / truth.Count).Should().BeInRange(0.01, 0.05);
        foreach (var account in Company.Value)
        {
            var drops = account.Rows(DemoFiles.ProductTruth).Where(row => row[4] is not null).Select(row => ((string)row[1]!, (string)row[2]!));
            account.Rows(DemoFiles.Subscriptions).Where(term => (string?)term[13] == "add-on dropped").Select(term => ((string)term[2]!, ((DateOnly)term[12]!).ToString("yyyy-MM", CultureInfo.InvariantCulture))).Should().BeEquivalentTo(drops);
        }
    }

    [Fact]
    public void Names_are_half_Japanese_with_readings()
    {
        var rows = Company.Value.Select(account => account.Rows(DemoFiles.Accounts)[0]).ToList();
        rows.Count(row => ((string)row[1]!).Contains("株式会社", StringComparison.Ordinal)).Should().Be(rows.Count / 2);
        rows.Where(row => row[2] is not null).Should().HaveCount(rows.Count / 2);
        rows.Select(row => row[1]).Distinct().Count().Should().BeGreaterThan(rows.Count * 9 / 10);
    }

    private static List<object?[]> Core(DemoAccount account) => [.. account.Rows(DemoFiles.Subscriptions).Where(term => (string)term[2]! == "Workspace")];

    private static string Text(IEnumerable<DemoAccount> accounts, DemoFile file, Func<object?[], bool> which, int cells = int.MaxValue) =>
        string.Join('\n', accounts.SelectMany(account => account.Rows(file)).Where(which).Select(row => string.Join(',', row.Take(cells))));

    private static List<(double Probability, string? Cause)> Truth() =>
        [.. Company.Value.SelectMany(account => account.Rows(DemoFiles.Truth)).Select(row => ((double)(decimal)row[2]!, (string?)row[3]))];

    private static string Text(DemoPlan plan) => Text(DemoCompany.Accounts(plan));

    private static string Text(IEnumerable<DemoAccount> accounts) => string.Join('\n', accounts.SelectMany(account => DemoFiles.OfAccounts.SelectMany(account.Rows)).Select(row => string.Join(',', row)));

    private static double Variance(List<double> values) => values.Sum(v => Math.Pow(v - values.Average(), 2)) / (values.Count - 1);

    private static double Auc(List<(double Score, bool Left)> rows)
    {
        var sorted = rows.OrderBy(r => r.Score).ToList();
        double ranks = 0;
        for (var i = 0; i < sorted.Count;)
        {
            var j = i;
            while (j < sorted.Count && sorted[j].Score == sorted[i].Score)
            {
                j++;
            }

            ranks += sorted.Skip(i).Take(j - i).Count(r => r.Left) * ((i + j + 1) / 2d);
            i = j;
        }

        double left = rows.Count(r => r.Left), stayed = rows.Count - left;
        return (ranks - (left * (left + 1) / 2)) / (left * stayed);
    }
}
