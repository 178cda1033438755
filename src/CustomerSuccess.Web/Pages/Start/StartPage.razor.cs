using CustomerSuccess.Core.Start;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Start;

/// <summary>Leads a new company from its first sign-in to its first queue.</summary>
public sealed partial class StartPage
{
    private StartStepKind? _open;
    private StartStepKind? _running;
    private string? _detail;

    private string? Answer => !IsReady ? null
        : View.Steps.Open == 0 ? Text["AnswerDone"].Value
        : View.Steps.Next is { } next ? Text["Answer", Format.Count(View.Steps.Open), Text["Step_" + next.Kind].Value].Value
        : Text["AnswerWaits", Format.Count(View.Steps.Open)].Value;

    protected override Task ReadAsync(CancellationToken cancellation) => View.LoadAsync(cancellation);

    private static string? Href(StartStepKind step) => step switch
    {
        StartStepKind.Queue => "/queue",
        StartStepKind.Company or StartStepKind.Horizon or StartStepKind.Train or StartStepKind.Score or StartStepKind.Colleagues => null,
        _ => "/imports",
    };

    /// <summary>Files of the import contract that a step takes.</summary>
    private static string[] Records(StartStepKind step) => step switch
    {
        StartStepKind.Accounts => ["accounts", "contacts"],
        StartStepKind.Contracts => ["subscriptions"],
        StartStepKind.Usage => ["usage"],
        StartStepKind.Inquiries => ["inquiries"],
        StartStepKind.Surveys => ["nps"],
        _ => [],
    };

    private static string State(StartStep step) => step.IsDone ? "Done" : !step.IsReady ? "Waits" : step.IsOptional ? "Optional" : "Open";

    private Button.ButtonKind Weight(StartStep step) => View.Steps.Next == step ? Button.ButtonKind.Primary : Button.ButtonKind.Plain;

    private Task ActAsync(StartStepKind step)
    {
        if (step is not (StartStepKind.Train or StartStepKind.Score))
        {
            _open = step;
            return Task.CompletedTask;
        }

        return WorkAsync(async () =>
        {
            (_running, _detail) = (step, null);
            StateHasChanged();
            try
            {
                await (step == StartStepKind.Train ? View.TrainAsync(Say) : View.ScoreAsync());
            }
            finally
            {
                _running = null;
            }

            await View.LoadAsync(Leaving);
        });
    }

    private void Say(string detail) => InvokeAsync(() =>
    {
        _detail = detail;
        StateHasChanged();
    });

    private Task SavedAsync()
    {
        _open = null;
        return RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        await View.LoadAsync(Leaving);
        StateHasChanged();
    }

    private Task CloseDemoSignInAsync() => WorkAsync(async () =>
    {
        await View.CloseDemoSignInAsync();
        await View.LoadAsync(Leaving);
    });
}
