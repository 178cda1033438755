using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Layout;

/// <summary>A link that is marked as the current page for its path and all below it, but for what a link of its own leads to.</summary>
public sealed class PaneLink : NavLink
{
    /// <summary>The path, as <c>/team</c>.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    [Inject]
    private NavigationManager Here { get; set; } = null!;

    protected override bool ShouldMatch(string uriAbsolute) => Navigation.CurrentOf("/" + Here.ToBaseRelativePath(uriAbsolute)) == Path;
}
