namespace CustomerSuccess.Core.Access;

/// <summary>Who asks or acts. Every query starts from the accounts its viewer may see, and every change names its viewer.</summary>
/// <param name="UserId">The sign-in's id; <c>system</c> for background jobs and the command line.</param>
/// <param name="Email">The address that owners of accounts are recorded by; null for the system.</param>
/// <param name="Roles">Names out of <see cref="Roles"/>.</param>
/// <param name="OwnPortfolioOnly">True where only accounts owned by <paramref name="Email"/> may be seen.</param>
public sealed record Viewer(string UserId, string? Email, IReadOnlySet<string> Roles, bool OwnPortfolioOnly)
{
    /// <summary>Background jobs and the command line, which see everything.</summary>
    public static Viewer System { get; } = new("system", null, new HashSet<string> { Access.Roles.Administrator }, false);

    /// <summary>True where the viewer may work with customers: mark touches, judge, write notes, answer inquiries.</summary>
    public bool MayWork => IsIn(Access.Roles.Csm, Access.Roles.CsManager, Access.Roles.CsOperations, Access.Roles.Administrator);

    /// <summary>True where the viewer may decide over others' work: assign, hand over, set capacity.</summary>
    public bool MayManage => IsIn(Access.Roles.CsManager, Access.Roles.CsOperations, Access.Roles.Administrator);

    /// <summary>True where the viewer has at least one of the roles.</summary>
    public bool IsIn(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
        {
            if (Roles.Contains(role))
            {
                return true;
            }
        }

        return false;
    }
}
