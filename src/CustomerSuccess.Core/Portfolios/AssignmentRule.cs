using System.Text.Json;

namespace CustomerSuccess.Core.Portfolios;

/// <summary>Which accounts a rule is for; an empty list asks for nothing.</summary>
/// <param name="Segments">One of these.</param>
/// <param name="Regions">One of these.</param>
/// <param name="Products">The main product is one of these.</param>
public sealed record AssignmentWhen(IReadOnlyList<string> Segments, IReadOnlyList<string> Regions, IReadOnlyList<string> Products)
{
    public static AssignmentWhen Always { get; } = new([], [], []);

    public bool Matches(UnownedAccount account) => Has(Segments, account.Segment) && Has(Regions, account.Region) && Has(Products, account.Product);

    public string ToJson() => JsonSerializer.Serialize(this);

    public static AssignmentWhen Read(string json) => JsonSerializer.Deserialize<AssignmentWhen>(json) ?? Always;

    private static bool Has(IReadOnlyList<string> wanted, string? value) => wanted.Count == 0 || (value is not null && wanted.Contains(value, StringComparer.OrdinalIgnoreCase));
}

/// <summary>A rule by which accounts without an owner are given one. Rules are asked in their order; the first that is for an account decides.</summary>
public sealed class AssignmentRule
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 80;

    /// <summary>A version 7 UUID.</summary>
    public required string RuleId { get; set; }

    public required string Name { get; set; }

    /// <summary>From 1; asked in this order.</summary>
    public int Position { get; set; }

    public AssignmentMethod Method { get; set; }

    /// <summary>To whom, as a JSON list of addresses in lower case, in the order of turns.</summary>
    public string MembersJson { get; set; } = "[]";

    /// <summary>For which accounts, as <see cref="AssignmentWhen.ToJson"/> writes it.</summary>
    public string WhenJson { get; set; } = AssignmentWhen.Always.ToJson();

    /// <summary>False for a rule that is kept but not asked.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Who was given the last account in turn; null for nobody.</summary>
    public string? LastGiven { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }

    public IReadOnlyList<string> Members => JsonSerializer.Deserialize<List<string>>(MembersJson) ?? [];

    public AssignmentWhen When => AssignmentWhen.Read(WhenJson);
}

/// <summary>What somebody asks of a rule.</summary>
public sealed record AssignmentRuleDraft
{
    public string Name { get; init; } = "";

    public AssignmentMethod Method { get; init; }

    public IReadOnlyList<string> Members { get; init; } = [];

    public AssignmentWhen When { get; init; } = AssignmentWhen.Always;

    public bool IsOn { get; init; } = true;

    public static AssignmentRuleDraft Of(AssignmentRule rule) => new() { Name = rule.Name, Method = rule.Method, Members = rule.Members, When = rule.When, IsOn = rule.IsOn };
}

/// <summary>An account that nobody looks after.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="AccountId">As the sources write it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="Region">Its region.</param>
/// <param name="Product">The product that most MRR is paid for.</param>
/// <param name="Mrr">Reporting currency.</param>
public sealed record UnownedAccount(int AccountNo, string AccountId, string Name, string? Segment, string? Region, string? Product, decimal Mrr);

/// <summary>What the rules make of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="RuleId">The rule that decided; null where none is for it, or nobody of the rule is there.</param>
/// <param name="To">Whom it is given to; null where it stays with nobody.</param>
public sealed record GivenAccount(UnownedAccount Account, string? RuleId, string? To);

/// <summary>Asks the rules.</summary>
public static class AssignByRules
{
    /// <param name="rules">In their order; those that are off are passed over.</param>
    /// <param name="accounts">In the order in which they are given.</param>
    /// <param name="sizes">What everybody has by now, by address; kept in step.</param>
    /// <param name="isAway">True for whoever is not there to be given anything.</param>
    /// <returns>One for each account, and who was given the last one of each rule that gave any.</returns>
    public static (IReadOnlyList<GivenAccount> Accounts, IReadOnlyDictionary<string, string> LastGiven) Of(IEnumerable<AssignmentRule> rules, IEnumerable<UnownedAccount> accounts, IDictionary<string, PortfolioSize> sizes, Func<string, bool> isAway)
    {
        var asked = rules.Where(rule => rule.IsOn)
            .Select(rule => (rule.RuleId, rule.When, Members: rule.Members.Where(member => !isAway(member)).ToList(), rule))
            .Select(rule => (rule.RuleId, rule.When, Give: rule.Members.Count == 0 ? null : new Distribution(rule.rule.Method, rule.Members, sizes, rule.rule.LastGiven)))
            .ToList();
        var given = new List<GivenAccount>();
        var last = new Dictionary<string, string>();
        foreach (var account in accounts)
        {
            // a rule of whom nobody is there lets the next one decide
            var rule = asked.FirstOrDefault(rule => rule.Give is not null && rule.When.Matches(account));
            var to = rule.Give?.Give(account.Mrr);
            if (to is not null)
            {
                last[rule.RuleId] = to;
            }

            given.Add(new(account, rule.RuleId, to));
        }

        return (given, last);
    }
}

/// <summary>What a run of the rules would do.</summary>
/// <param name="Accounts">Accounts without an owner, with whom they would be given to.</param>
/// <param name="Members">Those who would be given any, with what they have before and after.</param>
/// <param name="Total">All accounts without an owner, also those that this run would not reach.</param>
public sealed record AssignmentPreview(IReadOnlyList<GivenAccount> Accounts, IReadOnlyList<Successor> Members, int Total)
{
    /// <summary>Accounts that would be given to somebody.</summary>
    public int Given => Accounts.Count(account => account.To is not null);
}
