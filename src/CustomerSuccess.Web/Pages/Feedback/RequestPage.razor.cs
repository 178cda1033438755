using System.Globalization;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>A request: who asks, where it stands, and telling them once it is there.</summary>
public sealed partial class RequestPage
{
    private const int LongestQuote = 160, MostContacts = 200;

    private static readonly string[] Areas = [JournalAreas.ProductRequest, JournalAreas.Mail];

    private RequestSheet? _sheet;
    private ThemeSet _themes = new([]);
    private RequestDraft? _dialog;
    private bool _mayWrite, _mayWork, _adding;
    private FoundAccount? _account;
    private FieldChoice[] _contacts = [];
    private string? _contact, _quote, _problem;

    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private RequestBook Book { get; set; } = default!;

    [Inject]
    private ThemeBook Themes { get; set; } = default!;

    [Inject]
    private FindAccounts Accounts { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override object? Subject => Id;

    private FieldChoice[] Contacts => _contacts;

    private string? Answer => _sheet is not { } sheet ? (string?)null
        : sheet.Line.Accounts == 0 ? Text["VoicesEmpty"].Value
        : Text[sheet.Line.Request.Status == RequestStatus.Shipped ? "RequestAnswerShipped" : "RequestAnswer", Format.Count(sheet.Line.Accounts), Format.Money(sheet.Line.Mrr, sheet.Currency), Format.Count(sheet.Line.Told)].Value;

    /// <summary>A request's address.</summary>
    public static string Of(string requestId) => $"{RequestsPage.Path}/{Uri.EscapeDataString(requestId)}";

    public static Tone ToneOf(RequestStatus status) => status switch { RequestStatus.Shipped => Tone.Good, RequestStatus.Building or RequestStatus.Planned => Tone.Info, _ => Tone.Neutral };

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        (_mayWrite, _mayWork) = (ThemeBook.MayWrite(viewer), viewer.MayWork);
        _themes = await Themes.ReadAsync(cancellation);
        _sheet = await Book.FindAsync(viewer, Id, cancellation);
    }

    private static string Short(string quote) => quote.ReplaceLineEndings(" ") is { Length: > LongestQuote } line ? line[..LongestQuote] + "…" : quote.ReplaceLineEndings(" ");

    private string Reason(string code) => Reasons.Hold(code);

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            _sheet = await Book.FindAsync(await Current.GetAsync(), Id, Leaving);
            StateHasChanged();
        }
    }

    private async Task SavedAsync(ProductRequest request)
    {
        _dialog = null;
        await RefreshAsync();
    }

    private async Task ChooseAsync(FoundAccount? account)
    {
        (_account, _contact, _problem) = (account, null, null);
        _contacts = account is null ? [] : [.. (await Accounts.ContactsAsync(await Current.GetAsync(), account.AccountNo, MostContacts, Leaving)).Where(contact => contact.LeftOn is null).Select(contact => new FieldChoice(contact.ContactNo.ToString(CultureInfo.InvariantCulture), contact.Name ?? contact.Email ?? contact.ContactId))];
    }

    private async Task AddAsync(Submission sent)
    {
        if (_account is null)
        {
            _problem = Text["Problem_missing"];
            return;
        }

        var contact = int.TryParse(_contact, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : (int?)null;
        var result = await Book.AddAsync(await Current.GetAsync(), Id, _account.AccountNo, contact, _quote, Leaving);
        if (result.Holds)
        {
            sent.Saved();
            (_adding, _account, _contact, _quote) = (false, null, null, null);
            Toasts.Tell(Text["VoiceAdded"]);
            await RefreshAsync();
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    }

    private Task RemoveAsync(VoiceLine voice) => WorkAsync(async () =>
    {
        var result = await Book.RemoveAsync(await Current.GetAsync(), Id, voice.Voice.AccountNo, Leaving);
        if (result.Holds)
        {
            Toasts.TellWithUndo(Text["VoiceRemoved", voice.Name], async () =>
            {
                await Book.AddAsync(await Current.GetAsync(), Id, voice.Voice.AccountNo, voice.Voice.ContactNo, voice.Voice.Quote, CancellationToken.None);
                await RefreshAsync();
            });
        }

        await RefreshAsync();
    });

    private Task DraftAsync() => WorkAsync(async () =>
    {
        var title = _sheet!.Line.Request.Title;
        var drafted = await Book.DraftAsync(await Current.GetAsync(), Id, language => TellingIn(language, title), Leaving);
        if (drafted is { } count)
        {
            Toasts.Tell(Text["Drafted", Format.Count(count)]);
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }

        await RefreshAsync();
    });

    private Task TellAsync() => WorkAsync(async () =>
    {
        Toasts.Tell(Text["Queued", Format.Count(await Book.TellAsync(await Current.GetAsync(), Id, Leaving))]);
        await RefreshAsync();
    });

    private Task DeleteAsync() => WorkAsync(async () =>
    {
        var result = await Book.SetDeletedAsync(await Current.GetAsync(), Id, true, Leaving);
        if (result.Holds)
        {
            Toasts.TellWithUndo(Text["RequestDeleted", _sheet!.Line.Request.Title], async () => await Book.SetDeletedAsync(await Current.GetAsync(), Id, false, CancellationToken.None));
            Navigation.NavigateTo(RequestsPage.Path);
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    });

    /// <summary>The message in the customer's language, whatever the reader's is.</summary>
    private TellingText TellingIn(string language, string title)
    {
        var reader = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == "ja" ? "ja-JP" : "en-US");
            return new(Text["TellSubject", title], Text["TellBody", MarkupText.Escape(title)]);
        }
        finally
        {
            CultureInfo.CurrentUICulture = reader;
        }
    }
}
