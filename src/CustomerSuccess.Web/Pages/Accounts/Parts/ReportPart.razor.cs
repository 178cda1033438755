using System.Globalization;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>A report for the customer on use and results: written, looked at, handed over or attached to a message, and kept as it was given.</summary>
public sealed partial class ReportPart
{
    private static readonly string[] Areas = [JournalAreas.Report];

    private DraftForm? _form;
    private CustomerReport? _theirs;
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private int _version;
    private bool _isBegun;
    private DateOnly? _from;
    private DateOnly? _to;
    private string? _language;
    private string? _contact;
    private string? _note;
    private string? _steps;

    [Inject]
    private ActTeller Teller { get; set; } = default!;

    private FieldChoice[] Languages => [new("ja", Text["Language_ja"]), new("en", Text["Language_en"])];

    private FieldChoice[] People => [.. Model.People.Select(person => new FieldChoice(person.ContactNo.ToString(CultureInfo.InvariantCulture), person.Name ?? person.Email ?? person.ContactId, person.Email))];

    private CustomerReportDraft Draft => new(_from ?? default, _to ?? default, _language ?? "en", int.TryParse(_contact, CultureInfo.InvariantCulture, out var no) ? no : null, _note, _steps);

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        await Names.LoadAsync(cancellation);
        await Model.ReadAsync(Account, cancellation);

        // what is being typed stays when somebody else's change is told
        if (!_isBegun)
        {
            _isBegun = true;
            Begin(Model.Kept is { } kept ? CustomerReportDraft.Of(kept) : Model.Offered, Model.Kept?.Version ?? 0);
        }
    }

    private void Begin(CustomerReportDraft draft, int version)
    {
        (_from, _to, _language, _contact, _note, _steps) = (draft.From, draft.To, draft.Language, draft.ContactNo?.ToString(CultureInfo.InvariantCulture), draft.Note, draft.NextSteps);
        (_version, _theirs, _problems) = (version, null, new Dictionary<string, string>());
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Text["Problem_" + code].Value : null;

    private async Task SaveAsync(Submission sent)
    {
        if (await KeepAsync())
        {
            sent.Saved();
            await Model.ShowAsync(Account, Draft, Leaving);
            StateHasChanged();
        }
    }

    private async Task<bool> KeepAsync()
    {
        var result = await Model.SaveAsync(Account, _version, Draft, Leaving);
        _problems = result.Problems;
        _theirs = result.Outcome == ActOutcome.Conflict ? result.Value : null;
        if (result.Outcome == ActOutcome.Conflict && result.Value is null)
        {
            // it was given meanwhile: what was typed begins a new one
            _version = 0;
            return await KeepAsync();
        }

        if (!Teller.Tell(result))
        {
            return false;
        }

        _version = result.Value!.Version;
        await RefreshAsync();
        return true;
    }

    private List<ConflictPanel.Differing> Differing(CustomerReport theirs) =>
    [
        .. new ConflictPanel.Differing[]
        {
            new("period", Text["Period"], Text["Range", Format.Day(theirs.From), Format.Day(theirs.To)], Text["Range", Format.Day(_from), Format.Day(_to)]),
            new("note", Text["NoteField"], theirs.Note, _note),
            new("next_steps", Text["NextSteps"], theirs.NextSteps, _steps),
        }.Where(field => (field.Theirs ?? "") != (field.Mine ?? "")),
    ];

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var theirs = _theirs!;
        var wanted = Draft;
        Begin(wanted with
        {
            From = mine.Contains("period") ? wanted.From : theirs.From,
            To = mine.Contains("period") ? wanted.To : theirs.To,
            Note = mine.Contains("note") ? wanted.Note : theirs.Note,
            NextSteps = mine.Contains("next_steps") ? wanted.NextSteps : theirs.NextSteps,
        }, theirs.Version);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
    }

    private Task GiveAsync(bool byMail) => WorkAsync(async () =>
    {
        // what was typed since the preview belongs to the report too
        if (!await KeepAsync() || Model.Kept is not { } kept)
        {
            return;
        }

        var result = await Model.GiveAsync(Account, kept, byMail, Leaving);
        if (Teller.TellAll(result, byMail ? Text["ToldAttached"] : Text["ToldGiven"]))
        {
            Model.HidePreview();
            await RefreshAsync();
            Begin(Model.Offered, 0);
        }
    });
}
