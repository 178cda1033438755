using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Wording;

namespace CustomerSuccess.Web.Pages.Goals;

/// <summary>What the open list of goals shows.</summary>
public sealed class GoalsViewModel(GoalQuery query, ColleagueNames people, CurrentViewer current)
{
    /// <summary>Null until it was read.</summary>
    public GoalOverview? Overview { get; private set; }

    public bool MaySet { get; private set; }

    /// <summary>True where the reader sees the own goals alone.</summary>
    public bool OwnOnly { get; private set; }

    public async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        (MaySet, OwnOnly) = (GoalAccess.MaySet(viewer), !GoalAccess.SeesAll(viewer));
        await people.LoadAsync(cancellation);
        Overview = await query.ListAsync(viewer, cancellation);
    }
}

/// <summary>What the open page of one goal shows.</summary>
public sealed class GoalViewModel(GoalQuery query, GoalBook book, ColleagueNames people, TouchWords touches, CurrentViewer current)
{
    private Viewer? _viewer;

    /// <summary>Null where there is no such goal for the reader.</summary>
    public GoalDetails? Details { get; private set; }

    public bool MaySet => _viewer is { } viewer && GoalAccess.MaySet(viewer);

    public bool MayReview => _viewer is { } viewer && Details is { } details && GoalAccess.MayReview(viewer, details.Row.Goal);

    /// <summary>What a review can point to, by its name in the reader's language.</summary>
    public IReadOnlyList<GoalLink> Links { get; private set; } = [];

    public async Task ReadAsync(string goalId, CancellationToken cancellation)
    {
        _viewer = await current.GetAsync();
        await people.LoadAsync(cancellation);
        Details = await query.FindAsync(_viewer, goalId, cancellation);
    }

    public async Task ReadLinksAsync(CancellationToken cancellation) =>
        Links = [.. (await query.LinksAsync(cancellation)).All.Select(link => link.Kind == GoalLinkKind.Play ? link with { Title = touches.Play(link.Id) } : link)];

    public async Task<ActResult<Goal>> SetDeletedAsync(string goalId, bool isDeleted) => await book.SetDeletedAsync(await current.GetAsync(), goalId, isDeleted);

    public async Task<ActResult<GoalReview>> ReviewAsync(ReviewDraft draft, CancellationToken cancellation) => await book.ReviewAsync(await current.GetAsync(), draft, cancellation);
}
