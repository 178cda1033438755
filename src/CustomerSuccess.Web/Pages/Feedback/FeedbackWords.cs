using System.Globalization;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Inquiries;
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

    /// <summary>What is written in the reader's language before what is not, else in its order.</summary>
    public static IReadOnlyList<string> ForReader(IEnumerable<string> texts)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return [.. texts.OrderBy(text => TextLanguage.Of(text) != language)];
    }

    /// <summary>A theme by its id; null for none and for one that is unknown.</summary>
    public static string? ThemeOf(ThemeSet themes, string? themeId) => themes.All.FirstOrDefault(theme => theme.ThemeId == themeId) is { } theme ? Theme(theme) : null;

    public string Score(string kind, double? score) => score is { } value ? text["Score_" + kind, Format.Number(value, 0)] : Format.Missing;

    public string Source(FeedbackSource source) => text["Source_" + source];

    public string Language(string language) => text["Language_" + language];

    public string Sentiment(Sentiment sentiment) => text["Sentiment_" + sentiment];

    /// <summary>A difference of shares with its interval.</summary>
    public string Change(ThemeTrend change) => change is not { Difference: { } value, Lower: { } lower, Upper: { } upper } ? Format.Missing : text["ChangeWith", Format.Points(value), Format.Points(lower), Format.Points(upper)];

    /// <summary>Stretches up to the newest text, as the page of themes offers them.</summary>
    public IReadOnlyList<PeriodChoice> Spans(FeedbackOverview? whole) => whole?.To is not { } to ? [] : [.. FeedbackView.Spans.Select(months => new PeriodChoice(text["SpanLast", Format.Count(months)], to.AddDays(1).AddMonths(-months), to))];

    /// <summary>What texts can be narrowed by.</summary>
    public IReadOnlyList<Filter> Filters(FeedbackScope scope, FeedbackOverview? whole) =>
    [
        ChoiceFilter.Of(FeedbackView.SegmentKey, text["Segment"], whole?.Segments, scope.Segment, value => value == RetentionScope.Unknown ? text["Unknown"] : value),
        ChoiceFilter.Of(FeedbackView.OwnerKey, text["Owner"], whole?.Owners, scope.Owner, value => value == RetentionScope.Unknown ? text["Unknown"] : people.Of(value)),
        new ChoiceFilter(FeedbackView.LanguageKey, text["Language"], [new("ja", Language("ja")), new("en", Language("en"))], scope.Language),
        new ChoiceFilter(FeedbackView.SourceKey, text["Source"], [.. Enum.GetValues<FeedbackSource>().Select(source => new FilterChoice(source.ToString().ToLowerInvariant(), Source(source)))], scope.Source?.ToString().ToLowerInvariant()),
    ];
}
