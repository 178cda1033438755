using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>A new message to a customer: begun from an account, or from a suggestion with the play's words filled in.</summary>
public sealed partial class NewMailPage
{
    private bool _isUnknown;

    [SupplyParameterFromQuery(Name = "account")]
    private int? AccountNo { get; set; }

    [SupplyParameterFromQuery(Name = "contact")]
    private int? ContactNo { get; set; }

    [SupplyParameterFromQuery(Name = "play")]
    private string? Play { get; set; }

    [SupplyParameterFromQuery(Name = "channel")]
    private string? Channel { get; set; }

    [Inject]
    private MailViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override object? Subject => (AccountNo, ContactNo, Play, Channel);

    protected override async Task ReadAsync(CancellationToken cancellation) => _isUnknown = !await Model.BeginAsync(AccountNo, ContactNo, Play, Channel, cancellation);

    private void Choose(FoundAccount? account)
    {
        if (account is not null)
        {
            Navigation.NavigateTo(MailAddress.NewOf(account.AccountNo), replace: true);
        }
    }

    private Task SendAsync(Submission sent) => WorkAsync(async () =>
    {
        var result = await Model.SendAsync(Leaving);
        if (result is { Holds: true, Value: { } mail })
        {
            sent.Saved();
            Toasts.Tell(Text[mail.Status == MailStatus.Held ? "Held" : "Sent"]);
            Navigation.NavigateTo(MailAddress.Of(mail.AccountNo, mail.MailId), replace: true);
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    });

    private Task SaveAsync(Submission sent) => WorkAsync(async () =>
    {
        var result = await Model.SaveAsync(Leaving);
        if (result is { Holds: true, Value: { } mail })
        {
            sent.Saved();
            Toasts.Tell(Text["Saved"]);
            Navigation.NavigateTo(MailAddress.Of(mail.AccountNo, mail.MailId), replace: true);
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    });

    private Task DiscardAsync(Submission sent)
    {
        sent.Saved();
        Navigation.NavigateTo(MailAddress.List);
        return Task.CompletedTask;
    }
}
