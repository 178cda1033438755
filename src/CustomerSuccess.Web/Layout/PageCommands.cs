using CustomerSuccess.Core.Access;
using CustomerSuccess.Web.Shared.Commands;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Layout;

/// <summary>The pages that a viewer may open, for the command menu.</summary>
internal sealed class PageCommands(IStringLocalizer<NavigationPane> text) : ICommandSource
{
    public int Order => 100;

    public Task<IReadOnlyList<Command>> FindAsync(string typed, Viewer viewer, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Command>>(
    [
        .. Navigation.For(viewer)
            .SelectMany(group => group.Links)
            .Where(link => CommandMatch.Fits(typed, text[link.Key], link.Href))
            .Select(link => new Command("page-" + link.Key, text["Pages"], text[link.Key], link.Icon) { Href = link.Href, Keys = link.Go is { } go ? $"g {go}" : null }),
    ]);
}
