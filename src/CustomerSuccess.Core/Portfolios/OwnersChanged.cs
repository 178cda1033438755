namespace CustomerSuccess.Core.Portfolios;

/// <summary>An account that has another owner now.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Before">Whose it was; for one that was left as it is, whose the asker believed it to be. Null for nobody's.</param>
/// <param name="After">Whose it is. Null for nobody's.</param>
public sealed record OwnerChanged(int AccountNo, string AccountName, string? Before, string? After);

/// <summary>What became of a change of owners.</summary>
/// <param name="Changed">Accounts that have another owner now.</param>
/// <param name="Left">Accounts that somebody else gave away meanwhile: they are left as they are.</param>
public sealed record OwnersChanged(IReadOnlyList<OwnerChanged> Changed, IReadOnlyList<OwnerChanged> Left);
