using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Tests;

/// <summary>What somebody does on a page. An element is found and used in one turn of the renderer, so that the page is not drawn anew in between.</summary>
internal static class Acting
{
    /// <summary>Does something to an element as soon as it is there.</summary>
    /// <param name="part">The page, or a part of it.</param>
    /// <param name="selector">Which element.</param>
    /// <param name="act">What is done to it.</param>
    /// <param name="at">How many of the same kind stand before it.</param>
    public static void On<T>(this IRenderedComponent<T> part, string selector, Action<IElement> act, int at = 0)
        where T : IComponent
    {
        part.WaitForState(() => part.FindAll(selector).Count > at);
        part.InvokeAsync(() => act(part.FindAll(selector)[at])).GetAwaiter().GetResult();
    }

    /// <summary>Does something to an element as soon as it is there, and waits until the page has done what it does then.</summary>
    public static Task OnAsync<T>(this IRenderedComponent<T> part, string selector, Func<IElement, Task> act)
        where T : IComponent
    {
        part.WaitForState(() => part.FindAll(selector).Count > 0);
        return part.InvokeAsync(() => act(part.Find(selector)));
    }
}
