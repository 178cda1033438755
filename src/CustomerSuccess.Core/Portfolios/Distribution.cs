namespace CustomerSuccess.Core.Portfolios;

/// <summary>How accounts are shared out among several CSMs.</summary>
public enum AssignmentMethod
{
    /// <summary>To whoever has the fewest accounts; then the least MRR.</summary>
    FewestAccounts,

    /// <summary>To whoever has the least MRR; then the fewest accounts.</summary>
    LeastRevenue,

    /// <summary>To each in turn.</summary>
    RoundRobin,
}

/// <summary>What a CSM looks after.</summary>
/// <param name="Email">In lower case.</param>
/// <param name="Accounts">How many.</param>
/// <param name="Mrr">Reporting currency.</param>
public sealed record PortfolioSize(string Email, int Accounts, decimal Mrr)
{
    public PortfolioSize With(decimal mrr) => this with { Accounts = Accounts + 1, Mrr = Mrr + mrr };

    public PortfolioSize Without(decimal mrr) => this with { Accounts = Accounts - 1, Mrr = Mrr - mrr };
}

/// <summary>Shares accounts out one by one; each that is given counts for the next. Ties go by mail address, so that the same question has one answer.</summary>
public sealed class Distribution
{
    private readonly AssignmentMethod _method;
    private readonly IReadOnlyList<string> _members;
    private readonly IDictionary<string, PortfolioSize> _sizes;

    /// <param name="method">How.</param>
    /// <param name="members">To whom, in their order; at least one.</param>
    /// <param name="sizes">What each has by now; whoever is missing has nothing. Kept in step.</param>
    /// <param name="last">Who was given the last one in turn; null for nobody.</param>
    public Distribution(AssignmentMethod method, IReadOnlyList<string> members, IDictionary<string, PortfolioSize> sizes, string? last = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(members.Count);
        (_method, _members, _sizes, Last) = (method, members, sizes, last);
    }

    /// <summary>Who was given the last one; null for nobody.</summary>
    public string? Last { get; private set; }

    /// <summary>Gives an account away.</summary>
    /// <returns>To whom.</returns>
    public string Give(decimal mrr)
    {
        var to = _method switch
        {
            AssignmentMethod.FewestAccounts => _members.OrderBy(Accounts).ThenBy(Mrr).ThenBy(member => member, StringComparer.Ordinal).First(),
            AssignmentMethod.LeastRevenue => _members.OrderBy(Mrr).ThenBy(Accounts).ThenBy(member => member, StringComparer.Ordinal).First(),
            _ => _members[(Place(Last) + 1) % _members.Count],
        };
        _sizes[to] = (_sizes.TryGetValue(to, out var size) ? size : new(to, 0, 0)).With(mrr);
        Last = to;
        return to;
    }

    private int Accounts(string member) => _sizes.TryGetValue(member, out var size) ? size.Accounts : 0;

    private decimal Mrr(string member) => _sizes.TryGetValue(member, out var size) ? size.Mrr : 0;

    private int Place(string? member)
    {
        for (var i = 0; i < _members.Count; i++)
        {
            if (_members[i] == member)
            {
                return i;
            }
        }

        return -1;
    }
}
