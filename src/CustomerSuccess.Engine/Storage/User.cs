using Microsoft.AspNetCore.Identity;

namespace CustomerSuccess.Engine.Storage;

/// <summary>A sign-in.</summary>
public sealed class User : IdentityUser
{
    public string? DisplayName { get; set; }

    /// <summary><c>en</c> or <c>ja</c>; null follows the browser.</summary>
    public string? Language { get; set; }

    /// <summary>True where the user sees only accounts that he or she owns.</summary>
    public bool OwnPortfolioOnly { get; set; }
}
