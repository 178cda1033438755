using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Goals;

namespace CustomerSuccess.Engine.Goals;

/// <summary>The one place that knows who may see and change goals: whom the company's figures concern sees all, everybody the own ones.</summary>
public static class GoalAccess
{
    /// <summary>True where the viewer sees every goal.</summary>
    public static bool SeesAll(Viewer viewer) =>
        !viewer.OwnPortfolioOnly && viewer.IsIn(Roles.Executive, Roles.ProductLead, Roles.CsManager, Roles.CsOperations, Roles.Administrator, Roles.ReadOnly);

    /// <summary>True where the viewer may set goals and give them up.</summary>
    public static bool MaySet(Viewer viewer) => !viewer.OwnPortfolioOnly && (viewer.MayManage || viewer.IsIn(Roles.Executive, Roles.ProductLead));

    /// <summary>True where the viewer may review a goal: who may set it, and its owner.</summary>
    public static bool MayReview(Viewer viewer, Goal goal) => MaySet(viewer) || (viewer.Email is { } email && string.Equals(goal.OwnerEmail, email, StringComparison.OrdinalIgnoreCase) && !viewer.IsIn(Roles.ReadOnly));

    /// <summary>Goals that stand and that the viewer may see.</summary>
    internal static IQueryable<Goal> VisibleTo(this IQueryable<Goal> goals, Viewer viewer)
    {
        var standing = goals.Where(goal => goal.DeletedAt == null);
        if (SeesAll(viewer))
        {
            return standing;
        }

        var email = viewer.Email?.ToLowerInvariant();
        return standing.Where(goal => email != null && goal.OwnerEmail == email);
    }
}
