using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Tests;

/// <summary>What somebody does on a page.</summary>
internal static class Acting
{
    /// <summary>Does something to an element as soon as it is there. It is found and used in one turn of the renderer, so that the page is not drawn anew in between.</summary>
    public static void On<T>(this IRenderedComponent<T> part, string selector, Action<IElement> act)
        where T : IComponent
    {
        part.WaitForElement(selector);
        part.InvokeAsync(() => act(part.Find(selector))).GetAwaiter().GetResult();
    }
}
