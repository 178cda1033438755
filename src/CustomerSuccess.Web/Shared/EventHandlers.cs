using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared;

/// <summary>Events of the browser that components may listen to beside the framework's own; <c>circuit.js</c> says when they happen. The compiler looks for this name.</summary>
[EventHandler("ontyped", typeof(EventArgs))]
public static class EventHandlers;
