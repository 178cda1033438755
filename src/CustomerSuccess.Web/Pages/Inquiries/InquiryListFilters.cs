using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>What the desk's list can be narrowed by, in the reader's words.</summary>
public sealed class InquiryListFilters(IStringLocalizer<InquiryListFilters> text, InquiryWords words)
{
    private static readonly int[] Periods = [7, 30, 90, 365];

    /// <param name="view">What it is narrowed to now.</param>
    /// <param name="choices">What occurs.</param>
    /// <param name="colleagues">Whose inquiries they may be.</param>
    /// <param name="accountName">Of the account that it is narrowed to; null for none.</param>
    public IReadOnlyList<Filter> Of(InquiryListView view, InquiryChoices choices, IReadOnlyList<Colleague> colleagues, string? accountName)
    {
        var states = Enum.GetValues<InquiryState>().Where(state => view.Tab == DeskTab.All || !state.IsSettled());
        List<Filter> filters =
        [
            new SearchFilter(InquiryListView.SearchKey, text["Search"], view.Search),
            new ChoiceFilter(InquiryListView.StateKey, text["State"], [.. states.Select(state => new FilterChoice(state.ToString().ToLowerInvariant(), words.State(state)))], view.State?.ToString().ToLowerInvariant()),
            new ChoiceFilter(InquiryListView.PriorityKey, text["Priority"], [.. Enum.GetValues<InquiryPriority>().Reverse().Select(priority => new FilterChoice(priority.ToString().ToLowerInvariant(), words.Priority(priority)))], view.Priority?.ToString().ToLowerInvariant()),
        ];
        if (view.Tab is not (DeskTab.Mine or DeskTab.Unassigned))
        {
            var known = colleagues.Select(colleague => new FilterChoice(colleague.Email, colleague.Name)).ToList();
            known.AddRange(choices.Assignees.Where(other => !known.Exists(choice => string.Equals(choice.Value, other, StringComparison.OrdinalIgnoreCase))).Select(other => new FilterChoice(other, other)));
            filters.Add(new ChoiceFilter(InquiryListView.AssigneeKey, text["Assignee"], known, view.Assignee));
        }

        filters.AddRange(
        [
            new ChoiceFilter(InquiryListView.CategoryKey, text["Category"], Plain(choices.Categories), view.Category),
            new ChoiceFilter(InquiryListView.ProductKey, text["Product"], Plain(choices.Products), view.Product),
            new ChoiceFilter(InquiryListView.TagKey, text["Tag"], Plain(choices.Tags), view.Tag),
            new ChoiceFilter(InquiryListView.ChannelKey, text["Channel"], [.. choices.Channels.Select(channel => new FilterChoice(channel, words.Channel(channel)!))], view.Channel),
            new ChoiceFilter(InquiryListView.LanguageKey, text["Language"], [new("ja", words.Language("ja")!), new("en", words.Language("en")!)], view.Language),
            new ChoiceFilter(InquiryListView.SinceKey, text["Since"], [.. Periods.Select(days => new FilterChoice(days.ToString(CultureInfo.InvariantCulture), text["LastDays", days]))], view.Since?.ToString(CultureInfo.InvariantCulture)),
        ]);
        if (view.Account is { } account)
        {
            var key = account.ToString(CultureInfo.InvariantCulture);
            filters.Add(new ChoiceFilter(InquiryListView.AccountKey, text["Account"], [new(key, accountName ?? key)], key));
        }

        return filters;
    }

    /// <summary>The order in words; null for the list's own.</summary>
    public string? OrderOf(InquiryListView view) => view.Sort is { } sort ? text["Sorted", text["Sort" + sort] + (view.Descending ? " ↓" : " ↑")].Value : null;

    /// <summary>How many match.</summary>
    public string Count(int total) => total >= InquiryListResult.Most ? text["More", Format.Count(InquiryListResult.Most)] : text[total == 1 ? "OneResult" : "Results", Format.Count(total)];

    private static FilterChoice[] Plain(IReadOnlyList<string> words) => [.. words.Select(word => new FilterChoice(word, word))];
}
