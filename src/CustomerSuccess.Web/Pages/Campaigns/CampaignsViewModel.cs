using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Campaigns;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Campaigns;

/// <summary>Campaigns: all of them, or one with whom it reaches and what came of it.</summary>
public sealed class CampaignsViewModel(
    CampaignQuery query, CampaignResultQuery results, CampaignEffectQuery effects, CampaignMessages messages, CampaignEdits edits,
    SegmentQuery segments, MailTemplates templates, ColleagueNames names, SettingsStore settings, CurrentViewer current)
{
    private Viewer? _viewer;

    public CompanySettings Settings { get; private set; } = new();

    /// <summary>True where the reader may write campaigns.</summary>
    public bool MayWork => _viewer?.MayWork == true;

    /// <summary>True where the reader's campaigns go to the own accounts alone.</summary>
    public bool OwnAccountsOnly => _viewer is { MayManage: false } or { OwnPortfolioOnly: true };

    public string? Email => _viewer?.Email;

    public IReadOnlyList<CampaignRow> Campaigns { get; private set; } = [];

    public CampaignDetails? Details { get; private set; }

    public CampaignResults? Results { get; private set; }

    public CampaignEffect? Effect { get; private set; }

    public IReadOnlyList<SavedSegment> Segments { get; private set; } = [];

    public IReadOnlyList<MailTemplate> Templates { get; private set; } = [];

    public IReadOnlyList<MailList> Lists { get; private set; } = [];

    /// <summary>Whom it would reach; null before somebody asked.</summary>
    public CampaignReach? Reach { get; private set; }

    public CampaignPreview? Preview { get; private set; }

    public IReadOnlyDictionary<string, string> PreviewProblems { get; private set; } = new Dictionary<string, string>();

    public async Task ReadListAsync(bool archived, CancellationToken cancellation)
    {
        _viewer = await current.GetAsync();
        Settings = await settings.ReadAsync(cancellation);
        await names.LoadAsync(cancellation);
        Campaigns = await query.ListAsync(_viewer, archived, cancellation);
    }

    /// <summary>Reads a campaign with what came of it.</summary>
    /// <param name="campaignId">Null for a new one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task ReadAsync(string? campaignId, CancellationToken cancellation)
    {
        _viewer = await current.GetAsync();
        Settings = await settings.ReadAsync(cancellation);
        await names.LoadAsync(cancellation);
        Segments = [.. (await segments.ListAsync(cancellation)).Select(row => row.Segment)];
        Templates = await templates.ListAsync(cancellation: cancellation);
        Lists = await templates.ListsAsync(cancellation);
        Details = campaignId is null ? null : await query.FindAsync(_viewer, campaignId, cancellation);
        Results = Details is null ? null : await results.FindAsync(_viewer, campaignId!, cancellation);
    }

    public async Task ReadEffectAsync(string campaignId, CancellationToken cancellation) => Effect = await effects.FindAsync(campaignId, cancellation);

    public async Task ReachAsync(string? campaignId, CampaignPlan plan, CancellationToken cancellation) => Reach = await query.ReachAsync(_viewer!, campaignId, plan, cancellation);

    public async Task PreviewAsync(CampaignPlan plan, int? accountNo, string? language, int subjectNo, CancellationToken cancellation)
    {
        var result = await messages.PreviewAsync(_viewer!, plan, accountNo, language, subjectNo, cancellation);
        (Preview, PreviewProblems) = (result.Value, result.Problems);
    }

    public async Task<ActResult<MailSummary>> SendTestAsync(CampaignPlan plan, int? accountNo, string? language, int subjectNo) => await messages.SendTestAsync(await current.GetAsync(), plan, accountNo, language, subjectNo);

    public Task<Capped<CampaignMemberRow>> PeopleAsync(string campaignId, CampaignShow? show, int offset, int count, CancellationToken cancellation) => query.PeopleAsync(_viewer!, campaignId, show, offset, count, cancellation);

    public async Task<ActResult<Campaign>> SaveAsync(string? campaignId, CampaignPlan plan, int? seen) => await edits.SaveAsync(await current.GetAsync(), campaignId, plan, seen);

    public async Task<ActResult<Campaign>> StartAsync(string campaignId, int? seen) => await edits.StartAsync(await current.GetAsync(), campaignId, seen);

    public async Task<ActResult<Campaign>> UnscheduleAsync(string campaignId) => await edits.UnscheduleAsync(await current.GetAsync(), campaignId);

    public async Task<ActResult<Campaign>> PauseAsync(string campaignId) => await edits.PauseAsync(await current.GetAsync(), campaignId);

    public async Task<ActResult<Campaign>> ResumeAsync(string campaignId) => await edits.ResumeAsync(await current.GetAsync(), campaignId);

    public async Task<ActResult<Campaign>> StopAsync(string campaignId) => await edits.StopAsync(await current.GetAsync(), campaignId);

    public async Task<ActResult<Campaign>> ArchiveAsync(string campaignId, bool archived) => await edits.ArchiveAsync(await current.GetAsync(), campaignId, archived);

    public async Task<ActResult<Campaign>> CopyAsync(string campaignId) => await edits.CopyAsync(await current.GetAsync(), campaignId);

    public async Task<ActResult<Campaign>> DeleteAsync(string campaignId) => await edits.DeleteAsync(await current.GetAsync(), campaignId);

    public async Task<ActResult<Campaign>> RestoreAsync(string campaignId) => await edits.RestoreAsync(await current.GetAsync(), campaignId);

    public string NameOf(string? email) => email is null ? Format.Missing : names.Of(email);
}
