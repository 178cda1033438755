using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>Canned answers: everybody's and one's own, in both languages, with a preview and what is wrong with their fields.</summary>
public sealed partial class AnswersPage
{
    private static readonly string[] Areas = [JournalAreas.Answer];

    private IReadOnlyList<CannedAnswer> _answers = [];
    private CompanySettings _settings = new();
    private CannedAnswerDraft? _draft;
    private string? _title;
    private string? _category;
    private string? _ja;
    private string? _en;
    private bool _own;

    [Inject]
    private CannedAnswers Answers { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    /// <summary>The text as it would read for somebody, in the language that is written.</summary>
    private FilledAnswer Preview
    {
        get
        {
            var isJapanese = !string.IsNullOrWhiteSpace(_ja);
            return AnswerTemplate.Fill((isJapanese ? _ja : _en) ?? "", new Dictionary<string, string?>
            {
                ["contact.name"] = Text[isJapanese ? "SampleNameJa" : "SampleName"],
                ["contact.email"] = "contact@customer.example",
                ["account.name"] = Text[isJapanese ? "SampleAccountJa" : "SampleAccount"],
                ["inquiry.id"] = "Q7K2-9XMD",
                ["inquiry.subject"] = Text[isJapanese ? "SampleSubjectJa" : "SampleSubject"],
                ["inquiry.opened_on"] = isJapanese ? "2026年10月5日" : "October 5, 2026",
                ["agent.name"] = Text[isJapanese ? "SampleAgentJa" : "SampleAgent"],
                ["agent.email"] = "agent@company.example",
                ["company.name"] = _settings.Name,
                ["rating.link"] = "https://support.example/rating/…",
            });
        }
    }

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _settings = await Settings.ReadAsync(cancellation);
        _answers = await Answers.ListAsync(await Current.GetAsync(), cancellation);
    }

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            _answers = await Answers.ListAsync(await Current.GetAsync(), Leaving);
            StateHasChanged();
        }
    }

    private IReadOnlyList<EditedField<CannedAnswer>> Fields =>
    [
        new("title", Text["TitleField"], answer => answer.Title, () => _title, answer => _title = answer.Title),
        new("category", Text["Category"], answer => answer.Category, () => _category, answer => _category = answer.Category),
        new("ja", Words.Language("ja")!, answer => answer.BodyJa, () => _ja, answer => _ja = answer.BodyJa),
        new("en", Words.Language("en")!, answer => answer.BodyEn, () => _en, answer => _en = answer.BodyEn),
        new("own", Text["OnlyMine"], answer => Text[answer.OwnerUser is null ? "No" : "Yes"], () => Text[_own ? "Yes" : "No"], answer => _own = answer.OwnerUser is not null),
    ];

    private void Edit(CannedAnswer? answer)
    {
        _draft = new(answer?.AnswerId, answer?.Version ?? 0, null, null, null, null, false);
        (_title, _category, _ja, _en, _own) = (answer?.Title, answer?.Category, answer?.BodyJa, answer?.BodyEn, answer?.OwnerUser is not null);
    }

    private async Task<ActResult<CannedAnswer>> SaveAsync(int version) =>
        await Answers.SaveAsync(await Current.GetAsync(), _draft! with { Version = version, Title = _title, Category = _category, BodyJa = _ja, BodyEn = _en, IsOwn = _own }, Leaving);

    private async Task SavedAsync(CannedAnswer answer)
    {
        _draft = null;
        Toasts.Tell(Text["Saved"]);
        await RefreshAsync();
    }

    private Task ArchiveAsync(CannedAnswer answer) => WorkAsync(async () =>
    {
        var result = await Answers.ArchiveAsync(await Current.GetAsync(), answer.AnswerId, answer.Version, Leaving);
        if (result.Holds)
        {
            Toasts.Tell(Text["Archived", answer.Title]);
        }
        else
        {
            Toasts.Warn(Text["NotDone"]);
        }

        await RefreshAsync();
    });

    /// <summary>Adds the answers that most desks need first, to be changed as the company speaks.</summary>
    private Task AddStartersAsync() => WorkAsync(async () =>
    {
        Viewer viewer = await Current.GetAsync();
        foreach (var starter in AnswerStarters.All)
        {
            await Answers.SaveAsync(viewer, starter, Leaving);
        }

        await RefreshAsync();
    });
}
