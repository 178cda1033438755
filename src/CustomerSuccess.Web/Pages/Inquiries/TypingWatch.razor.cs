using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>Tells that the reader writes, by whatever means: keys, an input method, dictation, the clipboard. What is written is not sent, and nothing is drawn anew.</summary>
public sealed partial class TypingWatch : IHandleEvent
{
    /// <summary>Called with every letter.</summary>
    [Parameter, EditorRequired]
    public Action Typed { get; set; } = default!;

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    // an event alone is no reason to draw
    Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg) => item.InvokeAsync(arg);
}
