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
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private CompanySettings _settings = new();
    private CannedAnswerDraft? _draft;
    private CannedAnswer? _theirs;
    private DraftForm? _form;
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

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Words.Problem(code) : null;

    private void Edit(CannedAnswer? answer)
    {
        _draft = new(answer?.AnswerId, answer?.Version ?? 0, null, null, null, null, false);
        (_title, _category, _ja, _en, _own, _theirs) = (answer?.Title, answer?.Category, answer?.BodyJa, answer?.BodyEn, answer?.OwnerUser is not null, null);
        _problems = new Dictionary<string, string>();
    }

    private async Task SaveAsync(Submission sent)
    {
        var result = await Answers.SaveAsync(await Current.GetAsync(), _draft! with { Title = _title, Category = _category, BodyJa = _ja, BodyEn = _en, IsOwn = _own }, Leaving);
        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Done:
                _draft = null;
                sent.Saved();
                Toasts.Tell(Text["Saved"]);
                await RefreshAsync();
                break;
            case ActOutcome.Conflict:
                _theirs = result.Value;
                break;
            case ActOutcome.Invalid:
                break;
            default:
                Toasts.Fail(Text["NotDone"]);
                break;
        }
    }

    private List<ConflictPanel.Differing> Differing(CannedAnswer theirs) =>
    [
        .. new ConflictPanel.Differing[]
        {
            new("title", Text["TitleField"], theirs.Title, _title),
            new("category", Text["Category"], theirs.Category, _category),
            new("ja", Words.Language("ja")!, theirs.BodyJa, _ja),
            new("en", Words.Language("en")!, theirs.BodyEn, _en),
        }.Where(field => (field.Theirs ?? "") != (field.Mine ?? "")),
    ];

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var theirs = _theirs!;
        _title = mine.Contains("title") ? _title : theirs.Title;
        _category = mine.Contains("category") ? _category : theirs.Category;
        _ja = mine.Contains("ja") ? _ja : theirs.BodyJa;
        _en = mine.Contains("en") ? _en : theirs.BodyEn;
        (_draft, _theirs) = (_draft! with { Version = theirs.Version }, null);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
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
