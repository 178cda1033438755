using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Segments;

/// <summary>Keeps segments: adds, changes and deletes them, each change as a version, and tells at once who is in.</summary>
public sealed class SegmentEdits(Acts acts)
{
    /// <summary>Segments that a company may have.</summary>
    public const int Most = 200;

    internal const string Lock = "segments";

    /// <summary>Adds a segment or changes one. Problems by field: <c>name</c> (<c>missing</c>, <c>too_long</c>, <c>taken</c>, <c>too_many</c>), <c>description</c>, <c>condition</c> (a code of <see cref="ConditionRules"/>).</summary>
    /// <param name="viewer">Who may manage.</param>
    /// <param name="segmentId">Null for a new one.</param>
    /// <param name="draft">What it is to say.</param>
    /// <param name="seen">The version that the viewer saw; null where any will do.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<SavedSegment>> SaveAsync(Viewer viewer, string? segmentId, SegmentDraft draft, int? seen = null, CancellationToken cancellation = default)
    {
        if (!viewer.MayManage)
        {
            return ActResult.Forbidden<SavedSegment>();
        }

        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var segment = segmentId is null ? null : await act.Context.SavedSegments.FindAsync([segmentId], cancellation);
            if (segmentId is not null && segment is not { DeletedAt: null })
            {
                return ActResult.NotFound<SavedSegment>();
            }

            if (segment is not null && seen is { } version && version != segment.Version)
            {
                return ActResult.Conflict(segment);
            }

            if (await ProblemsAsync(act, segment, draft) is { Count: > 0 } problems)
            {
                return ActResult.Invalid<SavedSegment>(problems);
            }

            var (name, description, json) = (EnteredText.Of(draft.Name)!, EnteredText.Of(draft.Description), ConditionText.Write(draft.Condition));
            if (segment is not null && (segment.Name, segment.Description, segment.ConditionJson) == (name, description, json))
            {
                return ActResult.Unchanged(segment);
            }

            var changes = new FieldChanges().Note("name", segment?.Name, name).Note("description", segment?.Description, description).Note("condition", segment?.ConditionJson, json);
            var isNew = segment is null;
            if (segment is null)
            {
                segment = new SavedSegment { SegmentId = act.NewId(), Name = name, ConditionJson = json };
                act.Context.SavedSegments.Add(segment);
            }

            var tellsOthers = segment.ConditionJson != json;
            (segment.Name, segment.Description, segment.ConditionJson, segment.ChangedAt, segment.ChangedByEmail, segment.Version) = (name, description, json, act.Now, viewer.Email, segment.Version + 1);
            act.Context.SegmentVersions.Add(new SegmentVersion { SegmentId = segment.SegmentId, Version = segment.Version, Name = name, Description = description, ConditionJson = json, At = act.Now, ByEmail = viewer.Email });
            act.Note(JournalAreas.Segment, isNew ? "created" : "changed", recordId: segment.SegmentId, changes: changes);
            if (isNew || tellsOthers)
            {
                await TellAsync(act, segment);
            }

            return ActResult.Done(segment);
        }, cancellation);
    }

    /// <summary>Deletes a segment that nothing asks for; problems: <c>segment</c> is <c>in_use</c>.</summary>
    public async Task<ActResult<SavedSegment>> DeleteAsync(Viewer viewer, string segmentId, CancellationToken cancellation = default) => !viewer.MayManage
        ? ActResult.Forbidden<SavedSegment>()
        : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.SavedSegments.FindAsync([segmentId], cancellation) is not { } segment)
            {
                return ActResult.NotFound<SavedSegment>();
            }

            if (segment.DeletedAt is not null)
            {
                return ActResult.Unchanged(segment);
            }

            if ((await UsersAsync(act.Context, segmentId, cancellation)) is { Segments.Count: > 0 } or { Plays.Count: > 0 } or { Surveys.Count: > 0 } or { Campaigns.Count: > 0 })
            {
                return ActResult.Invalid<SavedSegment>("segment", "in_use");
            }

            (segment.DeletedAt, segment.ChangedAt, segment.ChangedByEmail, segment.Version) = (act.Now, act.Now, viewer.Email, segment.Version + 1);
            var members = await act.Context.SegmentStays.Where(stay => stay.SegmentId == segmentId && stay.LeftOn == null).Select(stay => stay.AccountNo).Order().ToListAsync(cancellation);
            await SegmentMembers.LeaveAsync(act.Context, segmentId, members, segment.CountedOn ?? DateOnly.FromDateTime(act.Now), byChange: true, cancellation);
            act.Note(JournalAreas.Segment, "deleted", recordId: segmentId, changes: new FieldChanges().Note("name", segment.Name, null));
            return ActResult.Done(segment);
        }, cancellation);

    /// <summary>Brings a deleted segment back, with whoever is in it now.</summary>
    public async Task<ActResult<SavedSegment>> RestoreAsync(Viewer viewer, string segmentId, CancellationToken cancellation = default) => !viewer.MayManage
        ? ActResult.Forbidden<SavedSegment>()
        : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.SavedSegments.FindAsync([segmentId], cancellation) is not { } segment)
            {
                return ActResult.NotFound<SavedSegment>();
            }

            if (segment.DeletedAt is null)
            {
                return ActResult.Unchanged(segment);
            }

            // what it asks for may be gone, and its name taken, by now
            if (await ProblemsAsync(act, segment, SegmentDraft.Of(segment)) is { Count: > 0 } problems)
            {
                return ActResult.Invalid<SavedSegment>(problems);
            }

            (segment.DeletedAt, segment.ChangedAt, segment.ChangedByEmail, segment.Version) = (null, act.Now, viewer.Email, segment.Version + 1);
            act.Context.SegmentVersions.Add(new SegmentVersion { SegmentId = segment.SegmentId, Version = segment.Version, Name = segment.Name, Description = segment.Description, ConditionJson = segment.ConditionJson, At = act.Now, ByEmail = viewer.Email });
            act.Note(JournalAreas.Segment, "restored", recordId: segmentId, changes: new FieldChanges().Note("name", null, segment.Name));
            await TellAsync(act, segment);
            return ActResult.Done(segment);
        }, cancellation);

    /// <summary>What asks for a segment: names of segments, keys of plays, names of surveys and of campaigns that are not over.</summary>
    internal static async Task<(IReadOnlyList<string> Segments, IReadOnlyList<string> Plays, IReadOnlyList<string> Surveys, IReadOnlyList<(string CampaignId, string Name)> Campaigns)> UsersAsync(CustomerSuccessContext context, string segmentId, CancellationToken cancellation)
    {
        var segments = await context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null && segment.SegmentId != segmentId && segment.ConditionJson.Contains(segmentId)).Select(segment => segment.Name).Order().ToListAsync(cancellation);
        var plays = await context.StoredPlays.AsNoTracking().Where(play => play.DeletedAt == null && play.PlayJson.Contains(segmentId)).Select(play => play.PlayKey).Order().ToListAsync(cancellation);
        var surveys = await context.Surveys.AsNoTracking().Where(survey => survey.DeletedAt == null && survey.PlanJson.Contains(segmentId)).Select(survey => survey.Name).Order().ToListAsync(cancellation);
        var campaigns = await context.Campaigns.AsNoTracking().Where(campaign => campaign.DeletedAt == null && campaign.ArchivedAt == null && campaign.FinishedAt == null && campaign.PlanJson.Contains(segmentId)).OrderBy(campaign => campaign.Name).Select(campaign => new { campaign.CampaignId, campaign.Name }).ToListAsync(cancellation);
        return (segments, plays, surveys, [.. campaigns.Select(campaign => (campaign.CampaignId, campaign.Name))]);
    }

    /// <summary>Who is in by the newest run; the members of segments that ask for this one are told with it.</summary>
    private static async Task TellAsync(ActScope act, SavedSegment changed)
    {
        if (await ScoreRunQuery.NewestAsync(act.Context, act.Cancellation) is not { } run)
        {
            return;
        }

        await act.Context.SaveChangesAsync(act.Cancellation);
        var segments = await SegmentMembers.ConditionsAsync(act.Context, act.Cancellation);
        var told = segments.Where(own => own.Key == changed.SegmentId || RunTable.FieldsOf([own.Value], segments).Any(field => ConditionRules.SegmentOf(field) == changed.SegmentId)).ToList();
        var table = await RunTable.ReadAsync(act.Context, run, told.Select(own => own.Value), segments, act.Cancellation);
        foreach (var (id, condition) in told)
        {
            var segment = (await act.Context.SavedSegments.FindAsync([id], act.Cancellation))!;
            await SegmentMembers.PutAsync(act.Context, segment, run, table, table.Matching(condition), act.Now, byChange: true, act.Cancellation);
        }
    }

    private static async Task<Dictionary<string, string>> ProblemsAsync(ActScope act, SavedSegment? segment, SegmentDraft draft)
    {
        var problems = new Dictionary<string, string>();
        var name = EnteredText.Of(draft.Name);
        EnteredText.Check(problems, "name", name, SavedSegment.LongestName, isRequired: true);
        EnteredText.Check(problems, "description", EnteredText.Of(draft.Description), SavedSegment.LongestDescription);
        var id = segment?.SegmentId ?? "";
        var others = await act.Context.SavedSegments.AsNoTracking().Where(other => other.DeletedAt == null && other.SegmentId != id).ToListAsync(act.Cancellation);
        if (name is not null && others.Exists(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            problems["name"] = "taken";
        }
        else if (segment is null && others.Count >= Most)
        {
            problems["name"] = "too_many";
        }

        var fields = await SegmentQuery.FieldsAsync(act.Context, others, act.Cancellation);
        if (ConditionRules.Check(draft.Condition, fields) is [var first, ..])
        {
            problems["condition"] = first.Code;
        }
        else if (id.Length > 0 && ConditionRules.RefersToItself(id, draft.Condition, others.ToDictionary(other => other.SegmentId, other => other.Condition)))
        {
            problems["condition"] = "refers_to_itself";
        }

        return problems;
    }
}
