using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Surfaces;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Start;

/// <summary>Asks for the demo company's name and throws it away.</summary>
public sealed class LeaveDemo(DiscardDemo discard, CurrentViewer current, Asking asking, Toasts toasts, IStringLocalizer<LeaveDemo> text)
{
    public async Task<bool> MayAsync() => await current.FindAsync() is { } viewer && viewer.IsIn(Roles.Administrator);

    /// <returns>True where the demo company is gone.</returns>
    public async Task<bool> DiscardAsync()
    {
        var lost = await discard.LossesAsync();
        var agreed = await asking.AskAsync(new Question(text["Question"], text["QuestionText"], text["Discard"])
        {
            IsDanger = true,
            TypeToConfirm = DemoMark.Company,
            Losses =
            [
                .. new (string Key, int Count)[]
                {
                    ("Accounts", lost.Accounts), ("Models", lost.Models), ("Notes", lost.Notes), ("Tasks", lost.Tasks), ("Files", lost.Files), ("Mails", lost.Mails), ("OtherImports", lost.OtherImports),
                }.Where(loss => loss.Count > 0).Select(loss => text["Lost_" + loss.Key, Format.Count(loss.Count)].Value),
            ],
        });
        if (!agreed)
        {
            return false;
        }

        // it goes on when the page is left
        var viewer = await current.GetAsync();
        var outcome = await Task.Run(() => discard.RunAsync(viewer));
        switch (outcome)
        {
            case DiscardOutcome.Done:
                toasts.Tell(text["Done"]);
                return true;
            case DiscardOutcome.NoDemo:
                return true;
            default:
                toasts.Warn(text[outcome.ToString()]);
                return false;
        }
    }
}
