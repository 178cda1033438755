using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Segments;

/// <summary>A segment in a list.</summary>
/// <param name="Segment">What it says, and how many are in.</param>
/// <param name="Last">The last counting; null before there was one.</param>
/// <param name="Plays">How many plays ask for it.</param>
public sealed record SegmentRow(SavedSegment Segment, SegmentCount? Last, int Plays);

/// <summary>An account that a condition holds for.</summary>
public sealed record SegmentAccount(int AccountNo, string AccountId, string Namespace, string Name, string? OwnerEmail, decimal Mrr, double? Health, double? Probability);

/// <summary>Who fulfils a condition as of the newest score run.</summary>
/// <param name="AsOf">The run's day; null where nothing was scored yet.</param>
/// <param name="Total">Accounts that the viewer may see.</param>
/// <param name="Of">All accounts that the viewer may see.</param>
/// <param name="Mrr">Of those that fulfil it, in the reporting currency.</param>
/// <param name="Currency">Of money.</param>
/// <param name="Accounts">The largest of them by MRR.</param>
public sealed record SegmentPreview(DateOnly? AsOf, int Total, int Of, decimal Mrr, string Currency, IReadOnlyList<SegmentAccount> Accounts);

/// <summary>An account that entered a segment or left it.</summary>
/// <param name="On">The day as of which it was told.</param>
/// <param name="IsEntry">False where it left.</param>
/// <param name="ByChange">True where the segment was changed, not the account.</param>
public sealed record SegmentMove(int AccountNo, string AccountId, string Namespace, string Name, DateOnly On, bool IsEntry, bool ByChange);

/// <summary>Everything about a segment.</summary>
/// <param name="Segment">What it says.</param>
/// <param name="Versions">Newest first.</param>
/// <param name="Counts">Oldest first, the newest <see cref="SegmentQuery.MostCounts"/>.</param>
/// <param name="Moves">Newest first, of accounts that the viewer may see.</param>
/// <param name="UsedBySegments">Names.</param>
/// <param name="UsedByPlays">Keys.</param>
/// <param name="UsedBySurveys">Names.</param>
/// <param name="UsedByCampaigns">Ids and names of those that are not over.</param>
public sealed record SegmentDetails(SavedSegment Segment, IReadOnlyList<SegmentVersion> Versions, IReadOnlyList<SegmentCount> Counts, IReadOnlyList<SegmentMove> Moves, IReadOnlyList<string> UsedBySegments, IReadOnlyList<string> UsedByPlays, IReadOnlyList<string> UsedBySurveys, IReadOnlyList<(string CampaignId, string Name)> UsedByCampaigns);

/// <summary>Reads segments, and tries conditions out.</summary>
public sealed class SegmentQuery(Database database)
{
    /// <summary>Accounts that a preview names.</summary>
    public const int Named = 20;

    public const int MostCounts = 90;

    public const int MostMoves = 40;

    /// <summary>Values of a field that are offered.</summary>
    public const int MostValues = 100;

    /// <summary>Every segment by name.</summary>
    public async Task<IReadOnlyList<SegmentRow>> ListAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var segments = await context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null).ToListAsync(cancellation);
        var counts = await context.SegmentCounts.AsNoTracking().Where(count => !context.SegmentCounts.Any(later => later.SegmentId == count.SegmentId && later.CountNo > count.CountNo)).ToDictionaryAsync(count => count.SegmentId, cancellation);
        var plays = await context.StoredPlays.AsNoTracking().Where(play => play.DeletedAt == null).Select(play => play.PlayJson).ToListAsync(cancellation);
        return [.. segments.OrderBy(segment => segment.Name, StringComparer.CurrentCultureIgnoreCase)
            .Select(segment => new SegmentRow(segment, counts.GetValueOrDefault(segment.SegmentId), plays.Count(play => play.Contains(segment.SegmentId, StringComparison.Ordinal))))];
    }

    /// <summary>A segment with its history; null where there is none of that id.</summary>
    public async Task<SegmentDetails?> FindAsync(Viewer viewer, string segmentId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await context.SavedSegments.AsNoTracking().FirstOrDefaultAsync(segment => segment.SegmentId == segmentId, cancellation) is not { } segment)
        {
            return null;
        }

        var versions = await context.SegmentVersions.AsNoTracking().Where(version => version.SegmentId == segmentId).OrderByDescending(version => version.Version).ToListAsync(cancellation);
        var counts = await context.SegmentCounts.AsNoTracking().Where(count => count.SegmentId == segmentId).OrderByDescending(count => count.CountNo).Take(MostCounts).ToListAsync(cancellation);
        counts.Reverse();
        var (segments, plays, surveys, campaigns) = await SegmentEdits.UsersAsync(context, segmentId, cancellation);
        return new(segment, versions, counts, await MovesAsync(context, viewer, segmentId, cancellation), segments, plays, surveys, campaigns);
    }

    /// <summary>Who fulfils a condition now, among the accounts that the viewer may see.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="condition">One that was checked: a field that is not known is missing.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<SegmentPreview> PreviewAsync(Viewer viewer, Condition condition, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new(null, 0, 0, 0, "", []);
        }

        var table = await RunTable.ReadAsync(context, run, [condition], await SegmentMembers.ConditionsAsync(context, cancellation), cancellation);
        var visible = viewer.OwnPortfolioOnly ? (await context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo).ToListAsync(cancellation)).ToHashSet() : null;
        bool IsVisible(int account) => visible is null || visible.Contains(account);
        var matching = table.Matching(condition).Select(row => table.Scores[row]).Where(score => IsVisible(score.AccountNo)).ToList();
        var named = matching.OrderByDescending(score => score.Mrr).ThenBy(score => score.AccountNo).Take(Named).ToList();
        var numbers = named.Select(score => score.AccountNo).ToList();
        var ids = await context.Accounts.AsNoTracking().Where(account => numbers.Contains(account.AccountNo)).Select(account => new { account.AccountNo, account.AccountId, account.Namespace }).ToDictionaryAsync(account => account.AccountNo, cancellation);
        return new(run.AsOf, matching.Count, table.Scores.Count(score => IsVisible(score.AccountNo)), matching.Sum(score => score.Mrr), ScoreRunQuery.SettingsOf(run).Currency,
            [.. named.Where(score => ids.ContainsKey(score.AccountNo)).Select(score => new SegmentAccount(score.AccountNo, ids[score.AccountNo].AccountId, ids[score.AccountNo].Namespace, score.Name, score.OwnerEmail, score.Mrr, score.Health, score.ChurnProbability))]);
    }

    /// <summary>Every field that conditions can ask for, and the names of the segments that are among them.</summary>
    /// <param name="except">A segment that must not ask for itself; null for none.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<(IReadOnlyDictionary<string, SegmentField> Fields, IReadOnlyDictionary<string, string> Segments)> FieldsAsync(string? except = null, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var segments = await context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null).OrderBy(segment => segment.Name).ToListAsync(cancellation);
        return (await FieldsAsync(context, [.. segments.Where(segment => segment.SegmentId != except)], cancellation), segments.ToDictionary(segment => segment.SegmentId, segment => segment.Name));
    }

    /// <summary>The texts that a field has among the accounts that the viewer may see, most frequent first.</summary>
    public async Task<IReadOnlyList<string>> ValuesAsync(Viewer viewer, string field, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (field == SegmentFields.Stage)
        {
            return SegmentFields.Stages;
        }

        if (field == SegmentFields.Name || await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return [];
        }

        var table = await RunTable.ReadAsync(context, run, [new FieldTest(field, TestKind.Known)], new Dictionary<string, Condition>(), cancellation);
        var visible = viewer.OwnPortfolioOnly ? (await context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo).ToListAsync(cancellation)).ToHashSet() : null;
        return [.. Enumerable.Range(0, table.Scores.Length).Where(row => visible is null || visible.Contains(table.Scores[row].AccountNo))
            .SelectMany(row => table.At(row).Texts(field)).CountBy(text => text).OrderByDescending(own => own.Value).ThenBy(own => own.Key, StringComparer.Ordinal).Take(MostValues).Select(own => own.Key)];
    }

    internal static async Task<IReadOnlyDictionary<string, SegmentField>> FieldsAsync(CustomerSuccessContext context, IReadOnlyList<SavedSegment> segments, CancellationToken cancellation)
    {
        var attributes = (await context.Attributes.AsNoTracking().Where(attribute => attribute.Record == "accounts").OrderBy(attribute => attribute.Name).ToListAsync(cancellation))
            .Where(Features.AttributePass.IsFeature);
        var catalogues = await context.FeatureCatalogues.AsNoTracking().Select(catalogue => catalogue.Text).ToListAsync(cancellation);
        var metrics = FeatureCatalogue.MetricsOf(catalogues.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => line.Split('\t')[0]));
        return SegmentFields.Of(metrics, attributes, segments).DistinctBy(field => field.Name).ToDictionary(field => field.Name, StringComparer.Ordinal);
    }

    private static async Task<List<SegmentMove>> MovesAsync(CustomerSuccessContext context, Viewer viewer, string segmentId, CancellationToken cancellation)
    {
        var accounts = context.Accounts.AsNoTracking().VisibleTo(viewer);
        var stays = context.SegmentStays.AsNoTracking().Where(stay => stay.SegmentId == segmentId);
        var entered = await stays.Join(accounts, stay => stay.AccountNo, account => account.AccountNo, (stay, account) => new { stay, account.AccountId, account.Namespace, account.Name })
            .OrderByDescending(own => own.stay.EnteredOn).ThenBy(own => own.stay.AccountNo).Take(MostMoves).ToListAsync(cancellation);
        var left = await stays.Where(stay => stay.LeftOn != null).Join(accounts, stay => stay.AccountNo, account => account.AccountNo, (stay, account) => new { stay, account.AccountId, account.Namespace, account.Name })
            .OrderByDescending(own => own.stay.LeftOn).ThenBy(own => own.stay.AccountNo).Take(MostMoves).ToListAsync(cancellation);
        return [.. entered.Select(own => new SegmentMove(own.stay.AccountNo, own.AccountId, own.Namespace, own.Name, own.stay.EnteredOn, true, own.stay.EnteredByChange))
            .Concat(left.Select(own => new SegmentMove(own.stay.AccountNo, own.AccountId, own.Namespace, own.Name, own.stay.LeftOn!.Value, false, own.stay.LeftByChange)))
            .OrderByDescending(move => move.On).ThenBy(move => move.Name, StringComparer.Ordinal).Take(MostMoves)];
    }
}
