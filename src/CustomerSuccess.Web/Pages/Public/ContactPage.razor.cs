using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Settings;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Public;

/// <summary>Anybody may ask: a form that needs neither a sign-in nor a script, and says nothing about who is known.</summary>
public sealed partial class ContactPage
{
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private bool _isOpen;

    /// <summary>What was typed.</summary>
    public sealed class ContactInput
    {
        public string? Name { get; set; }

        public string? Email { get; set; }

        public string? Company { get; set; }

        public string? Phone { get; set; }

        public string? Subject { get; set; }

        public string? Body { get; set; }

        public string? Website { get; set; }
    }

    [SupplyParameterFromForm(FormName = "contact")]
    private ContactInput? Input { get; set; }

    /// <summary>The reference of what was sent.</summary>
    [SupplyParameterFromQuery]
    private string? Sent { get; set; }

    /// <summary>The language that the link named; null where the browser decides.</summary>
    [SupplyParameterFromQuery(Name = "lang")]
    private string? Language { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private ReceivedInquiries Received { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _isOpen = (await Settings.ReadAsync(Context.RequestAborted)).PublicForm;

        // only what looks like a reference of ours is shown
        Sent = Sent is { Length: 9 } reference && reference.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-') ? reference : null;
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Text["Problem_" + code].Value : null;

    private string SentAddress(string reference) => $"/contact?sent={reference}" + (Language is "ja" or "en" ? $"&lang={Language}" : "");

    private async Task SendAsync()
    {
        if (!string.IsNullOrEmpty(Input?.Website))
        {
            // a machine is told what everybody is told
            Navigation.NavigateTo(SentAddress("0000-0000"));
            return;
        }

        var result = await Received.ReceiveAsync(new(Input?.Name, Input?.Email, Input?.Company, Input?.Phone, Input?.Subject, Input?.Body, null), Context.RequestAborted);
        if (result is { Outcome: ActOutcome.Done, Value: { } receipt })
        {
            Navigation.NavigateTo(SentAddress(receipt.Reference));
        }

        _problems = result.Problems;
    }
}
