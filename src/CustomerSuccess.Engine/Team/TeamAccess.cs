using CustomerSuccess.Core.Access;

namespace CustomerSuccess.Engine.Team;

/// <summary>Whose outcomes a viewer may see.</summary>
public enum TeamSight
{
    /// <summary>Nobody's: how colleagues do is no reading for everybody.</summary>
    None,

    /// <summary>The own ones alone.</summary>
    Own,

    /// <summary>Everybody's: who leads CSMs, and executives.</summary>
    All,
}

/// <summary>The one place that knows whose outcomes a viewer may see. Every query of outcomes asks it first; what a request asks for cannot widen it.</summary>
public static class TeamAccess
{
    public static TeamSight Of(Viewer viewer) =>
        !viewer.OwnPortfolioOnly && viewer.IsIn(Roles.CsManager, Roles.Executive, Roles.CsOperations, Roles.Administrator) ? TeamSight.All
        : viewer.Email is not null && viewer.IsIn(Roles.Csm, Roles.CsManager, Roles.Executive, Roles.CsOperations, Roles.Administrator) ? TeamSight.Own
        : TeamSight.None;

    /// <summary>True where the viewer may see an owner's outcomes.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="owner">An address; null for accounts of nobody.</param>
    public static bool MaySee(Viewer viewer, string? owner) => Of(viewer) switch
    {
        TeamSight.All => true,
        TeamSight.Own => owner is not null && string.Equals(owner, viewer.Email, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
