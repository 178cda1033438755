using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Web.Shared.Commands;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace CustomerSuccess.Web.Pages.Search;

/// <summary>Accounts, people and inquiries, for the command menu, and the way on to everything else.</summary>
public sealed class SearchCommands(SearchQuery query, SearchWords words, IStringLocalizer<SearchPage> text) : ICommandSource
{
    private const int Most = 8;
    private static readonly string[] Kinds = [SearchKinds.Account, SearchKinds.Person, SearchKinds.Inquiry];

    public int Order => 200;

    public async Task<IReadOnlyList<Command>> FindAsync(string typed, Viewer viewer, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return [];
        }

        var found = await query.FindAsync(viewer, new() { Words = typed, Kinds = Kinds }, Most, cancellation);
        return
        [
            .. found.Hits.Select((hit, i) => new Command($"found-{i}", text["Found"], words.Title(hit), SearchWords.Icon(hit.Kind))
            {
                Detail = hit.Kind == SearchKinds.Account ? hit.AccountId : hit.AccountName,
                Href = SearchView.Href(hit),
            }),
            new("search-all", text["Found"], text["SearchAll", typed], Icons.Material.Outlined.Search) { Href = SearchView.Of(typed) },
        ];
    }
}
