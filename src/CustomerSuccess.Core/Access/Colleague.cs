namespace CustomerSuccess.Core.Access;

/// <summary>Somebody who signs in, as others see him or her: to be named, asked and given tasks.</summary>
/// <param name="UserId">The sign-in's id.</param>
/// <param name="Email">In lower case.</param>
/// <param name="Name">The display name, else the address.</param>
/// <param name="OwnPortfolioOnly">True where only accounts that he or she owns are seen.</param>
public sealed record Colleague(string UserId, string Email, string Name, bool OwnPortfolioOnly)
{
    /// <summary>True where an account with such an owner may be seen.</summary>
    public bool MaySee(string? ownerEmail) => !OwnPortfolioOnly || string.Equals(ownerEmail, Email, StringComparison.OrdinalIgnoreCase);
}
