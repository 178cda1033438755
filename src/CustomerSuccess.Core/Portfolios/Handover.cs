namespace CustomerSuccess.Core.Portfolios;

public enum HandoverKind
{
    /// <summary>The accounts stay where they go.</summary>
    ForGood,

    /// <summary>They come back on a day.</summary>
    UntilDay,
}

/// <summary>Accounts that one CSM handed over to others.</summary>
public sealed class Handover
{
    /// <summary>Characters of a note.</summary>
    public const int LongestNote = 2_000;

    /// <summary>Accounts that are handed over at once.</summary>
    public const int MostAccounts = 2_000;

    /// <summary>A version 7 UUID.</summary>
    public required string HandoverId { get; set; }

    /// <summary>Whose they were, in lower case.</summary>
    public required string FromEmail { get; set; }

    public HandoverKind Kind { get; set; }

    /// <summary>The day on which they come back; null for good.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>What the successors should know.</summary>
    public string? Note { get; set; }

    public int Accounts { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    public required string ByUser { get; set; }

    public string? ByEmail { get; set; }

    /// <summary>When they came back; null while they have not.</summary>
    public DateTime? ReturnedAt { get; set; }

    /// <summary>Who had them come back, or took the hand-over back; null for the system.</summary>
    public string? EndedByEmail { get; set; }

    /// <summary>When it was taken back; null where it stands.</summary>
    public DateTime? UndoneAt { get; set; }

    public int Version { get; set; }

    public bool IsOver => ReturnedAt is not null || UndoneAt is not null;
}

/// <summary>One account of a hand-over.</summary>
public sealed class HandoverAccount
{
    public int AccountNo { get; set; }

    public required string HandoverId { get; set; }

    /// <summary>Whose it became, in lower case.</summary>
    public required string ToEmail { get; set; }

    /// <summary>Reporting currency, on the day.</summary>
    public decimal Mrr { get; set; }

    /// <summary>What else went with it, as a JSON object of ids by kind; null for nothing.</summary>
    public string? MovedJson { get; set; }

    /// <summary>True where it did not come back, since it had another owner by then.</summary>
    public bool StayedAway { get; set; }
}

/// <summary>What somebody asks of a hand-over.</summary>
public sealed record HandoverDraft
{
    public string From { get; init; } = "";

    /// <summary>Null for all that they look after.</summary>
    public IReadOnlyList<int>? Accounts { get; init; }

    /// <summary>To whom.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    public AssignmentMethod Method { get; init; }

    /// <summary>Accounts whose successor is chosen by hand, out of anybody; the others go by the method.</summary>
    public IReadOnlyDictionary<int, string> ByHand { get; init; } = new Dictionary<int, string>();

    /// <summary>The day on which they come back; null for good.</summary>
    public DateOnly? Until { get; init; }

    public string? Note { get; init; }
}

/// <summary>An account that is to be handed over.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="AccountId">As the sources write it.</param>
/// <param name="Namespace">Of the id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="Mrr">Reporting currency.</param>
/// <param name="Probability">Of churn; null without a model.</param>
/// <param name="Health">0–100, 100 is good.</param>
/// <param name="RenewsOn">End of the current term.</param>
/// <param name="To">Whom it goes to; null where nobody was chosen.</param>
/// <param name="IsByHand">True where that was chosen by hand.</param>
public sealed record HandoverRow(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, decimal Mrr, double? Probability, double? Health, DateOnly? RenewsOn, string? To, bool IsByHand);

/// <summary>A successor with what he or she has before and after.</summary>
public sealed record Successor(PortfolioSize Before, PortfolioSize After)
{
    public string Email => Before.Email;
}

/// <summary>What a hand-over would do.</summary>
/// <param name="From">Whose accounts.</param>
/// <param name="Rows">Accounts with their successors, the greatest MRR first.</param>
/// <param name="Successors">By address.</param>
public sealed record HandoverPlan(string From, IReadOnlyList<HandoverRow> Rows, IReadOnlyList<Successor> Successors)
{
    /// <summary>Shares the accounts out: those chosen by hand go where they are sent, the others by the method, the greatest MRR first, so that it comes out even.</summary>
    /// <param name="draft">What is asked for.</param>
    /// <param name="accounts">The accounts; what they say of successors is not heeded.</param>
    /// <param name="sizes">What everybody has by now, by address.</param>
    public static HandoverPlan Of(HandoverDraft draft, IEnumerable<HandoverRow> accounts, IReadOnlyDictionary<string, PortfolioSize> sizes)
    {
        var after = sizes.ToDictionary(size => size.Key, size => size.Value);
        var ordered = accounts.OrderByDescending(account => account.Mrr).ThenBy(account => account.AccountNo).ToList();
        var to = new Dictionary<int, string>();
        foreach (var account in ordered.Where(account => draft.ByHand.ContainsKey(account.AccountNo)))
        {
            var successor = draft.ByHand[account.AccountNo];
            to[account.AccountNo] = successor;
            after[successor] = (after.GetValueOrDefault(successor) ?? new(successor, 0, 0)).With(account.Mrr);
        }

        var members = draft.To.Where(member => member != draft.From).ToList();
        if (members.Count > 0)
        {
            var distribution = new Distribution(draft.Method, members, after);
            foreach (var account in ordered.Where(account => !to.ContainsKey(account.AccountNo)))
            {
                to[account.AccountNo] = distribution.Give(account.Mrr);
            }
        }

        return new(draft.From,
            [.. ordered.Select(account => account with { To = to.GetValueOrDefault(account.AccountNo), IsByHand = draft.ByHand.ContainsKey(account.AccountNo) })],
            [.. to.Values.Concat(members).Distinct().Order(StringComparer.Ordinal).Select(member => new Successor(sizes.GetValueOrDefault(member) ?? new(member, 0, 0), after.GetValueOrDefault(member) ?? new(member, 0, 0)))]);
    }
}

/// <summary>A hand-over as lists show it.</summary>
/// <param name="Handover">What was handed over.</param>
/// <param name="To">Accounts by successor, most first.</param>
public sealed record HandoverEntry(Handover Handover, IReadOnlyList<KeyValuePair<string, int>> To);
