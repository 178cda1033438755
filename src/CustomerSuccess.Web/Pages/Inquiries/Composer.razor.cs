using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>
/// Where an answer, a note or what the customer said is written. What is typed is kept in the tab; an answer knows what it was written upon, and whoever
/// writes is told what others did meanwhile before it goes.
/// </summary>
public sealed partial class Composer
{
    private static readonly MessageKind[] Kinds = [MessageKind.Answer, MessageKind.Note, MessageKind.Customer];

    private readonly Dictionary<MessageKind, string?> _bodies = [];
    private DraftForm? _form;
    private MessageKind _kind = MessageKind.Answer;
    private InquiryState _then = InquiryState.Waiting;
    private string? _channel;
    private string? _problem;
    private int? _writtenUpon;
    private bool _refused;
    private bool _saving;

    [Parameter, EditorRequired]
    public InquiryViewModel Model { get; set; } = default!;

    /// <summary>Something was written, or was not: what became of it.</summary>
    [Parameter]
    public EventCallback<ActResult<DeskInquiry>> Changed { get; set; }

    /// <summary>Something came between: what stands now is to be shown.</summary>
    [Parameter]
    public EventCallback Refused { get; set; }

    /// <summary>The reader types; called often.</summary>
    [Parameter]
    public Action? Typing { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private string? Body => _bodies.GetValueOrDefault(_kind);

    private string DraftKey => $"inquiry:{Model.Page!.Inquiry.Ref.Key}:{_kind}";

    /// <summary>What others did since the answer was begun; null while none is.</summary>
    private IReadOnlyList<string>? Meanwhile =>
        _writtenUpon is { } upon && Model.Page!.Inquiry.Version > upon
            ? [.. Model.Since(upon).Select(Line).Append(Model.IsTold ? null : Text["MeanwhileImported"].Value).OfType<string>().Distinct()]
            : null;

    private FieldChoice[] Channels => [.. InquiryWords.Channels.Select(channel => new FieldChoice(channel, Text[_kind == MessageKind.Answer ? "By" : "From", Words.Channel(channel)!]))];

    private FieldChoice[] Afterwards => [.. Enum.GetValues<InquiryState>().Where(state => state is not (InquiryState.New or InquiryState.Closed)).Select(state => new FieldChoice(state.ToString(), Text["ThenState", Words.State(state)]))];

    /// <summary>The address to which the answer is sent as soon as it is given; null where it is recorded alone.</summary>
    private string? SentTo => Model.Settings.MailFrom.Length > 0 && AnswerMail.GoesBy(_channel) && Model.Page is { } page
        ? EmailAddress.Written(page.Contact?.Email) ?? EmailAddress.Written(page.Inquiry.RequesterEmail)
        : null;

    /// <summary>Opens the reader's own mail program with the answer; null where no address is known or nothing is written.</summary>
    private string? MailAddress
    {
        get
        {
            var to = Model.Page!.Contact?.Email ?? Model.Page.Inquiry.RequesterEmail;
            return to is null || string.IsNullOrWhiteSpace(Body) ? null
                : $"mailto:{Uri.EscapeDataString(to)}?subject={Uri.EscapeDataString(AnswerMail.Subject(Model.Page.Inquiry.Subject, Model.Page.Inquiry.Ref.Key.FactId, Model.Page.Inquiry.Language ?? "en"))}&body={Uri.EscapeDataString(Body)}";
        }
    }

    /// <summary>Puts words into what is written, at its end.</summary>
    public async Task InsertAsync(string words)
    {
        var body = Body;
        SetBody(string.IsNullOrWhiteSpace(body) ? words : _kind == MessageKind.Note ? body.TrimEnd() + " " + words : body.TrimEnd() + "\n\n" + words);
        StateHasChanged();
        await FocusAsync();
    }

    protected override void OnInitialized() => _channel = Default;

    // what the writer did oneself meanwhile is no news
    protected override void OnParametersSet() =>
        _writtenUpon = _writtenUpon is { } upon && Model.IsTold && Model.Since(upon).Count == 0 ? Model.Page!.Inquiry.Version : _writtenUpon;

    private string? Default => InquiryWords.Channels.Contains(Model.Page!.Inquiry.Channel) ? Model.Page.Inquiry.Channel : "email";

    private async Task ChooseAsync(MessageKind kind)
    {
        (_kind, _problem) = (kind, null);
        _channel = kind == MessageKind.Customer ? "phone" : Default;
        StateHasChanged();
        await FocusAsync();
    }

    private void SetBody(string? body)
    {
        _bodies[_kind] = body;
        Begin();
    }

    private void OnTyped()
    {
        Typing?.Invoke();
        Begin();
    }

    /// <summary>An answer is written upon what stands when its first letter is typed.</summary>
    private void Begin()
    {
        if (_kind == MessageKind.Answer)
        {
            _writtenUpon ??= Model.Page!.Inquiry.Version;
        }
    }

    private void Seen() => (_writtenUpon, _refused) = (Model.Page!.Inquiry.Version, false);

    private async Task ChosenAsync(string filled) => await InsertAsync(filled);

    private async Task SaveAsync(Submission sent)
    {
        (_saving, _problem) = (true, null);
        StateHasChanged();
        try
        {
            var result = _kind switch
            {
                MessageKind.Answer => await Model.AnswerAsync(_writtenUpon ?? Model.Page!.Inquiry.Version, new(Body, _channel, _then), default),
                MessageKind.Note => await Model.NoteAsync(Body, default),
                _ => await Model.HeardAsync(Body, _channel, default),
            };
            if (result.Outcome == ActOutcome.Invalid)
            {
                _problem = Words.Problem(result.Problems.Values.First());
                return;
            }

            if (result.Outcome == ActOutcome.Conflict)
            {
                // the page shows what came meanwhile; what was typed stays
                _refused = true;
                await Refused.InvokeAsync();
                return;
            }

            if (result.Holds)
            {
                _bodies.Remove(_kind);
                (_writtenUpon, _refused) = (null, false);
                sent.Saved();
            }

            await Changed.InvokeAsync(result);
        }
        finally
        {
            _saving = false;
            StateHasChanged();
        }
    }

    private string? Line(ThreadEvent happened) => happened.Act switch
    {
        "answered" => Text["MeanwhileAnswered", Who(happened)],
        "noted" => Text["MeanwhileNoted", Who(happened)],
        "heard" => Text["MeanwhileHeard"],
        _ => Words.Event(happened, Model.Colleagues),
    };

    private string Who(ThreadEvent happened) => happened.By is { } by ? InquiryWords.Name(by, Model.Colleagues) : Text["Somebody"];

    private static string Calling(Colleague colleague) => $"@{colleague.Email} ";

    private static string? KeyOf(MessageKind kind) => kind switch { MessageKind.Answer => "r", MessageKind.Note => "i", _ => null };

    private async Task FocusAsync()
    {
        try
        {
            await Script.InvokeVoidAsync("desk.write", "composer-body");
        }
        catch (JSDisconnectedException)
        {
            // the reader has left
        }
    }
}
