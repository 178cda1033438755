using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>Tells that the reader types, without drawing anything anew.</summary>
public sealed partial class TypingWatch : IHandleEvent
{
    /// <summary>Called with every key that writes.</summary>
    [Parameter, EditorRequired]
    public Action Typed { get; set; } = default!;

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    // an event alone is no reason to draw
    Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg) => item.InvokeAsync(arg);

    private void OnKey(KeyboardEventArgs e)
    {
        if (e.Key.Length == 1 || e.Key is "Backspace" or "Enter" or "Process")
        {
            Typed();
        }
    }
}
