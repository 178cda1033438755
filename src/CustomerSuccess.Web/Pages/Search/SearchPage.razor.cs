using System.Globalization;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Search;

/// <summary>Finds records of every kind by their words, while they are typed.</summary>
public sealed partial class SearchPage
{
    // what the address says: another search is another subject
    [SupplyParameterFromQuery(Name = SearchView.Words)]
    private string? WordsNamed { get; set; }

    [SupplyParameterFromQuery(Name = SearchView.Kind)]
    private string? KindNamed { get; set; }

    [SupplyParameterFromQuery(Name = SearchView.Account)]
    private string? AccountNamed { get; set; }

    [SupplyParameterFromQuery(Name = SearchView.From)]
    private string? FromNamed { get; set; }

    [SupplyParameterFromQuery(Name = SearchView.Until)]
    private string? UntilNamed { get; set; }

    [SupplyParameterFromQuery(Name = SearchView.Rows)]
    private string? RowsNamed { get; set; }

    [Inject]
    private SearchViewModel Model { get; set; } = default!;

    protected override object? Subject => (WordsNamed, KindNamed, AccountNamed, FromNamed, UntilNamed, RowsNamed);

    private ListAddress Address => ListAddress.Parse(Navigation.Uri);

    private SearchRequest Request => SearchView.Parse(Address);

    private int Rows => SearchView.RowsOf(Address);

    private bool IsNarrowed => SearchView.Keys.Skip(1).Any(key => Address[key] is not null);

    private string FileHref => SearchView.File + new Uri(Navigation.Uri).Query;

    private string? Answer => Model.Result is not { } result || !IsReady ? null : result.Hits.Count == 0 ? Text["AnswerNone"].Value : Count(result.Hits.Count);

    private IReadOnlyList<Filter> Filters =>
    [
        new SearchFilter(SearchView.Words, Text["Words"], Address[SearchView.Words]),
        new ChoiceFilter(SearchView.Kind, Text["Kind"], [.. SearchKinds.All.Select(kind => new FilterChoice(kind, Words.Kind(kind)))], Address[SearchView.Kind]),
        new ChoiceFilter(
            SearchView.Account, Text["Account"],
            [.. (Model.Result?.Hits ?? []).DistinctBy(hit => hit.AccountNo).Take(50).Select(hit => new FilterChoice(hit.AccountNo.ToString(CultureInfo.InvariantCulture), hit.AccountName))],
            Address[SearchView.Account]),
    ];

    protected override Task ReadAsync(CancellationToken cancellation) => Model.ReadAsync(Request, Rows, cancellation);

    private string Count(int hits) => Text[Model.Result is { HasMore: true } ? "AnswerMore" : "Answer", Format.Count(hits)];

    private void Go(ListAddress address) => Navigation.NavigateTo(address.ToString(), replace: true);
}
