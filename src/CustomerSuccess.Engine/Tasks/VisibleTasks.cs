using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Tasks;

/// <summary>Tasks are seen by whoever may see their account; those of no account by whoever made them, does them, or manages.</summary>
internal static class VisibleTasks
{
    public static IQueryable<WorkTask> TasksVisibleTo(this CustomerSuccessContext context, Viewer viewer)
    {
        var (email, user, all) = (viewer.Email?.ToLowerInvariant(), viewer.UserId, viewer.MayManage);
        var tasks = context.WorkTasks.Where(task => task.DeletedAt == null);
        return viewer.OwnPortfolioOnly
            ? tasks.Where(task => task.AccountNo == 0
                ? task.AssigneeEmail == email || task.CreatedByUser == user
                : context.Accounts.VisibleTo(viewer).Any(account => account.AccountNo == task.AccountNo))
            : tasks.Where(task => task.AccountNo != 0 || all || task.AssigneeEmail == email || task.CreatedByUser == user);
    }

    /// <summary>The same for one task of no account.</summary>
    public static bool MaySee(Viewer viewer, WorkTask task) =>
        task.AccountNo != 0 || (viewer.MayManage && !viewer.OwnPortfolioOnly) || task.CreatedByUser == viewer.UserId || task.AssigneeEmail == viewer.Email?.ToLowerInvariant();
}
