using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Nps;

/// <summary>The answers behind a figure of NPS, or the customers who gave none.</summary>
public sealed partial class NpsAnswersPage
{
    [Inject]
    private NpsAnswersViewModel Model { get; set; } = default!;

    protected override string Path => NpsAnswersView.Path;

    protected override object? Subject => View.Ask with { Sort = default, Descending = true };

    private string Title => View.Ask is { Group: { } group, Fate: NpsFate.Left or NpsFate.Stayed } ask ? Text["List_" + ask.Fate, Text["Group_" + group]] : Text[View.Ask.Unanswered ? "ListUnanswered" : View.Ask.Silent ? "ListSilent" : "List"];

    private string? Answer => !IsReady || Model.Page is not { } page ? null
        : View.Ask is { From: { } from, To: { } to } ? Text[View.Ask.Unanswered ? "UnansweredAnswerIn" : View.Ask.Silent ? "SilentAnswerIn" : "ListAnswerIn", Format.Count(page.Total), Format.Count(page.Accounts), Format.Day(from), Format.Day(to)].Value
        : Text["ListAnswer", Format.Count(page.Total), Format.Count(page.Accounts)].Value;

    private bool ListsCustomers => View.Ask.Silent || View.Ask.Unanswered;

    private ListSort? Sort => View.Ask is { Sort: NpsSort.Day, Descending: true } ? null : new(View.Ask.Sort.ToString().ToLowerInvariant(), View.Ask.Descending);

    private IReadOnlyList<Filter> Filters =>
    [
        .. ListsCustomers ? Array.Empty<Filter>() :
        [
            new ChoiceFilter(NpsAnswersView.GroupKey, Text["Group"], [.. Enum.GetValues<NpsGroup>().Select(group => new FilterChoice(group.ToString().ToLowerInvariant(), Text["Group_" + group]))], View.Ask.Group?.ToString().ToLowerInvariant()),
            new ChoiceFilter(NpsAnswersView.FateKey, Text["Since"], [.. new[] { NpsFate.Left, NpsFate.Stayed }.Select(fate => new FilterChoice(fate.ToString().ToLowerInvariant(), Text["Fate_" + fate]))], View.Ask.Fate?.ToString().ToLowerInvariant()),
            .. View.Ask.Score is { } score ? [new ChoiceFilter(NpsAnswersView.ScoreKey, Text["Score"], [new(score.ToString(CultureInfo.InvariantCulture), Format.Count(score))], score.ToString(CultureInfo.InvariantCulture))] : Array.Empty<Filter>(),
        ],
        .. Words.Filters(View.Ask.Scope, Model.Whole?.Parts),
    ];

    protected override NpsAnswersView Parse(ListAddress address) => NpsAnswersView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.StartAsync(View.Ask, cancellation);

    private static string KeyOf(NpsAnswerRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.AccountNo}:{row.Answer?.RespondedAt.Ticks}:{row.Answer?.Score}:{row.Contact}");

    private static Tone Tones(NpsGroup group) => group switch { NpsGroup.Promoter => Tone.Good, NpsGroup.Passive => Tone.Neutral, _ => Tone.Danger };

    private async Task<ListStretch<NpsAnswerRow>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private void Clear() => Navigation.NavigateTo(NpsAnswersView.Of(View.Ask with { Group = null, Score = null, Fate = null, Scope = NpsScope.All }), replace: true);

    private void Order(ListSort? sort) => Navigation.NavigateTo(NpsAnswersView.Of(View.Ask with { Sort = sort is null ? default : Enum.Parse<NpsSort>(sort.Key, ignoreCase: true), Descending = sort?.Descending ?? true }), replace: true);

    private string Count(int rows) => Text[ListsCustomers ? "Customers" : "Answers", Format.Count(rows)];

    private string File => NpsAnswersView.Address(View.Ask, NpsAnswersView.Path + "/export.csv").ToString();
}
