using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>The customers behind a theme, with what raises their risk.</summary>
public sealed partial class FeedbackAccountsPage
{
    [Inject]
    private RequestBook Book { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    protected override string Path => FeedbackListView.AccountsPath;

    protected override bool OfAccounts => true;

    private string Currency => Model.Accounts?.Currency ?? "";

    private string Title => Model.Accounts?.Theme is { } theme ? Text["AccountsOf", FeedbackWords.Theme(theme)] : Text["AccountsAll"];

    private string? Answer => !IsReady || Model.Accounts is not { } page ? null : Text["AccountsAnswer", Format.Count(page.Total), Format.Money(page.Mrr, page.Currency)].Value + Period;

    private string Reasons(FeedbackAccount row) => row.Drivers.Count == 0 ? Format.Missing : string.Join(Text["Comma"], row.Drivers.Select(driver => Features.Sentence(driver, Currency)));

    private async Task<ListStretch<FeedbackAccount>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAccountsAsync(View.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private Task AddAsync(RequestLine line) => WorkAsync(async () =>
    {
        var result = await Book.AddAsync(await Current.GetAsync(), line.Request.RequestId, View.Ask, Leaving);
        if (result.Holds)
        {
            Toasts.Tell(Text["AddedToRequest", line.Request.Title]);
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    });

    private string Count(int rows) => Text["AccountsCount", Format.Count(rows)];
}
