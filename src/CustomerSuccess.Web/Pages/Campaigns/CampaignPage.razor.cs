using System.Globalization;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Surfaces;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Campaigns;

/// <summary>One campaign: what came of it, who gets it and who not, what it says.</summary>
public sealed partial class CampaignPage
{
    private static readonly string[] Areas = [JournalAreas.Campaign];

    private CampaignDraft _draft = CampaignDraft.Of(new CampaignPlan(), []);
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private DraftForm? _form;
    private Campaign? _theirs;
    private FoundAccount? _account;
    private string? _language;
    private int _subject;
    private int? _seen;
    private int _read;
    private bool _looking;

    /// <summary>The campaign's id, or <c>new</c>.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = CampaignAddress.TabKey)]
    private string? AskedTab { get; set; }

    [SupplyParameterFromQuery(Name = CampaignAddress.ShowKey)]
    private string? Show { get; set; }

    protected override object? Subject => Id;

    [Inject]
    private CampaignsViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private Asking Asking { get; set; } = default!;

    private string? CampaignId => Id == "new" ? null : Id;

    private Campaign? Open => Model.Details?.Row.Campaign is { DeletedAt: null } open ? open : null;

    private bool MayChange => Model.Details?.Row.MayChange == true;

    /// <summary>True where what it says may still be changed by the reader.</summary>
    private bool MayEdit => CampaignId is null ? Model.MayWork : MayChange && Open is { MayChange: true };

    private string Tab => CampaignId is null || Model.Details is null ? CampaignAddress.Definition
        : AskedTab is CampaignAddress.Results or CampaignAddress.People or CampaignAddress.Definition ? AskedTab
        : Model.Details.Row.Campaign.MayChange ? CampaignAddress.Definition : CampaignAddress.Results;

    private string Title => CampaignId is null ? Text["NewTitle"] : Model.Details?.Row.Campaign.Name ?? Text["Title"];

    private string? Answer => !IsReady ? null
        : CampaignId is null ? Text[Model.OwnAccountsOnly ? "NewAnswerOwn" : "NewAnswer"].Value
        : Model.Details is not { Row: { Campaign: var campaign, Counts: var counts } } ? null
        : campaign.State switch
        {
            CampaignState.Draft => Text["AnswerDraft"].Value,
            CampaignState.Scheduled => Text["AnswerScheduled", Format.Instant(campaign.StartsAt, Model.Settings.TimeZone)].Value,
            var state => Text["Answer_" + state, Format.Count(counts.Sent), Format.Count(counts.Sent + counts.Waiting + counts.Queued), Format.Count(counts.HeldBack)].Value,
        };

    private string? Note => Model.Details is not { } known ? null : MayEdit || known.Row.Campaign.MayChange ? Text["VersionNote", known.Row.Campaign.Version].Value : Text["BegunNote", known.Row.Campaign.Version].Value;

    private IReadOnlyList<LinkTabs.Tab> Tabs =>
    [
        new(CampaignAddress.Results, Text["Results"], CampaignAddress.Of(Id, CampaignAddress.Results)),
        new(CampaignAddress.People, Text["People"], CampaignAddress.Of(Id, CampaignAddress.People)),
        new(CampaignAddress.Definition, Text["Definition"], CampaignAddress.Of(Id, CampaignAddress.Definition)),
    ];

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        await Model.ReadAsync(CampaignId, cancellation);
        Begin(Model.Details?.Row.Campaign);
        _read++;
    }

    protected override async Task ReadRestAsync(CancellationToken cancellation)
    {
        if (Tab == CampaignAddress.Definition)
        {
            await LookAsync();
        }
        else if (Tab == CampaignAddress.Results && CampaignId is { } id)
        {
            await Model.ReadEffectAsync(id, cancellation);
        }
    }

    private void Begin(Campaign? campaign)
    {
        (_seen, _theirs, _problems) = (campaign?.Version, null, new Dictionary<string, string>());
        _draft = CampaignDraft.Of(campaign?.Plan ?? new CampaignPlan(), Model.Segments);
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Words.Problem(code) : null;

    private Task ChooseAsync(FoundAccount? account)
    {
        _account = account;
        return LookAsync();
    }

    private Task ReadInAsync(string? language)
    {
        _language = language;
        return LookAsync();
    }

    private Task ShowSubjectAsync(int subject)
    {
        _subject = subject;
        return LookAsync();
    }

    /// <summary>Whom it would reach and what they would read, as it is written now.</summary>
    private async Task LookAsync()
    {
        _looking = true;
        StateHasChanged();
        try
        {
            var plan = _draft.ToPlan();
            await Model.PreviewAsync(plan, _account?.AccountNo, _language, _subject, Leaving);
            if (Open is null or { MayChange: true })
            {
                await Model.ReachAsync(CampaignId, plan, Leaving);
            }
        }
        finally
        {
            _looking = false;
        }

        StateHasChanged();
    }

    private Task TestAsync() => WorkAsync(async () =>
    {
        var result = await Model.SendTestAsync(_draft.ToPlan(), _account?.AccountNo, _language, _subject);
        Tell(result.Outcome, result.Problems, Text["Tested", Model.Email ?? ""]);
    });

    private Task SaveAsync(Submission sent) => WorkAsync(async () =>
    {
        var result = await Model.SaveAsync(CampaignId, _draft.ToPlan(), _seen);
        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Done or ActOutcome.Unchanged:
                sent.Saved();
                Toasts.Tell(Text["Saved", result.Value!.Name]);
                if (CampaignId is null)
                {
                    Navigation.NavigateTo(CampaignAddress.Of(result.Value.CampaignId, CampaignAddress.Definition), replace: true);
                }
                else
                {
                    await ReadAnewAsync();
                    await LookAsync();
                }

                break;
            case ActOutcome.Conflict:
                _theirs = result.Value;
                break;
            case ActOutcome.Invalid when _problems.GetValueOrDefault("state") is { } state:
                Toasts.Warn(Words.Problem(state));
                break;
            case ActOutcome.Invalid:
                break;
            default:
                Toasts.Fail(Text["NotDone"]);
                break;
        }
    });

    private List<ConflictPanel.Differing> Differing(Campaign theirs)
    {
        var (their, mine) = (theirs.Plan, CampaignRules.Clean(_draft.ToPlan()));
        return
        [
            .. new ConflictPanel.Differing[]
            {
                new("name", Text["Name"], their.Name, mine.Name),
                new("subjects", Text["Subjects"], Lines(their), Lines(mine)),
                new("body_en", Text["BodyEn"], their.BodyEn, mine.BodyEn),
                new("body_ja", Text["BodyJa"], their.BodyJa, mine.BodyJa),
                new("rest", Text["Rest"], Rest(their), Rest(mine)),
            }.Where(field => (field.Theirs ?? "") != (field.Mine ?? "")),
        ];
    }

    private static string Lines(CampaignPlan plan) => string.Join('\n', plan.Subjects.Select(subject => $"{subject.En} / {subject.Ja}"));

    private string Rest(CampaignPlan plan) => Text["RestValue", Words.Recipients(plan.Recipients), string.Join(", ", plan.SegmentIds.Concat(plan.ExcludedSegmentIds).Select(id => Model.Segments.FirstOrDefault(segment => segment.SegmentId == id)?.Name ?? id)), Format.Day(plan.SendOn), plan.SendAt.ToString("HH:mm", CultureInfo.InvariantCulture), Format.Percent(plan.HoldoutShare, 0), Words.Goal(plan.Goal)];

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var (theirs, own) = (_theirs!, CampaignRules.Clean(_draft.ToPlan()));
        CampaignPlan Of(string field) => mine.Contains(field) ? own : theirs.Plan;
        var kept = Of("rest") with { Name = Of("name").Name, Subjects = Of("subjects").Subjects, BodyEn = Of("body_en").BodyEn, BodyJa = Of("body_ja").BodyJa };
        (_draft, _seen, _theirs) = (CampaignDraft.Of(kept, Model.Segments), theirs.Version, null);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task StartAsync()
    {
        var (row, reach) = (Model.Details!.Row, Model.Reach);
        var people = reach is null ? Text["StartTextUnknown"].Value : Text[row.Plan.HoldoutShare > 0 ? "StartTextHoldout" : "StartText", Format.Count(reach.Gets), Format.Count(reach.HeldOut)].Value;
        if (!await Asking.AskAsync(new Question(Text["StartTitle", row.Campaign.Name], people, Text[row.Plan.SendOn is null ? "Start" : "Schedule"])))
        {
            return;
        }

        await WorkAsync(async () =>
        {
            var result = await Model.StartAsync(CampaignId!, _seen);
            _problems = result.Problems;
            Tell(result.Outcome, result.Problems, Text[row.Plan.SendOn is null ? "Started" : "Scheduled"]);
            await RefreshAsync();
        });
    }

    private async Task StopAsync()
    {
        var counts = Model.Details!.Row.Counts;
        if (await Asking.AskAsync(new Question(Text["StopTitle", Title], Text["StopText", Format.Count(counts.Waiting + counts.Queued)], Text["Stop"]) { IsDanger = true }))
        {
            await ActAsync(Model.StopAsync, "Stopped");
        }
    }

    private Task ActAsync(Func<string, Task<ActResult<Campaign>>> act, string done) => WorkAsync(async () =>
    {
        var result = await act(CampaignId!);
        Tell(result.Outcome, result.Problems, Text[done]);
        await ReadAnewAsync();
    });

    private Task ArchiveAsync() => ActAsync(id => Model.ArchiveAsync(id, Open!.ArchivedAt is null), "Archived");

    private Task CopyAsync() => WorkAsync(async () =>
    {
        var result = await Model.CopyAsync(CampaignId!);
        Tell(result.Outcome, result.Problems, Text["Copied"]);
        if (result.Value is { } copy)
        {
            Navigation.NavigateTo(CampaignAddress.Of(copy.CampaignId, CampaignAddress.Definition));
        }
    });

    private void Tell(ActOutcome outcome, IReadOnlyDictionary<string, string> problems, string done)
    {
        if (outcome is ActOutcome.Done or ActOutcome.Unchanged)
        {
            Toasts.Tell(done);
        }
        else if (outcome == ActOutcome.Conflict)
        {
            Toasts.Warn(Text["ChangedMeanwhile"]);
        }
        else if (problems.Values.FirstOrDefault() is { } code)
        {
            Toasts.Warn(Words.Problem(code));
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    }

    private Task DeleteAsync() => WorkAsync(async () =>
    {
        var (id, name) = (CampaignId!, Model.Details!.Row.Campaign.Name);
        if (!(await Model.DeleteAsync(id)).Holds)
        {
            Toasts.Fail(Text["NotDone"]);
            return;
        }

        Toasts.TellWithUndo(Text["DeletedNow", name], async () => await Model.RestoreAsync(id));
        Navigation.NavigateTo(CampaignAddress.List);
    });

    private Task RestoreAsync() => ActAsync(Model.RestoreAsync, "Restored");

    private async Task ReadAnewAsync()
    {
        await RefreshAsync();
        Begin(Model.Details?.Row.Campaign);
        StateHasChanged();
    }

    private async Task RefreshAsync()
    {
        await Model.ReadAsync(CampaignId, Leaving);
        _read++;
        StateHasChanged();
    }

    /// <summary>Progress and colleagues: figures are read anew, what is being typed stays.</summary>
    private async Task FollowAsync()
    {
        if (IsReady && CampaignId is not null && !Working)
        {
            await RefreshAsync();
        }
    }
}
