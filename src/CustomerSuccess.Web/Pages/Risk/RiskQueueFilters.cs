using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>What the queue can be narrowed by, in the reader's words.</summary>
public sealed class RiskQueueFilters(IStringLocalizer<RiskQueueFilters> text, TouchWords touches, ColleagueNames names)
{
    /// <param name="view">What it is narrowed to now.</param>
    /// <param name="choices">The values that the viewer's accounts have.</param>
    public IReadOnlyList<Filter> Of(RiskQueueView view, RiskQueueChoices choices)
    {
        var filter = view.Filter;
        return
        [
            new SearchFilter(RiskQueueView.SearchKey, text["Search"], filter.Search),
            new ChoiceFilter(RiskQueueView.OwnerKey, text["Owner"], [.. choices.Owners.Select(owner => new FilterChoice(owner.Value, owner.Value == RiskQueueFilter.Nobody ? text["Nobody"] : names.Of(owner.Value), owner.Accounts))], filter.Owner),
            new ChoiceFilter(RiskQueueView.SegmentKey, text["Segment"], Plain(choices.Segments), filter.Segment),
            .. choices.SavedSegments.Count == 0 && filter.SavedSegment is null ? (Filter[])[] :
            [
                new ChoiceFilter(RiskQueueView.SavedSegmentKey, text["SavedSegment"], [.. choices.SavedSegments.Select(saved => new FilterChoice(saved.Value, saved.Name ?? saved.Value, saved.Accounts))], filter.SavedSegment),
            ],
            new ChoiceFilter(RiskQueueView.PlanKey, text["Plan"], Plain(choices.Plans), filter.Plan),
            new ChoiceFilter(RiskQueueView.ProductKey, text["Product"], [.. choices.Products.Select(product => new FilterChoice(product.Value, product.Name is { Length: > 0 } name ? name : text["NoProduct"], product.Accounts))], filter.Product),
            new ChoiceFilter(RiskQueueView.HealthKey, text["Health"], [.. Enum.GetNames<HealthBand>().Select(band => new FilterChoice(band, text[band]))], filter.Band?.ToString()),
            new ChoiceFilter(RiskQueueView.PlayKey, text["Step"], [.. choices.Plays.Select(play => new FilterChoice(play.Value, touches.Play(play.Value), play.Accounts))], filter.Play),
            new ChoiceFilter(RiskQueueView.StateKey, text["State"], [.. choices.States.Select(state => new FilterChoice(state.Value, text[state.Value], state.Accounts))], filter.State?.ToString()),
            // days are planned with touches that keep accounts
            .. view.List == QueueList.Opportunities ? (Filter[])[] :
            [
                new ToggleFilter(RiskQueueView.TodayKey, text["FitsToday"], filter.FitsToday, text["FitsTodayHint"]),
                new ToggleFilter(RiskQueueView.WeekKey, text["FitsWeek"], filter.FitsWeek, text["FitsWeekHint"]),
            ],
            new ToggleFilter(RiskQueueView.OpenKey, text["HideHandled"], filter.HideHandled, text["HideHandledHint"]),
        ];
    }

    /// <summary>The order in words; null for the queue's own.</summary>
    public string? OrderOf(RiskQueueView view) => view.Sort == QueueSort.Rank && !view.Descending
        ? null
        : text["Chip", text["SortedBy"], text["Sort" + view.Sort] + (view.Descending ? " ↓" : " ↑")].Value;

    /// <summary>What the rows can be put together by, in words.</summary>
    public string Grouping(QueueGrouping grouping) => text["Group" + grouping];

    /// <summary>The head of a group: its value and what it comes to.</summary>
    public string GroupHead(RiskQueueView view, QueueGroup group, string currency)
    {
        var name = group.Key is not { } key ? text["None" + view.Group]
            : view.Group switch { QueueGrouping.Band => text[key].Value, QueueGrouping.Play => touches.Play(key), QueueGrouping.Owner => names.Of(key), _ => key };
        var sums = text[view.List == QueueList.Opportunities ? "GroupSells" : "GroupSaves", Count(group.Accounts), Format.Money(group.Mrr, currency), Format.Money(group.Expected, currency), Format.Number(group.Minutes, 0)];
        return text["GroupHead", name, sums];
    }

    /// <summary>How many accounts match.</summary>
    public string Count(int total) => text[total == 1 ? "OneResult" : "Results", Format.Count(total)];

    private static FilterChoice[] Plain(IReadOnlyList<QueueChoice> choices) => [.. choices.Select(choice => new FilterChoice(choice.Value, choice.Value, choice.Accounts))];
}
