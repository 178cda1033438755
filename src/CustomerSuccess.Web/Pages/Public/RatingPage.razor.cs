using System.Globalization;
using CustomerSuccess.Engine.Inquiries;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Public;

/// <summary>A customer says how satisfied they are: whoever has the link is the customer, and sees nothing but their own subject.</summary>
public sealed partial class RatingPage
{
    private const int LongestToken = 64;

    private SatisfactionAsked? _asked;
    private bool _saved;
    private bool _missing;

    /// <summary>What was chosen.</summary>
    public sealed class RatingInput
    {
        public int? Score { get; set; }

        public string? Comment { get; set; }
    }

    [Parameter]
    public string Token { get; set; } = "";

    [SupplyParameterFromForm(FormName = "rating")]
    private RatingInput? Input { get; set; }

    /// <summary>The language of the message that carried the link.</summary>
    [SupplyParameterFromQuery(Name = "lang")]
    private string? Language { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private SatisfactionRequests Requests { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _asked = Token.Length <= LongestToken ? await Requests.FindAsync(Token, Context.RequestAborted) : null;
        Context.Response.Headers["Referrer-Policy"] = "no-referrer";
        Context.Response.Headers["X-Robots-Tag"] = "noindex";
    }

    private async Task SaveAsync()
    {
        _missing = Input?.Score is not (>= 1 and <= 5);
        if (_missing || _asked is null)
        {
            return;
        }

        _saved = await Requests.AnswerAsync(Token, Input!.Score!.Value, Input.Comment, Context.RequestAborted);
        _asked = await Requests.FindAsync(Token, Context.RequestAborted);
    }
}
