using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Surveys;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;

namespace CustomerSuccess.Web.Pages.Surveys;

/// <summary>Surveys: all of them, or one with whom it asked and what they said.</summary>
public sealed class SurveysViewModel(SurveyQuery query, SurveyEdits edits, SegmentQuery segments, ColleagueNames names, SettingsStore settings, CurrentViewer current)
{
    private Viewer? _viewer;

    public CompanySettings Settings { get; private set; } = new();

    public bool MayManage => _viewer?.MayManage == true;

    /// <summary>True where the reader sees a portfolio alone.</summary>
    public bool OwnOnly => _viewer?.OwnPortfolioOnly == true;

    public IReadOnlyList<SurveyRow> Surveys { get; private set; } = [];

    /// <summary>The survey that is open; null for a new one, or one that is not there.</summary>
    public SurveyDetails? Details { get; private set; }

    public SurveyResults? Results { get; private set; }

    public IReadOnlyList<SavedSegment> Segments { get; private set; } = [];

    /// <summary>Custom attributes that answers may be written to.</summary>
    public IReadOnlyList<FieldChoice> Attributes { get; private set; } = [];

    /// <summary>The message as a real account would get it; null where there is nobody to show it by.</summary>
    public SurveyPreview? Preview { get; private set; }

    /// <summary>What is wrong with the message, by field.</summary>
    public IReadOnlyDictionary<string, string> PreviewProblems { get; private set; } = new Dictionary<string, string>();

    public async Task ReadListAsync(CancellationToken cancellation)
    {
        _viewer = await current.GetAsync();
        Settings = await settings.ReadAsync(cancellation);
        Surveys = await query.ListAsync(_viewer, cancellation);
    }

    /// <summary>Reads a survey with what came of it.</summary>
    /// <param name="surveyId">Null for a new one.</param>
    /// <param name="wave">One wave; null for all.</param>
    /// <param name="attributes">What an attribute is called, of an account or of a person.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task ReadAsync(string? surveyId, int? wave, Func<AttributeDefinition, string> attributes, CancellationToken cancellation)
    {
        _viewer = await current.GetAsync();
        Settings = await settings.ReadAsync(cancellation);
        await names.LoadAsync(cancellation);
        Segments = [.. (await segments.ListAsync(cancellation)).Select(row => row.Segment)];
        Attributes = [.. (await query.AttributesAsync(cancellation)).Select(attribute => new FieldChoice($"{attribute.Record}:{attribute.Name}", attributes(attribute)))];
        Details = surveyId is null ? null : await query.FindAsync(_viewer, surveyId, cancellation);
        Results = Details is null ? null : await query.ResultsAsync(_viewer, surveyId!, wave, cancellation);
    }

    public Task<Capped<InvitationRow>> PeopleAsync(string surveyId, InvitationFilter filter, int offset, int count, CancellationToken cancellation) => query.PeopleAsync(_viewer!, surveyId, filter, offset, count, cancellation);

    public async Task PreviewAsync(SurveyPlan plan, int? accountNo, CancellationToken cancellation)
    {
        var result = await query.PreviewAsync(_viewer!, plan, accountNo, cancellation);
        (Preview, PreviewProblems) = (result.Value, result.Problems);
    }

    public async Task<ActResult<Survey>> SaveAsync(string? surveyId, SurveyPlan plan, int? seen) => await edits.SaveAsync(await current.GetAsync(), surveyId, plan, seen);

    public async Task<ActResult<Survey>> TurnAsync(string surveyId, bool on) => await edits.TurnAsync(await current.GetAsync(), surveyId, on);

    public async Task<ActResult<SurveyWave>> StartWaveAsync(string surveyId) => await edits.StartWaveAsync(await current.GetAsync(), surveyId);

    public async Task<ActResult<Survey>> DeleteAsync(string surveyId) => await edits.DeleteAsync(await current.GetAsync(), surveyId);

    public async Task<ActResult<Survey>> RestoreAsync(string surveyId) => await edits.RestoreAsync(await current.GetAsync(), surveyId);

    public string NameOf(string? email) => email is null ? Format.Missing : names.Of(email);
}
