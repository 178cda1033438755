using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Team;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Team;

/// <summary>Addresses of outcomes and of the accounts behind them.</summary>
public sealed record OutcomesView
{
    public const string Path = "/team/outcomes", AccountsPath = "/team/outcomes/accounts", OwnerKey = "owner", KindKey = "kind";

    public static string Of(string? owner, TeamListKind kind) => Address(new(owner, kind), AccountsPath).ToString();

    /// <summary>The list at another path, such as that of a file.</summary>
    public static ListAddress Address(TeamAccountAsk ask, string path) => ListAddress.Parse(path).With(OwnerKey, ask.Owner ?? RiskQueueFilter.Nobody).With(KindKey, ask.Kind.ToString().ToLowerInvariant());

    /// <summary>What an address asks for; null where it names nobody. Whether the reader may see that is the query's to say.</summary>
    public static TeamAccountAsk? Parse(ListAddress address) => address[OwnerKey] is not { } owner ? null
        : new(owner == RiskQueueFilter.Nobody ? null : owner.ToLowerInvariant(), address.Choice<TeamListKind>(KindKey) ?? TeamListKind.Predicted);
}
