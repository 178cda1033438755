using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Views;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Views;

/// <summary>Views of lists under names: one's own, and those that are shared. Everybody who reads a list may keep views of it.</summary>
public sealed class SavedViews(Database database, Acts acts)
{
    /// <summary>The views that the viewer sees of a list, in the order that he or she gave them; others after that by name.</summary>
    public async Task<IReadOnlyList<ViewEntry>> ListAsync(Viewer viewer, QueueList list, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await ListAsync(context, viewer, list, cancellation);
    }

    /// <summary>A view that the viewer sees; null where there is none of that id, or name.</summary>
    public async Task<ViewEntry?> FindAsync(Viewer viewer, QueueList list, string idOrName, CancellationToken cancellation = default)
    {
        var views = await ListAsync(viewer, list, cancellation);
        return views.FirstOrDefault(entry => entry.View.ViewId == idOrName) ?? views.FirstOrDefault(entry => string.Equals(entry.View.Name, idOrName, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Keeps what a list shows under a name.</summary>
    /// <param name="viewer">Whose it will be.</param>
    /// <param name="list">The list.</param>
    /// <param name="name">At most <see cref="SavedView.LongestName"/> characters.</param>
    /// <param name="query">As the list's address says it.</param>
    /// <param name="isShared">True where everybody is to see it.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<SavedView>> AddAsync(Viewer viewer, QueueList list, string name, string query, bool isShared, CancellationToken cancellation = default) =>
        Problems(name, query) is { Count: > 0 } problems ? ActResult.Invalid<SavedView>(problems)
        : isShared && !viewer.MayWork ? ActResult.Forbidden<SavedView>()
        : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(LockOf(viewer));
            if (await act.Context.SavedViews.CountAsync(view => view.OwnerUser == viewer.UserId && view.List == list && view.DeletedAt == null, cancellation) >= SavedView.Most)
            {
                return ActResult.Invalid<SavedView>("name", "too_many");
            }

            var view = new SavedView { ViewId = act.NewId(), List = list, Name = EnteredText.Of(name)!, Query = query, OwnerUser = viewer.UserId, OwnerEmail = viewer.Email, IsShared = isShared, CreatedAt = act.Now, ChangedAt = act.Now, Version = 1 };
            act.Context.SavedViews.Add(view);
            act.Note(JournalAreas.View, "created", recordId: view.ViewId, changes: new FieldChanges().Note("name", null, view.Name).Note("query", null, query).Note("shared", null, isShared ? "true" : "false"));
            return ActResult.Done(view);
        }, cancellation);

    /// <summary>Changes a view; what is null stays as it is.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="viewId">The view.</param>
    /// <param name="name">Another name.</param>
    /// <param name="query">What it shows from now on.</param>
    /// <param name="isShared">Whether everybody sees it.</param>
    /// <param name="seen">The version that the viewer saw; null where any will do.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<SavedView>> EditAsync(Viewer viewer, string viewId, string? name = null, string? query = null, bool? isShared = null, int? seen = null, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, viewId, (act, view) =>
        {
            if (view.DeletedAt is not null)
            {
                return ActResult.NotFound<SavedView>();
            }

            if (seen is { } version && version != view.Version)
            {
                return ActResult.Conflict(view);
            }

            if (Problems(name ?? view.Name, query ?? view.Query) is { Count: > 0 } problems)
            {
                return ActResult.Invalid<SavedView>(problems);
            }

            if (isShared == true && !viewer.MayWork)
            {
                return ActResult.Forbidden<SavedView>();
            }

            var (newName, newQuery, shared) = (EnteredText.Of(name) ?? view.Name, query ?? view.Query, isShared ?? view.IsShared);
            var changes = new FieldChanges().Note("name", view.Name, newName).Note("query", view.Query, newQuery).Note("shared", view.IsShared ? "true" : "false", shared ? "true" : "false");
            if (!changes.Any)
            {
                return ActResult.Unchanged(view);
            }

            (view.Name, view.Query, view.IsShared, view.ChangedAt, view.Version) = (newName, newQuery, shared, act.Now, view.Version + 1);
            act.Note(JournalAreas.View, "changed", recordId: viewId, changes: changes);
            return ActResult.Done(view);
        }, cancellation);

    /// <summary>Deletes a view, or brings it back; twice is once.</summary>
    public Task<ActResult<SavedView>> SetDeletedAsync(Viewer viewer, string viewId, bool isDeleted, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, viewId, (act, view) =>
        {
            if (view.DeletedAt is not null == isDeleted)
            {
                return ActResult.Unchanged(view);
            }

            (view.DeletedAt, view.ChangedAt, view.Version) = (isDeleted ? act.Now : null, act.Now, view.Version + 1);
            act.Note(JournalAreas.View, isDeleted ? "deleted" : "restored", recordId: viewId, changes: new FieldChanges().Note("name", isDeleted ? view.Name : null, isDeleted ? null : view.Name));
            return ActResult.Done(view);
        }, cancellation);

    /// <summary>Which view opens first for the viewer; null for the plain list.</summary>
    public Task<ActResult<ViewPreference>> SetDefaultAsync(Viewer viewer, QueueList list, string? viewId, CancellationToken cancellation = default) =>
        PreferAsync(viewer, list, async (act, preference) =>
        {
            if (viewId is not null && (await ListAsync(act.Context, viewer, list, cancellation)).All(entry => entry.View.ViewId != viewId))
            {
                return ActResult.NotFound<ViewPreference>();
            }

            if (preference.DefaultViewId == viewId)
            {
                return ActResult.Unchanged(preference);
            }

            preference.DefaultViewId = viewId;
            return ActResult.Done(preference);
        }, cancellation);

    /// <summary>Moves a view up or down by one place in the viewer's own order.</summary>
    public Task<ActResult<ViewPreference>> MoveAsync(Viewer viewer, QueueList list, string viewId, bool isUp, CancellationToken cancellation = default) =>
        PreferAsync(viewer, list, async (act, preference) =>
        {
            var order = (await ListAsync(act.Context, viewer, list, cancellation)).Select(entry => entry.View.ViewId).ToList();
            var place = order.IndexOf(viewId);
            var other = isUp ? place - 1 : place + 1;
            if (place < 0)
            {
                return ActResult.NotFound<ViewPreference>();
            }

            if (other < 0 || other >= order.Count)
            {
                return ActResult.Unchanged(preference);
            }

            (order[place], order[other]) = (order[other], order[place]);
            preference.OrderJson = JsonSerializer.Serialize(order);
            return ActResult.Done(preference);
        }, cancellation);

    private static async Task<IReadOnlyList<ViewEntry>> ListAsync(CustomerSuccessContext context, Viewer viewer, QueueList list, CancellationToken cancellation)
    {
        var views = await context.SavedViews.AsNoTracking().Where(view => view.List == list && view.DeletedAt == null && (view.IsShared || view.OwnerUser == viewer.UserId)).ToListAsync(cancellation);
        var preference = await context.ViewPreferences.AsNoTracking().FirstOrDefaultAsync(known => known.UserId == viewer.UserId && known.List == list, cancellation);
        var order = preference is null ? [] : JsonSerializer.Deserialize<List<string>>(preference.OrderJson) ?? [];
        return
        [
            .. views.OrderBy(view => order.IndexOf(view.ViewId) is >= 0 and var place ? place : int.MaxValue).ThenBy(view => SortKey.Of(view.Name), StringComparer.Ordinal).ThenBy(view => view.ViewId, StringComparer.Ordinal)
                .Select(view => new ViewEntry(view, view.OwnerUser == viewer.UserId, MayChange(viewer, view), view.ViewId == preference?.DefaultViewId)),
        ];
    }

    private Task<ActResult<SavedView>> ChangeAsync(Viewer viewer, string viewId, Func<ActScope, SavedView, ActResult<SavedView>> change, CancellationToken cancellation) =>
        acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync("view:" + viewId);
            return await act.Context.SavedViews.FindAsync([viewId], cancellation) is not { } view || (view.OwnerUser != viewer.UserId && !view.IsShared) ? ActResult.NotFound<SavedView>()
                : !MayChange(viewer, view) ? ActResult.Forbidden<SavedView>()
                : change(act, view);
        }, cancellation);

    private Task<ActResult<ViewPreference>> PreferAsync(Viewer viewer, QueueList list, Func<ActScope, ViewPreference, Task<ActResult<ViewPreference>>> change, CancellationToken cancellation) =>
        acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(LockOf(viewer));
            var preference = await act.Context.ViewPreferences.FindAsync([viewer.UserId, list], cancellation);
            if (preference is null)
            {
                preference = new ViewPreference { UserId = viewer.UserId, List = list };
                act.Context.ViewPreferences.Add(preference);
            }

            return await change(act, preference);
        }, cancellation);

    private static bool MayChange(Viewer viewer, SavedView view) => view.OwnerUser == viewer.UserId || (view.IsShared && viewer.MayManage);

    private static string LockOf(Viewer viewer) => "views:" + viewer.UserId;

    private static Dictionary<string, string> Problems(string name, string query)
    {
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "name", EnteredText.Of(name), SavedView.LongestName, isRequired: true);
        if (query.Length > SavedView.LongestQuery)
        {
            problems["query"] = "too_long";
        }

        return problems;
    }
}
