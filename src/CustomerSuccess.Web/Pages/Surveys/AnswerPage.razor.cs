using System.Globalization;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Surveys;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Surveys;

/// <summary>The questions of a survey as the person who was asked sees them, with or without JavaScript. Looking at it records no answer.</summary>
public sealed partial class AnswerPage
{
    /// <summary>Null where the link is none of ours, or was altered.</summary>
    [Parameter]
    public SurveyAsked? Asked { get; set; }

    /// <summary>What was chosen or typed, by question; it stands before what was answered earlier.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string?> Typed { get; set; } = new Dictionary<string, string?>();

    /// <summary>What is wrong, by question.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Problems { get; set; } = new Dictionary<string, string>();

    /// <summary>True right after an answer was kept.</summary>
    [Parameter]
    public bool IsSaved { get; set; }

    /// <summary>True where answers were sent too often.</summary>
    [Parameter]
    public bool IsTooMuch { get; set; }

    [Parameter]
    public string Path { get; set; } = "";

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? "ja" : "en";

    private string Title => Text[IsTooMuch ? "TitleTooMuch" : Asked is null ? "TitleUnknown" : Asked.State == LinkState.Closed ? "TitleClosed" : IsSaved ? "TitleSaved" : "Title"];

    /// <summary>The last day on which an answer is taken, as the company counts days.</summary>
    private string Until => Asked is null ? "" : Format.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(Asked.ExpiresAt, TimeZoneInfo.FindSystemTimeZoneById(Asked.TimeZone))));

    private string? Given(SurveyQuestion question) => Typed.TryGetValue(question.Id, out var typed) ? typed : Asked!.Answers.GetValueOrDefault(question.Id);

    private string? Problem(SurveyQuestion question) => Problems.TryGetValue(question.Id, out var code)
        ? code == "out_of_range" && question is { Least: { } least, Most: { } most } ? Text["Problem_between", Format.Number(least), Format.Number(most)].Value : Text["Problem_" + (code == "missing" && question.Kind is QuestionKind.Score or QuestionKind.Choice ? "choose" : code)].Value
        : null;

    private string Optional(SurveyQuestion question) => question.IsRequired ? "" : Text["Optional"].Value;

    private static List<string> Scores(SurveyQuestion question) =>
        [.. Enumerable.Range((int)question.Least!.Value, (int)(question.Most!.Value - question.Least.Value) + 1).Select(score => score.ToString(CultureInfo.InvariantCulture))];
}
