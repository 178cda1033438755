using CsCheck;
using CustomerSuccess.Core.Portfolios;

namespace CustomerSuccess.Core.Tests.Portfolios;

public sealed class DistributionTests
{
    private static readonly string[] Members = ["a@example.com", "b@example.com", "c@example.com"];

    private static readonly Gen<AssignmentMethod> Methods = Gen.Enum<AssignmentMethod>();

    [Fact]
    public void Fewest_accounts_and_least_revenue_fill_up_whoever_lies_behind()
    {
        var sizes = new Dictionary<string, PortfolioSize> { ["a@example.com"] = new("a@example.com", 5, 100), ["b@example.com"] = new("b@example.com", 2, 900) };
        var fewest = new Distribution(AssignmentMethod.FewestAccounts, Members, new Dictionary<string, PortfolioSize>(sizes));
        Enumerable.Range(0, 5).Select(_ => fewest.Give(10)).Should().Equal("c@example.com", "c@example.com", "c@example.com", "b@example.com", "c@example.com");
        var least = new Distribution(AssignmentMethod.LeastRevenue, Members, new Dictionary<string, PortfolioSize>(sizes));
        new[] { 150m, 60, 10 }.Select(least.Give).Should().Equal("c@example.com", "a@example.com", "c@example.com");
    }

    [Fact]
    public void Turns_go_on_where_they_ended()
    {
        var turns = new Distribution(AssignmentMethod.RoundRobin, Members, new Dictionary<string, PortfolioSize>(), "b@example.com");
        Enumerable.Range(0, 4).Select(_ => turns.Give(1)).Should().Equal("c@example.com", "a@example.com", "b@example.com", "c@example.com");
        new Distribution(AssignmentMethod.RoundRobin, Members, new Dictionary<string, PortfolioSize>(), "gone@example.com").Give(1).Should().Be("a@example.com");
    }

    [Fact]
    public void Whatever_the_method_everything_is_given_and_counted_once() =>
        Gen.Select(Methods, Gen.Int[0, 1000].Array[0, 40], Gen.Int[1, 3]).Sample((method, mrr, members) =>
        {
            var sizes = new Dictionary<string, PortfolioSize>();
            var distribution = new Distribution(method, Members[..members], sizes);
            foreach (var money in mrr)
            {
                distribution.Give(money);
            }

            return sizes.Values.Sum(size => size.Accounts) == mrr.Length && sizes.Values.Sum(size => size.Mrr) == mrr.Sum() && sizes.Keys.All(Members[..members].Contains)
                && (method == AssignmentMethod.LeastRevenue || mrr.Length == 0 || sizes.Values.Max(size => size.Accounts) - (sizes.Count < members ? 0 : sizes.Values.Min(size => size.Accounts)) <= 1);
        });

    [Fact]
    public void The_first_rule_that_is_for_an_account_decides()
    {
        var accounts = new UnownedAccount[]
        {
            new(1, "A1", "one", "Enterprise", "Kanto", "Core", 100),
            new(2, "A2", "two", "SMB", "Kansai", null, 10),
            new(3, "A3", "three", null, null, null, 10),
        };
        AssignmentRule Rule(string id, AssignmentWhen when, string[] members, bool on = true) => new() { RuleId = id, Name = id, Method = AssignmentMethod.RoundRobin, WhenJson = when.ToJson(), MembersJson = System.Text.Json.JsonSerializer.Serialize(members), IsOn = on };
        var rules = new[]
        {
            Rule("off", AssignmentWhen.Always, ["z@example.com"], on: false),
            Rule("large", new(["enterprise"], [], []), ["a@example.com"]),
            Rule("kansai", new([], ["Kansai", "Chugoku"], []), ["away@example.com"]),
            Rule("kansai too", new(["SMB"], ["Kansai"], []), ["away@example.com", "b@example.com"]),
            Rule("core", new([], [], ["Core"]), ["c@example.com"]),
        };
        var (given, last) = AssignByRules.Of(rules, accounts, new Dictionary<string, PortfolioSize>(), member => member == "away@example.com");
        given.Select(own => (own.RuleId, own.To)).Should().Equal(("large", "a@example.com"), ("kansai too", "b@example.com"), (null, null));
        last.Should().BeEquivalentTo(new Dictionary<string, string> { ["large"] = "a@example.com", ["kansai too"] = "b@example.com" });
    }

    [Fact]
    public void A_portfolio_is_shared_out_evenly_and_by_hand_where_asked()
    {
        var accounts = Enumerable.Range(1, 140).Select(no => new HandoverRow(no, $"A{no}", "", $"n{no}", null, 10 * (no % 7), null, null, null, null, false)).ToList();
        var draft = new HandoverDraft { From = "gone@example.com", To = ["gone@example.com", .. Members], Method = AssignmentMethod.LeastRevenue, ByHand = new Dictionary<int, string> { [7] = "d@example.com", [13] = "a@example.com" } };
        var plan = HandoverPlan.Of(draft, accounts, new Dictionary<string, PortfolioSize> { ["b@example.com"] = new("b@example.com", 3, 50) });
        plan.Rows.Should().HaveCount(140).And.OnlyContain(row => row.To != null && row.To != "gone@example.com");
        plan.Rows.Where(row => row.IsByHand).Select(row => (row.AccountNo, row.To)).Should().BeEquivalentTo([(7, "d@example.com"), (13, "a@example.com")]);
        plan.Rows.Select(row => row.Mrr).Should().BeInDescendingOrder();
        plan.Successors.Select(s => s.Email).Should().Equal("a@example.com", "b@example.com", "c@example.com", "d@example.com");
        plan.Successors.Sum(s => s.After.Accounts - s.Before.Accounts).Should().Be(140);
        var three = plan.Successors.Take(3).Select(s => s.After.Mrr).ToList();
        (three.Max() - three.Min()).Should().BeLessThanOrEqualTo(10, "the greatest go first, so that it comes out even");
        HandoverPlan.Of(draft with { To = [], ByHand = new Dictionary<int, string>() }, accounts, new Dictionary<string, PortfolioSize>()).Rows.Should().OnlyContain(row => row.To == null);
    }
}
