using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>One message: a draft to be written on, or what was sent with everything that became of it.</summary>
public sealed partial class MailPage
{
    private static readonly IReadOnlyCollection<string> Areas = [JournalAreas.Mail];

    private bool _isStale;

    [Parameter]
    public int AccountNo { get; set; }

    [Parameter]
    public string MailId { get; set; } = "";

    [Inject]
    private MailViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override object? Subject => (AccountNo, MailId);

    private string Zone => Model.Settings.TimeZone;

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _isStale = false;
        await Model.ReadAsync(AccountNo, MailId, cancellation);
    }

    /// <summary>True for plain text that a gateway carries.</summary>
    private static bool IsText(MailSummary mail) => mail.Channel != Channels.Email;

    private string Answer(MailSummary mail) => mail.Status switch
    {
        MailStatus.Draft => Text["AnswerDraft"],
        MailStatus.Held => Text["AnswerHeld"],
        MailStatus.Queued => Text["AnswerQueued", Format.Instant(mail.NotBefore, Zone)],
        MailStatus.Sending => Text["AnswerSending"],
        MailStatus.Sent => mail.RepliedAt is { } replied ? Text["AnswerReplied", Format.Instant(mail.SentAt, Zone), Format.Instant(replied, Zone)] : Text["AnswerSent", Format.Instant(mail.SentAt, Zone)],
        MailStatus.Failed => Text["AnswerFailed"],
        MailStatus.Bounced => Text["AnswerBounced"],
        _ => Text["AnswerCancelled"],
    };

    private Task SendAsync(Submission sent) => WorkAsync(async () =>
    {
        var result = await Model.SendAsync(Leaving);
        if (result is { Holds: true, Value: { } mail })
        {
            sent.Saved();
            Toasts.Tell(Text[mail.Status == MailStatus.Held ? "Held" : "Sent"]);
            await Model.ReadAsync(AccountNo, MailId, Leaving);
            _isStale = false;
        }
        else
        {
            Tell(result.Outcome);
        }
    });

    private Task SaveAsync(Submission sent) => WorkAsync(async () =>
    {
        var result = await Model.SaveAsync(Leaving);
        if (result.Holds)
        {
            sent.Saved();
            Toasts.Tell(Text["Saved"]);
            await Model.ReadAsync(AccountNo, MailId, Leaving);
            _isStale = false;
        }
        else
        {
            Tell(result.Outcome);
        }
    });

    private Task DiscardAsync(Submission sent) => WorkAsync(async () =>
    {
        var result = await Model.CancelAsync(Leaving);
        if (result.Holds)
        {
            sent.Saved();
            Toasts.Tell(Text["Discarded"]);
            Navigation.NavigateTo(MailAddress.List);
        }
        else
        {
            Tell(result.Outcome);
        }
    });

    private Task CancelAsync() => WorkAsync(async () =>
    {
        var result = await Model.CancelAsync(Leaving);
        if (result.Holds)
        {
            Toasts.Tell(Text["Cancelled"]);
            await Model.ReadAsync(AccountNo, MailId, Leaving);
        }
        else
        {
            Toasts.Warn(Text["TooLate"]);
            await Model.ReadAsync(AccountNo, MailId, Leaving);
        }
    });

    private Task CopyAsync() => WorkAsync(async () =>
    {
        if (await Model.CopyAsync(Leaving) is { Holds: true, Value: { } mail })
        {
            Navigation.NavigateTo(MailAddress.Of(mail.AccountNo, mail.MailId));
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    });

    private void Tell(ActOutcome outcome)
    {
        _isStale = outcome == ActOutcome.Conflict;
        if (!_isStale)
        {
            Toasts.Fail(Text["NotDone"]);
        }
    }

    /// <summary>What somebody else did is shown at once, but never over what the reader is writing.</summary>
    private async Task FollowAsync()
    {
        if (!IsReady || Working)
        {
            return;
        }

        if (Model.IsOpen && Model.MayWrite)
        {
            return;
        }

        await Model.ReadAsync(AccountNo, MailId, Leaving);
        StateHasChanged();
    }
}
