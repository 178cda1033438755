using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Journal;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>One inquiry: its thread, what is to be done, and everything that whoever answers should know.</summary>
public sealed partial class InquiryDetailPage
{
    private static readonly string[] Areas = [JournalAreas.Inquiry, JournalAreas.Contact, JournalAreas.Account, JournalAreas.Import, JournalAreas.Mail, JournalAreas.Score, JournalAreas.Calendar];

    private Composer? _composer;
    private PresenceBar? _presence;

    /// <summary>The inquiry's key; see <see cref="InquiryKey"/>.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private InquiryViewModel Model { get; set; } = default!;

    protected override object? Subject => Id;

    private PresenceAt At => new(Model.Page!.Inquiry.Ref.AccountNo, JournalAreas.Inquiry, Model.Page.Inquiry.Ref.Key.ToString());

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        // a reference that was given to a customer is read without its source
        var key = InquiryKey.TryParse(Id) ?? new InquiryKey(0, Id);
        await Model.ReadAsync(key, cancellation);
    }

    protected override Task ReadRestAsync(CancellationToken cancellation) => SimilarAsync(cancellation);

    private async Task SimilarAsync(CancellationToken cancellation)
    {
        await Model.ReadSimilarAsync(cancellation);
        StateHasChanged();
    }

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            await Model.RefreshAsync(Leaving);
            StateHasChanged();
        }
    }

    /// <summary>Says what did not hold, and shows what stands now.</summary>
    private async Task ChangedAsync(ActResult<DeskInquiry> result)
    {
        switch (result.Outcome)
        {
            case ActOutcome.Conflict:
                Toasts.Warn(Text["Conflict", WhoChanged(result.Value)]);
                break;
            case ActOutcome.Invalid:
                Toasts.Warn(Words.Problem(result.Problems.Values.First()));
                break;
            case ActOutcome.NotFound or ActOutcome.Forbidden:
                Toasts.Fail(Text["NotDone"]);
                break;
        }

        await RefreshAsync();
    }

    private string WhoChanged(DeskInquiry? theirs)
    {
        var last = Model.Page?.Events.LastOrDefault(happened => theirs is null || happened.Version <= theirs.Version)?.By;
        return last is null ? Text["Somebody"] : InquiryWords.Name(last, Model.Colleagues);
    }

    private Task PartAsync() => WorkAsync(async () => await ChangedAsync(await Model.PartAsync(Leaving)));

    private void Typed() => _presence?.Typed();

    private Task UseAsync(string answer) => _composer?.InsertAsync(answer) ?? Task.CompletedTask;
}
