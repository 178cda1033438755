using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CustomerSuccess.Web.Shared;

/// <summary>Draws its content after its elder siblings have been set up: a table after its columns have made themselves known.</summary>
public sealed class Defer : ComponentBase
{
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, ChildContent);
}
