using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Conditions;

namespace CustomerSuccess.Web.Pages.Segments;

/// <summary>Saved segments: all of them, or one with its members and its history.</summary>
public sealed class SegmentsViewModel(SegmentQuery query, SegmentEdits edits, ColleagueNames names, SettingsStore settings, CurrentViewer current)
{
    private Viewer? _viewer;

    public CompanySettings Settings { get; private set; } = new();

    public bool MayManage => _viewer?.MayManage == true;

    public IReadOnlyList<SegmentRow> Segments { get; private set; } = [];

    /// <summary>The segment that is open; null for a new one, or one that is not there.</summary>
    public SegmentDetails? Details { get; private set; }

    public ConditionEditing Editing { get; private set; } = new(new Dictionary<string, SegmentField>(), new Dictionary<string, string>(), "", _ => Task.FromResult<IReadOnlyList<string>>([]));

    public SegmentPreview? Preview { get; private set; }

    public async Task ReadListAsync(CancellationToken cancellation)
    {
        await StartAsync(null, cancellation);
        Segments = await query.ListAsync(cancellation);
    }

    /// <summary>Reads a segment with what conditions can ask for.</summary>
    /// <param name="segmentId">Null for a new one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task ReadAsync(string? segmentId, CancellationToken cancellation)
    {
        await StartAsync(segmentId, cancellation);
        await names.LoadAsync(cancellation);
        Details = segmentId is null ? null : await query.FindAsync(_viewer!, segmentId, cancellation);
    }

    /// <summary>Notes what is wrong with a condition, by its parts.</summary>
    public void Note(IReadOnlyDictionary<string, string> problems) => Editing = Editing with { Problems = problems };

    public async Task PreviewAsync(Condition condition, CancellationToken cancellation) => Preview = await query.PreviewAsync(_viewer!, condition, cancellation);

    public async Task<ActResult<SavedSegment>> SaveAsync(string? segmentId, SegmentDraft draft, int? seen) => await edits.SaveAsync(await current.GetAsync(), segmentId, draft, seen);

    public async Task<ActResult<SavedSegment>> DeleteAsync(string segmentId) => await edits.DeleteAsync(await current.GetAsync(), segmentId);

    public async Task<ActResult<SavedSegment>> RestoreAsync(string segmentId) => await edits.RestoreAsync(await current.GetAsync(), segmentId);

    public string NameOf(string? email) => email is null ? Format.Missing : names.Of(email);

    private async Task StartAsync(string? segmentId, CancellationToken cancellation)
    {
        var viewer = _viewer = await current.GetAsync();
        Settings = await settings.ReadAsync(cancellation);
        var (fields, segments) = await query.FieldsAsync(segmentId, cancellation);
        Editing = new(fields, segments, Settings.Currency, field => query.ValuesAsync(viewer, field, CancellationToken.None));
    }
}
