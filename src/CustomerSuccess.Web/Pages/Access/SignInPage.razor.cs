using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Web.Startup;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace CustomerSuccess.Web.Pages.Access;

/// <summary>Sign-in by address and password; rendered on the server alone, because it sets a cookie.</summary>
public sealed partial class SignInPage
{
    private const string FirstUserCommand = "./cs user add you@example.com --role administrator --password-stdin";

    private string? _error;
    private bool _emailMissing;
    private bool _passwordMissing;
    private bool _demo;
    private bool _nobodyYet;

    /// <summary>What was typed.</summary>
    public sealed class SignInInput
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInInput? Input { get; set; }

    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private SignInManager<User> SignIns { get; set; } = default!;

    [Inject]
    private Users Users { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _nobodyYet = await Users.IsEmptyAsync(Context.RequestAborted);
        _demo = !_nobodyYet && DemoSignIn.IsAllowed(Context) && await SignIns.UserManager.FindByEmailAsync(DemoSignIn.Email) is { } demo && !await SignIns.UserManager.IsLockedOutAsync(demo);
    }

    private async Task SignInAsync()
    {
        _emailMissing = string.IsNullOrWhiteSpace(Input?.Email);
        _passwordMissing = string.IsNullOrEmpty(Input?.Password);
        if (!_emailMissing && !_passwordMissing)
        {
            await SignInAsync(Input!.Email!.Trim(), Input.Password!);
        }
    }

    private Task SignInToDemoAsync() => SignInAsync(DemoSignIn.Email, DemoSignIn.Password);

    private async Task SignInAsync(string email, string password)
    {
        var isDemo = string.Equals(email, DemoSignIn.Email, StringComparison.OrdinalIgnoreCase);
        if (isDemo && !DemoSignIn.IsAllowed(Context))
        {
            _error = Text["DemoElsewhere"];
            return;
        }

        var result = await SignIns.PasswordSignInAsync(email, password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            Navigation.NavigateTo(LocalPath.Of(To));
        }
        else
        {
            // the same words for an unknown address and a wrong password
            _error = result.IsLockedOut ? Text["LockedOut"] : Text["WrongPassword"];
        }
    }
}
