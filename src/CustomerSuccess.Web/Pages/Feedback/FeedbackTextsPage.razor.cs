using System.Globalization;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>The texts behind a figure, in the customers' own words.</summary>
public sealed partial class FeedbackTextsPage
{
    protected override string Path => FeedbackListView.TextsPath;

    protected override bool OfAccounts => false;

    private IReadOnlyList<string> Words => Model.Texts?.Words ?? [];

    private string Title => View.Ask switch
    {
        { Disagreement: Disagreement.HighButUnhappy } => Text["ListHigh"],
        { Disagreement: Disagreement.LowButHappy } => Text["ListLow"],
        { ThemeId: FeedbackListAsk.NoTheme } => Text["ListNone"],
        _ => Model.Texts?.Theme is { } theme ? Text["ListTheme", FeedbackWords.Theme(theme)] : Text["List"],
    };

    private string? Answer => !IsReady || Model.Texts is not { } page ? null : Text["TextsAnswer", Format.Count(page.Total), Format.Count(page.Accounts)].Value + Period;

    private static string KeyOf(FeedbackRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.AccountNo}:{row.Source}:{row.Key}");

    private async Task<ListStretch<FeedbackRow>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadTextsAsync(View.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private string Count(int rows) => Text["TextsCount", Format.Count(rows)];
}
