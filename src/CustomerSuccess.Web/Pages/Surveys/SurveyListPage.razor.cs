using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Surveys;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Commands;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Surveys;

/// <summary>Every survey, with how many of those asked have answered.</summary>
public sealed partial class SurveyListPage
{
    private static readonly IReadOnlyCollection<string> Areas = [JournalAreas.Survey];

    [Inject]
    private SurveysViewModel Model { get; set; } = default!;

    private ListAddress View { get; set; } = ListAddress.Parse(SurveyAddress.List);

    private IReadOnlyList<Filter> Filters => [new SearchFilter("q", Text["Search"], View["q"])];

    private string? Answer
    {
        get
        {
            if (!IsReady)
            {
                return null;
            }

            var (asked, answered) = (Model.Surveys.Sum(row => row.Counts.Asked), Model.Surveys.Sum(row => row.Counts.Answered));
            return asked == 0 ? Text["AnswerNone", Format.Count(Model.Surveys.Count)] : Text["Answer", Format.Percent((double)answered / asked, 0), Format.Count(answered), Format.Count(asked)];
        }
    }

    protected override void OnInitialized() => View = ListAddress.Parse(Navigation.Uri);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.ReadListAsync(cancellation);

    private Task<ListStretch<SurveyRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var found = Model.Surveys.Where(row => View["q"] is not { } typed || CommandMatch.Fits(typed, row.Survey.Name, Words.Kind(row.Survey.Kind)));
        var sorted = (View.Sort?.Key switch
        {
            "asked" => found.OrderBy(row => row.Counts.Asked),
            "rate" => found.OrderBy(row => row.Counts.Rate ?? -1),
            "last" => found.OrderBy(row => row.LastAskedAt ?? DateTime.MinValue),
            _ => found.Select((row, i) => (row, i)).OrderBy(pair => pair.i).Select(pair => pair.row),
        }).ToList();
        if (View.Sort is { Descending: true })
        {
            sorted.Reverse();
        }

        return Task.FromResult(new ListStretch<SurveyRow>([.. sorted.Skip(request.Offset).Take(request.Limit)], sorted.Count));
    }

    private string Counted(int total) => Text["Count", Format.Count(total)];

    private void Show(ListAddress view)
    {
        View = view;
        Navigation.NavigateTo(view.ToString(), replace: true);
        StateHasChanged();
    }

    private async Task FollowAsync()
    {
        if (IsReady)
        {
            await Model.ReadListAsync(Leaving);
            StateHasChanged();
        }
    }
}
