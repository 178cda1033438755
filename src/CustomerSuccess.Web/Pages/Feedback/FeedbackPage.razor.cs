using System.Globalization;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>What customers say by theme, whether it grows, what is behind it and how it is said.</summary>
public sealed partial class FeedbackPage
{
    [Inject]
    private FeedbackViewModel Model { get; set; } = default!;

    protected override string Path => FeedbackView.Path;

    private string? Answer
    {
        get
        {
            if (!IsReady || Model.Overview is not { } overview)
            {
                return null;
            }

            if (overview.From is not { } from || overview.Themes.FirstOrDefault(theme => theme.Theme.Kind == ThemeKind.Complaint) is not { } first)
            {
                return overview.From is null ? Text["AnswerNone"] : Text["AnswerNoComplaint", Format.Count(overview.Texts), Format.Count(overview.Wrote)];
            }

            var answer = Text["Answer", FeedbackWords.Theme(first.Theme), Format.Count(first.Accounts), Format.Count(overview.Wrote), Format.Money(first.Mrr, overview.Currency), Text["Course_" + first.Change.Course]].Value;
            var rising = overview.Themes.Where(theme => theme.Change.Course == ThemeCourse.Rising && theme != first).Select(theme => FeedbackWords.Theme(theme.Theme)).ToList();
            return rising.Count == 0 ? answer : answer + " " + Text["AnswerRising", string.Join(Text["Comma"], rising)];
        }
    }

    private IReadOnlyList<LinkTabs.Tab> Spans => [.. FeedbackView.Spans.Select(months => new LinkTabs.Tab(months.ToString(CultureInfo.InvariantCulture), Text["SpanMonths", Format.Count(months)], (View with { Months = months }).ToAddress()))];

    private IReadOnlyList<LinkTabs.Tab> Againsts => [new("before", Text["AgainstBefore"], (View with { AgainstYear = false }).ToAddress()), new("year", Text["AgainstYear"], (View with { AgainstYear = true }).ToAddress())];

    protected override FeedbackView Parse(ListAddress address) => FeedbackView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View, cancellation);

    private string Count(int texts) => Text["TextsCount", Format.Count(texts)];

    private string File => View.Address(FeedbackView.Path + "/export.csv").ToString();
}
