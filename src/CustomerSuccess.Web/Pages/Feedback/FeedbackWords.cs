using System.Globalization;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>Themes, scores and changes in the reader's words.</summary>
public sealed class FeedbackWords(IStringLocalizer<FeedbackPage> text, ColleagueNames people)
{
    public static string Theme(FeedbackTheme theme) => theme.NameIn(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public string Score(string kind, double? score) => score is { } value ? text["Score_" + kind, Format.Number(value, 0)] : Format.Missing;

    public string Source(FeedbackSource source) => text["Source_" + source];

    public string Language(string language) => text["Language_" + language];

    public string Sentiment(Sentiment sentiment) => text["Sentiment_" + sentiment];

    /// <summary>A difference of shares with its interval.</summary>
    public string Change(ThemeTrend change) => change is not { Difference: { } value, Lower: { } lower, Upper: { } upper } ? Format.Missing : text["ChangeWith", Format.Points(value), Format.Points(lower), Format.Points(upper)];

    /// <summary>What texts can be narrowed by.</summary>
    public IReadOnlyList<Filter> Filters(FeedbackScope scope, FeedbackOverview? whole) =>
    [
        new ChoiceFilter(FeedbackView.SegmentKey, text["Segment"], [.. Values(whole?.Segments, scope.Segment).Select(value => new FilterChoice(value, value == RetentionScope.Unknown ? text["Unknown"].Value : value))], scope.Segment),
        new ChoiceFilter(FeedbackView.OwnerKey, text["Owner"], [.. Values(whole?.Owners, scope.Owner).Select(value => new FilterChoice(value, value == RetentionScope.Unknown ? text["Unknown"].Value : people.Of(value)))], scope.Owner),
        new ChoiceFilter(FeedbackView.LanguageKey, text["Language"], [new("ja", Language("ja")), new("en", Language("en"))], scope.Language),
        new ChoiceFilter(FeedbackView.SourceKey, text["Source"], [.. Enum.GetValues<FeedbackSource>().Select(source => new FilterChoice(source.ToString().ToLowerInvariant(), Source(source)))], scope.Source?.ToString().ToLowerInvariant()),
    ];

    private static IEnumerable<string> Values(IReadOnlyList<string>? known, string? asked) => (known ?? []).Append(asked ?? "").Where(value => value.Length > 0).Distinct();
}
